//! Feeds, sitemap, robots: read by parsers that are not ours.

use axum::http::{StatusCode, header};

use crate::house::{House, article, get, get_with};

#[tokio::test]
async fn all_three_feeds_parse_and_say_the_same() {
    let house = House::new();
    house.write("articles/odd.md", &article("odd", "Less < more & \\\"why\\\""));
    let router = house.router();
    for (path, kind) in [
        ("/feed.rss", "application/rss+xml"),
        ("/feed.atom", "application/atom+xml"),
        ("/feed.json", "application/feed+json"),
    ] {
        let answer = get(&router, path).await;
        assert!(answer.header(header::CONTENT_TYPE).starts_with(kind), "{path}");
        let feed =
            feed_rs::parser::parse(answer.body.as_slice()).unwrap_or_else(|error| panic!("{path}: {error}"));
        let mut entries: Vec<(String, String, String)> = feed
            .entries
            .into_iter()
            .map(|entry| {
                let title = entry.title.expect("a title").content;
                (title, entry.links[0].href.clone(), entry.published.expect("a date").to_rfc3339())
            })
            .collect();
        entries.sort();
        let expected =
            [("Less < more & “why”", "odd"), ("Rest", "rest"), ("quiet", "quiet")].map(|(title, slug)| {
                let link = format!("http://library.example/articles/{slug}");
                (title.to_owned(), link, "2026-01-08T00:00:00+00:00".to_owned())
            });
        assert_eq!(entries, expected, "{path}");
    }
}

#[tokio::test]
async fn a_feed_that_is_still_the_same_is_not_sent_again() {
    let router = House::new().router();
    for path in ["/feed.rss", "/feed.atom", "/feed.json", "/sitemap.xml"] {
        let tag = get(&router, path).await.header(header::ETAG).to_owned();
        let again = get_with(&router, path, &[("if-none-match", &tag)]).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{path}");
    }
}

#[tokio::test]
async fn every_address_of_the_sitemap_is_a_page() {
    let router = House::new().router();
    let text = get(&router, "/sitemap.xml").await.text();
    let addresses: Vec<&str> =
        text.split("<loc>").skip(1).filter_map(|rest| rest.split("</loc>").next()).collect();
    assert!(addresses.contains(&"http://library.example/articles/rest"), "{text}");
    for address in addresses {
        let path = address.strip_prefix("http://library.example").expect("our own host");
        assert_eq!(get(&router, path).await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn robots_may_read_and_are_told_where_the_sitemap_is() {
    let text = House::new().get("/robots.txt").await.text();
    assert!(
        text.contains("Allow: /\n") && text.contains("Sitemap: http://library.example/sitemap.xml"),
        "{text}"
    );
}
