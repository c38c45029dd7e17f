//! What a reader gets.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};

use crate::house::{House, article, article_with, ask, get, get_with};

#[tokio::test]
async fn an_article_is_a_complete_page() {
    let page = House::new().get("/articles/rest").await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.header(header::CONTENT_TYPE), "text/html; charset=utf-8");
    assert!(page.text().contains("Rest</h1>"), "{}", page.text());
}

#[tokio::test]
async fn an_unknown_slug_is_a_real_404_with_a_page() {
    let page = House::new().get("/articles/nothing-here").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.text().starts_with("<!DOCTYPE html") || page.text().starts_with("<!doctype html"));
    assert_eq!(page.header(header::CACHE_CONTROL), "no-store");
}

#[tokio::test]
async fn a_former_slug_leads_to_the_article_for_good() {
    let answer = House::new().get("/articles/silence").await;
    assert_eq!(answer.status, StatusCode::PERMANENT_REDIRECT);
    assert_eq!(answer.header(header::LOCATION), "/articles/quiet");
}

#[tokio::test]
async fn an_address_has_one_form_and_the_query_stays() {
    let router = House::new().router();
    let answer = get(&router, "/articles/?tag=sleep").await;
    assert_eq!(answer.status, StatusCode::PERMANENT_REDIRECT);
    assert_eq!(answer.header(header::LOCATION), "/articles?tag=sleep");
    let elsewhere = get(&router, "//elsewhere.example/").await;
    assert_eq!(elsewhere.header(header::LOCATION), "/elsewhere.example");
}

#[tokio::test]
async fn head_has_the_headers_and_no_body() {
    let router = House::new().router();
    for (path, status) in
        [("/articles/rest", 200), ("/articles/no", 404), ("/feed.atom", 200), ("/pkg/no.js", 404)]
    {
        let request = Request::builder().method(Method::HEAD).uri(path).body(Body::empty()).unwrap();
        let answer = ask(&router, request).await;
        assert_eq!(answer.status, status, "{path}");
        assert!(answer.body.is_empty(), "{path}");
        assert!(!answer.header(header::CONTENT_TYPE).is_empty(), "{path}");
    }
}

#[tokio::test]
async fn a_page_that_is_still_the_same_is_not_sent_again() {
    let house = House::new();
    let router = house.router();
    let first = get(&router, "/articles/rest").await;
    let tag = first.header(header::ETAG).to_owned();
    assert!(tag.starts_with("W/"), "{tag}");

    let again = get_with(&router, "/articles/rest", &[("if-none-match", &tag)]).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    assert!(again.body.is_empty());
    assert_eq!(again.header(header::ETAG), tag);

    // A server that starts again, or stands beside, says the same of the same page.
    let other = get_with(&house.router(), "/articles/rest", &[("if-none-match", &tag)]).await;
    assert_eq!(other.status, StatusCode::NOT_MODIFIED);

    house.write("articles/rest.md", &article("rest", "Rest and more"));
    let changed = get_with(&house.router(), "/articles/rest", &[("if-none-match", &tag)]).await;
    assert_eq!(changed.status, StatusCode::OK);
    assert_ne!(changed.header(header::ETAG), tag);
}

#[tokio::test]
async fn a_304_leaves_the_kept_page_its_own_nonce() {
    let router = House::new().router();
    let first = get(&router, "/").await;
    let again = get_with(&router, "/", &[("if-none-match", first.header(header::ETAG))]).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    assert!(!again.headers.contains_key(header::CONTENT_SECURITY_POLICY));
    // The page with its nonce is kept by one browser and nobody between.
    assert_eq!(first.header(header::CACHE_CONTROL), "private, no-cache");
}

#[tokio::test]
async fn pages_are_compressed_for_who_can_read_that() {
    let router = House::new().router();
    let plain = get(&router, "/").await;
    for coding in ["br", "gzip"] {
        let page = get_with(&router, "/", &[("accept-encoding", coding)]).await;
        assert_eq!(page.header(header::CONTENT_ENCODING), coding);
        assert_eq!(page.header(header::VARY), "accept-encoding");
        assert!(
            page.body.len() < plain.body.len() / 2,
            "{coding}: {} of {}",
            page.body.len(),
            plain.body.len()
        );
    }
}

#[tokio::test]
async fn a_folder_with_one_article_and_nothing_else_is_served() {
    let house = House::new();
    house.remove("articles/rest.md");
    house.remove("articles/quiet.md");
    let text = "---\ntitle: \"After a Hard Week\"\nslug: \"after-a-hard-week\"\nexcerpt: \"What to do next.\"\n\
        category: \"PATIENT_EDUCATION\"\nauthor: \"A Clinic\"\npublishedAt: \"2026-02-01\"\n\
        featuredImage: \"/images/placeholder.jpg\"\ntags: [\"rest\", \"support\"]\n---\n\n# After a Hard Week\n\n\
        Some weeks are hard.\n\n## Looking back\n\n**Questions for yourself:**\n\n- What helped?\n- Who was there?\n\n\
        ## Key Takeaways\n\n- Rest counts.\n\n*This is general information.*\n";
    house.write("after-a-hard-week.md", text);
    let router = house.router();
    for path in
        ["/", "/articles", "/articles/after-a-hard-week", "/glossary", "/crisis", "/about", "/privacy"]
    {
        let page = get(&router, path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
    }
    let page = get(&router, "/articles/after-a-hard-week").await.text();
    assert!(page.contains("What helped?") && page.contains("data-kind=\"questions\""), "{page}");
}

#[tokio::test]
async fn the_first_page_offers_only_what_the_folder_has() {
    let house = House::new();
    let bare = get(&house.router(), "/").await.text();
    assert!(!bare.contains("Where are you now?") && !bare.contains("Start with a path"), "{bare}");

    house.write("articles/timed.md", &article_with("timed", "phase: first"));
    house.write(
        "paths.yaml",
        "- slug: calm\n  title: Calm\n  summary: Two reads.\n  articles: [rest, timed]\n",
    );
    let full = get(&house.router(), "/").await.text();
    assert!(full.contains("Where are you now?") && full.contains("Start with a path"), "{full}");
    assert!(full.contains("data-phase=\"first\"") && !full.contains("data-phase=\"before\""), "{full}");
}

#[tokio::test]
async fn a_pack_is_a_page_of_passages_and_an_unknown_one_is_not_found() {
    let house = House::new();
    let empty = get(&house.router(), "/packs").await;
    assert!(empty.text().contains("There are no packs yet."));
    house.write(
        "packs/tonight.yaml",
        "title: Tonight\nsummary: For the evening.\nnote: Call us.\nitems:\n  - {article: rest, sections: [the-night-after]}\n",
    );
    let router = house.router();
    let page = get(&router, "/packs/tonight").await;
    assert_eq!(page.status, StatusCode::OK);
    let page = page.text();
    assert!(
        page.contains("Call us.") && page.contains("Last words.") && !page.contains("More words."),
        "{page}"
    );
    assert!(page.contains("id=\"1-the-night-after\"") && page.contains("href=\"/articles/rest\""), "{page}");
    assert!(get(&router, "/packs").await.text().contains("href=\"/packs/tonight\""));
    assert!(get(&router, "/").await.text().contains("href=\"/packs\""));
    assert!(get(&router, "/sitemap.xml").await.text().contains("/packs/tonight"));
    assert_eq!(get(&router, "/packs/tomorrow").await.status, StatusCode::NOT_FOUND);
}
