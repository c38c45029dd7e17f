//! Built files, images and covers.

use axum::http::{StatusCode, header};

use crate::house::{CSS, House, get, get_with};

/// The smallest GIF: one pixel.
const PIXEL: &[u8] = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;";

#[tokio::test]
async fn a_hashed_file_is_sent_as_it_was_compressed_and_kept_for_ever() {
    let house = House::new();
    let router = house.router();
    for (accepted, coding, body) in
        [("br, gzip", "br", "brotli"), ("gzip", "gzip", "gzip"), ("identity", "", "body { color: black }")]
    {
        let file = get_with(&router, CSS, &[("accept-encoding", accepted)]).await;
        assert_eq!(file.status, StatusCode::OK);
        assert_eq!((file.header(header::CONTENT_ENCODING), file.text().as_str()), (coding, body));
        assert_eq!(file.header(header::CONTENT_TYPE), "text/css");
        assert_eq!(file.header(header::CACHE_CONTROL), "public, max-age=31536000, immutable");
        assert_eq!(file.header(header::VARY), "accept-encoding");
    }
}

#[tokio::test]
async fn a_file_without_a_hash_is_asked_about_again() {
    let house = House::new();
    let router = house.router();
    let file = get(&router, "/favicon.svg").await;
    assert_eq!(file.header(header::CACHE_CONTROL), "public, max-age=3600");
    let tag = file.header(header::ETAG).to_owned();
    let again = get_with(&router, "/favicon.svg", &[("if-none-match", &tag)]).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn pages_name_the_built_files_by_their_hash() {
    assert!(House::new().get("/").await.text().contains(CSS));
}

#[tokio::test]
async fn images_of_the_content_folder_are_served_and_nothing_else_of_it() {
    let house = House::new();
    house.write("images/notes.txt", "private");
    house.write("secret.txt", "private");
    std::fs::write(house.content().join("images/door.gif"), PIXEL).unwrap();
    let router = house.router();
    let image = get(&router, "/images/door.gif").await;
    assert_eq!((image.status, image.header(header::CONTENT_TYPE)), (StatusCode::OK, "image/gif"));
    assert_eq!(image.body, PIXEL);
    for path in [
        "/images/notes.txt",
        "/images/../secret.txt",
        "/images/%2e%2e/secret.txt",
        "/images/..%2fsecret.txt",
        "/images/%2fetc/passwd",
        "/images//etc/passwd",
        "/images/../articles/rest.md",
        "/images/door.gif/",
    ] {
        let answer = get(&router, path).await;
        assert!(!answer.status.is_success(), "{path}: {}", answer.status);
        assert!(!answer.text().contains("private"), "{path}");
    }
}

#[tokio::test]
async fn files_beside_the_site_cannot_be_reached() {
    let house = House::new();
    std::fs::write(house.site().join("pkg/.hidden"), "private").unwrap();
    let router = house.router();
    for path in [
        "/pkg/.hidden",
        "/pkg/../../etc/passwd",
        "/pkg/%2e%2e/%2e%2e/etc/passwd",
        "/pkg",
        "/pkg/doorway.0a1b2c3d.css.br",
    ] {
        assert_eq!(get(&router, path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_cover_is_drawn_for_an_article_the_same_each_time() {
    let router = House::new().router();
    let (first, second) = (get(&router, "/covers/rest.svg").await, get(&router, "/covers/rest.svg").await);
    assert_eq!(first.header(header::CONTENT_TYPE), "image/svg+xml");
    assert_eq!(first.body, second.body);
    let again = get_with(&router, "/covers/rest.svg", &[("if-none-match", first.header(header::ETAG))]).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    assert_eq!(get(&router, "/covers/nobody.svg").await.status, StatusCode::NOT_FOUND);
    assert_eq!(get(&router, "/covers/rest.png").await.status, StatusCode::NOT_FOUND);
}
