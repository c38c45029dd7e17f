//! Searching by a plain form, and the files with which a browser searches by itself.

use std::io::Read as _;

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
};

use crate::house::{Answer, House, article, ask, get, get_with};

/// Words that stand nowhere but in what these tests ask.
const SECRET: &str = "grief";

async fn post(router: &Router, body: String) -> Answer {
    let request = Request::post("/search")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body))
        .unwrap();
    ask(router, request).await
}

/// The main part: the rest has a nonce.
fn main(page: &Answer) -> String {
    let text = page.text();
    let from = text.find("<main").unwrap();
    text[from..text.find("</main>").unwrap()].to_owned()
}

/// An address that the page names, given how it begins.
fn named(page: &Answer, name: &str) -> String {
    let text = page.text();
    let rest = text.split_once(&format!("data-{name}=\"")).unwrap().1;
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_question_is_answered_with_the_section_that_fits() {
    let page = House::new().get("/search?q=getting+ready").await;
    assert_eq!(page.status, StatusCode::OK);
    let html = main(&page);
    assert!(html.contains("href=\"/articles/rest#getting-ready\""), "{html}");
    assert!(html.contains("value=\"getting ready\"") && html.contains("<mark>"), "{html}");
    // Nothing of the question leads on.
    assert!(!html.contains("?q=") && !html.contains("ready\">Rest"), "{html}");
}

#[tokio::test]
async fn an_answer_is_kept_and_listed_by_nobody() {
    let router = House::new().router();
    for path in
        ["/search?q=grief", "/search?tag=sleep", "/search/?q=grief", "/%73earch?q=grief", "/search?q=%ff"]
    {
        let page = get(&router, path).await;
        assert_eq!(page.header(header::CACHE_CONTROL), "no-store", "{path}");
        assert_eq!(page.header(header::REFERRER_POLICY), "no-referrer", "{path}");
        assert_eq!(page.header(header::ETAG), "", "{path}");
        if page.status == StatusCode::OK {
            assert!(page.text().contains("<meta name=\"robots\" content=\"noindex\""), "{path}");
            assert!(page.text().contains("<title>Search — "), "{path}");
        }
    }
    assert!(get(&router, "/search").await.text().contains("<meta name=\"robots\" content=\"noindex\""));
}

#[tokio::test]
async fn a_question_in_the_body_is_answered_as_one_in_the_address() {
    let router = House::new().router();
    for query in ["q=last+words", "q=words&tag=sleep&phase=", "q=sleeep+words", "q=", ""] {
        let asked = get(&router, &format!("/search?{query}")).await;
        let posted = post(&router, query.to_owned()).await;
        assert_eq!(posted.status, StatusCode::OK);
        assert_eq!(main(&posted), main(&asked), "{query}");
        assert_eq!(posted.header(header::CACHE_CONTROL), "no-store");
    }
}

#[tokio::test]
async fn another_site_cannot_ask() {
    let request = Request::post("/search")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "cross-site")
        .body(Body::from("q=rest"))
        .unwrap();
    assert_eq!(ask(&House::new().router(), request).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_body_that_is_no_form_is_refused_without_its_words() {
    let router = House::new().router();
    for kind in ["text/plain", "application/json"] {
        let request =
            Request::post("/search").header(header::CONTENT_TYPE, kind).body(Body::from(SECRET)).unwrap();
        let answer = ask(&router, request).await;
        assert!(answer.status.is_client_error(), "{kind}");
        assert!(!answer.text().contains(SECRET), "{kind}");
    }
}

#[tokio::test]
async fn a_question_that_is_too_long_is_cut_and_the_reader_told() {
    let router = House::new().router();
    let long = format!("rest+{}", "é".repeat(1200));
    let page = get(&router, &format!("/search?q=rest+{}", "x".repeat(1200))).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("That was a lot of words"));
    assert!(!page.text().contains(&"x".repeat(1000)));
    assert!(post(&router, format!("q={long}")).await.text().contains("That was a lot of words"));
    assert!(!get(&router, "/search?q=rest").await.text().contains("That was a lot of words"));
    let enormous = post(&router, format!("q={}", "x".repeat(70 * 1024))).await;
    assert_eq!(enormous.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn no_text_of_a_reader_becomes_markup() {
    let page = House::new().get("/search?q=%3Cscript%3Ealert(1)%3C/script%3E%22%3E").await;
    assert!(!page.text().contains("<script>alert"), "{}", page.text());
}

#[tokio::test]
async fn metrics_count_a_search_without_its_words() {
    let router = House::new().router();
    get(&router, &format!("/search?q={SECRET}")).await;
    get(&router, &format!("/search/?q={SECRET}")).await;
    post(&router, format!("q={SECRET}")).await;
    let text = get(&router, "/metrics").await.text();
    for method in ["GET", "POST"] {
        let line = format!("doorway_requests_total{{class=\"search\",method=\"{method}\",status=\"200\"}} 1");
        assert!(text.contains(&line), "{text}");
    }
    assert!(!text.contains(SECRET), "{text}");
}

#[tokio::test]
async fn help_stands_above_the_results_of_a_crisis() {
    let router = House::new().router();
    let html = main(&get(&router, "/search?q=i+want+to+kill+myself").await);
    let card = html.find("crisis-card").unwrap_or_else(|| panic!("no card in {html}"));
    assert!(card < html.find("class=\"hits\"").unwrap(), "{html}");
    assert!(html.contains("href=\"tel:988\""), "{html}");
    assert!(!main(&get(&router, "/search?q=killing+time").await).contains("crisis-card"));
}

#[tokio::test]
async fn the_files_of_the_index_are_named_by_their_content_and_kept_for_ever() {
    let house = House::new();
    let router = house.router();
    let page = get(&router, "/").await;
    for name in ["index", "texts"] {
        let address = named(&page, name);
        assert!(address.starts_with(&format!("/search/{name}.")) && address.ends_with(".bin"), "{address}");
        let plain = get(&router, &address).await;
        assert_eq!(plain.status, StatusCode::OK);
        assert_eq!(plain.header(header::CACHE_CONTROL), "public, max-age=31536000, immutable");
        assert_eq!(plain.header(header::CONTENT_TYPE), "application/octet-stream");
        // The same bytes in Brotli, as soon as they were compressed once for all.
        let mut coded = get_with(&router, &address, &[("accept-encoding", "br")]).await;
        for _ in 0..50 {
            if coded.header(header::CONTENT_ENCODING) == "br" {
                break;
            }
            // So few bytes no layer compresses.
            assert_eq!(coded.body, plain.body);
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            coded = get_with(&router, &address, &[("accept-encoding", "br")]).await;
        }
        assert_eq!(coded.header(header::CONTENT_ENCODING), "br");
        assert!(coded.header(header::VARY).contains("accept-encoding"));
        let mut bytes = Vec::new();
        brotli::Decompressor::new(coded.body.as_slice(), 4096).read_to_end(&mut bytes).unwrap();
        assert_eq!(bytes, plain.body);
    }
    // Another library has other files, and the old ones are not there any more.
    house.write("articles/more.md", &article("more", "More of it"));
    let next = house.router();
    let address = named(&page, "index");
    assert_ne!(named(&get(&next, "/").await, "index"), address);
    assert_eq!(get(&next, &address).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_file_of_no_index_is_not_there() {
    let router = House::new().router();
    for path in
        ["/search/index.bin", "/search/index.0000000000000000.bin", "/search/../search", "/search/x/y"]
    {
        assert_eq!(get(&router, path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_library_too_large_for_a_device_offers_no_index_and_answers_by_itself() {
    let house = House::new();
    for number in 0..server::web::search::ON_DEVICE {
        house.write(&format!("articles/{number}.md"), &article(&format!("a-{number}"), "One of many"));
    }
    let router = house.router();
    let page = get(&router, "/search?q=getting+ready").await;
    assert!(!page.text().contains("data-index"), "a form names an index");
    assert!(main(&page).contains("class=\"hits\""));
    assert_eq!(get(&router, "/search/index.0000000000000000.bin").await.status, StatusCode::NOT_FOUND);
    assert!(main(&post(&router, "q=getting+ready".to_owned()).await).contains("class=\"hits\""));
}
