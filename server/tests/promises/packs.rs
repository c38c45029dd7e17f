//! Packs that are opened and put together in the browser: what the server has for them, which is the same for everybody.

use axum::http::{StatusCode, header};

use crate::house::{House, article, get, get_with};

#[tokio::test]
async fn both_pages_say_without_javascript_what_is_needed_and_where_to_read_on() {
    let house = House::new();
    house
        .write("packs/tonight.yaml", "title: Tonight\nsummary: For the evening.\nitems: [{article: rest}]\n");
    let router = house.router();
    for path in ["/pack", "/pack/new"] {
        let page = get(&router, path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let page = page.text();
        for part in [
            "it needs JavaScript",
            "href=\"/packs/tonight\"",
            "href=\"/articles/rest\"",
            "href=\"/crisis\"",
            "<meta name=\"robots\" content=\"noindex\"",
        ] {
            assert!(page.contains(part), "{part} in {path}: {page}");
        }
    }
    assert!(!get(&router, "/sitemap.xml").await.text().contains("/pack<"));
}

#[tokio::test]
async fn a_page_of_packs_is_the_same_for_everybody_and_whatever_is_asked_along() {
    let router = House::new().router();
    let main = |page: String| {
        let from = page.find("<main").unwrap();
        page[from..page.find("</main>").unwrap()].to_owned()
    };
    for path in ["/pack", "/pack/new"] {
        let plain = main(get(&router, path).await.text());
        assert_eq!(main(get(&router, &format!("{path}?v1.AAAA")).await.text()), plain);
        let page = get(&router, path).await;
        // No other site learns where a reader came from, and no cache between keeps the page.
        assert_eq!(page.header(header::REFERRER_POLICY), "no-referrer");
        assert_eq!(page.header(header::CACHE_CONTROL), "private, no-cache");
        assert!(!page.headers.contains_key(header::SET_COOKIE));
    }
    assert_eq!(get(&router, "/pack/anything-else").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_list_of_the_library_names_every_article_with_its_former_slugs_and_nothing_that_is_hidden() {
    let house = House::new();
    house.write("articles/later.md", &article("later", "Later").replace("2026-01-08", "2027-01-08"));
    let router = house.router();
    let list = get(&router, "/pack/articles.txt").await;
    assert_eq!(list.status, StatusCode::OK);
    assert_eq!(list.header(header::CONTENT_TYPE), "text/plain; charset=utf-8");
    assert_eq!(list.text(), "quiet\tquiet\tsilence\nrest\tRest\t\n");
    // Asked about each time, and kept for when there is no network.
    assert_eq!(list.header(header::CACHE_CONTROL), "no-cache");
    let tag = list.header(header::ETAG).to_owned();
    let again = get_with(&router, "/pack/articles.txt", &[("if-none-match", &tag)]).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    house.write("articles/more.md", &article("more", "More"));
    assert_ne!(get(&house.router(), "/pack/articles.txt").await.header(header::ETAG), tag);
}

#[tokio::test]
async fn the_header_has_a_place_for_the_pack_that_stays_hidden_until_there_is_one() {
    let page = House::new().get("/articles/rest").await.text();
    assert!(page.contains("<li hidden class=\"basket\"><a href=\"/pack/new\"></a></li>"), "{page}");
}
