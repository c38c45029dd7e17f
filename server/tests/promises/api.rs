//! `/api/v1`: what it answers, to whom, and how often.

use std::net::SocketAddr;

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{Method, Request, StatusCode, header},
};
use serde_json::{Value, json};

use crate::house::{Answer, House, article, article_with, ask, get, get_with};

fn read(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body).unwrap_or_else(|error| panic!("{error}: {}", answer.text()))
}

fn assert_problem(answer: &Answer, status: StatusCode) {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert_eq!(answer.header(header::CONTENT_TYPE), "application/problem+json");
    let problem = read(answer);
    assert_eq!(problem["status"], status.as_u16());
    assert!(problem["detail"].as_str().is_some_and(|detail| detail.len() > 10), "{problem}");
}

fn many() -> House {
    let house = House::new();
    for at in 0..5 {
        house.write(&format!("articles/a{at}.md"), &article(&format!("a{at}"), &format!("Number {at}")));
    }
    house
}

#[tokio::test]
async fn a_list_comes_in_pages_that_name_each_other() {
    let router = many().router();
    let mut address = "/api/v1/articles?limit=3&tag=sleep".to_owned();
    let mut slugs: Vec<String> = Vec::new();
    loop {
        let answer = get(&router, &address).await;
        let page = read(&answer);
        assert_eq!((&page["total"], &page["limit"]), (&json!(7), &json!(3)));
        slugs.extend(
            page["items"].as_array().unwrap().iter().map(|item| item["slug"].as_str().unwrap().to_owned()),
        );
        let links = answer.header(header::LINK).to_owned();
        let Some(next) = links.split(", ").find(|link| link.contains("rel=\"next\"")) else { break };
        let next = next.trim_start_matches('<').split('>').next().unwrap();
        assert!(next.contains("tag=sleep"), "{next}");
        address = next.strip_prefix("http://library.example").unwrap().to_owned();
    }
    slugs.sort();
    slugs.dedup();
    assert_eq!(slugs.len(), 7);
}

#[tokio::test]
async fn an_article_comes_with_sections_and_on_request_with_its_text() {
    let router = House::new().router();
    let plain = read(&get(&router, "/api/v1/articles/rest").await);
    assert_eq!(plain["title"], "Rest");
    assert_eq!(plain["url"], "http://library.example/articles/rest");
    assert_eq!(plain["published"], "2026-01-08");
    assert_eq!(plain["sections"][0]["anchor"], "getting-ready");
    assert_eq!(plain["sections"][0]["hash"].as_str().map(str::len), Some(8));
    assert_eq!(plain["html"], Value::Null);
    let whole = read(&get(&router, "/api/v1/articles/rest?html=whole").await);
    assert!(whole["html"].as_str().is_some_and(|html| html.contains("Words about rest")), "{whole}");
    let section = read(&get(&router, "/api/v1/articles/rest/sections/getting-ready").await);
    let html = section["html"].as_str().unwrap();
    assert!(html.contains("More words.") && !html.contains("Last words."), "{html}");
    assert_eq!(read(&get(&router, "/api/v1/articles/silence").await)["slug"], "quiet");
}

#[tokio::test]
async fn the_text_for_programs_has_nothing_that_clicks_and_nothing_for_scripts() {
    let house = House::new();
    let text = "## Now\n\n**Questions to ask:**\n- Why?\n- When?\n\n### Later\n\n**What to look for:**\n- A plan\n- A name\n";
    let head = article_with("much", "anchors: {then: now}");
    let head = head.split("\n## ").next().unwrap();
    house.write("articles/much.md", &format!("{head}\n\n{text}"));
    let router = house.router();
    for path in ["articles/much?html=whole", "articles/much/sections/now", "articles/much/sections/then"] {
        let html = read(&get(&router, &format!("/api/v1/{path}")).await)["html"].as_str().unwrap().to_owned();
        for kept in
            ["<h2 id=\"now\">Now</h2>", "<h3 id=\"later\">Later</h3>", "<li>Why?</li>", "<li>A plan</li>"]
        {
            assert!(html.contains(kept), "{path}: {kept} in {html}");
        }
        for gone in [
            "/journal",
            "data-act",
            "data-hash",
            "class=\"share\"",
            "class=\"gone\"",
            "<input",
            "handout",
            "<button",
        ] {
            assert!(!html.contains(gone), "{path}: {gone} in {html}");
        }
    }
}

#[tokio::test]
async fn a_search_is_the_search_of_the_page_and_kept_by_nobody() {
    let router = House::new().router();
    let asked = get(&router, "/api/v1/search?q=resst&limit=1").await;
    assert_eq!(asked.header(header::CACHE_CONTROL), "no-store");
    assert_eq!(asked.header(header::ETAG), "");
    let body = json!({ "q": "resst", "limit": 1 }).to_string();
    let request = Request::post("/api/v1/search").header("content-type", "application/json");
    let posted = ask(&router, request.body(Body::from(body)).unwrap()).await;
    assert_eq!(read(&asked), read(&posted));
    assert_eq!(read(&asked)["items"][0]["slug"], "rest");
}

#[tokio::test]
async fn packs_are_listed_and_given() {
    let house = House::new();
    let pack = "title: Calm\nsummary: For now.\nitems:\n  - article: rest\n    sections: [getting-ready]\n";
    house.write("packs/calm.yaml", pack);
    let router = house.router();
    let list = read(&get(&router, "/api/v1/packs").await);
    assert_eq!(list["items"][0], read(&get(&router, "/api/v1/packs/calm").await));
    assert_eq!(list["items"][0]["items"], json!([{ "article": "rest", "sections": ["getting-ready"] }]));
}

#[tokio::test]
async fn what_goes_wrong_is_a_problem_that_a_program_can_read() {
    let router = House::new().router();
    for path in [
        "/api/v1",
        "/api/v1/no",
        "/api/v1/articles/no",
        "/api/v1/articles/rest/sections/no",
        "/api/v1/packs/no",
        "/api/v2/articles",
    ] {
        // Also for who would rather have a page.
        assert_problem(&get_with(&router, path, &[("accept", "text/html")]).await, StatusCode::NOT_FOUND);
    }
    for path in [
        "/api/v1/articles?limit=0",
        "/api/v1/articles?limit=101",
        "/api/v1/articles?limit=many",
        "/api/v1/articles?phase=never",
        "/api/v1/articles?categry=a",
        "/api/v1/articles/rest?html=some",
        "/api/v1/search",
        "/api/v1/search?q=",
        "/api/v1/search?q=secret&limit=99",
    ] {
        let answer = get(&router, path).await;
        assert_problem(&answer, StatusCode::BAD_REQUEST);
        assert!(!answer.text().contains("secret"));
    }
    let request = Request::post("/api/v1/articles").body(Body::empty()).unwrap();
    assert_problem(&ask(&router, request).await, StatusCode::METHOD_NOT_ALLOWED);
    let request = Request::post("/api/v1/search").body(Body::from("q=rest")).unwrap();
    assert_problem(&ask(&router, request).await, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let router = House::new().router();
    for path in ["/api/v1/articles", "/api/v1/articles/rest", "/api/v1/packs", "/api/v1/openapi.json"] {
        let tag = get(&router, path).await.header(header::ETAG).to_owned();
        let again = get_with(&router, path, &[("if-none-match", &tag)]).await;
        assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0), "{path}");
    }
}

#[tokio::test]
async fn pages_of_other_sites_may_read_and_do_no_more() {
    let router = House::new().router();
    let answer = get_with(&router, "/api/v1/articles", &[("origin", "https://elsewhere.example")]).await;
    assert_eq!(answer.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "*");
    assert_eq!(answer.header(header::ACCESS_CONTROL_ALLOW_CREDENTIALS), "");
    assert_eq!(answer.header("cross-origin-resource-policy"), "cross-origin");
    let preflight = Request::builder()
        .method(Method::OPTIONS)
        .uri("/api/v1/search")
        .header("origin", "https://elsewhere.example")
        .header("access-control-request-method", "POST")
        .body(Body::empty())
        .unwrap();
    let allowed = ask(&router, preflight).await.header(header::ACCESS_CONTROL_ALLOW_METHODS).to_owned();
    assert!(allowed.contains("GET") && allowed.contains("HEAD") && !allowed.contains("POST"), "{allowed}");
    let posted = Request::post("/api/v1/search")
        .header("origin", "https://elsewhere.example")
        .header("sec-fetch-site", "cross-site")
        .header("content-type", "application/json")
        .body(Body::from("{\"q\":\"rest\"}"))
        .unwrap();
    assert_problem(&ask(&router, posted).await, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_page_of_another_site_can_read_every_answer_also_why_there_is_none() {
    let mut house = House::new();
    house.config.rate_limit = 6;
    let router = house.router();
    let elsewhere = ("origin", "https://elsewhere.example");
    let readable = |answer: &Answer, status: StatusCode, what: &str| {
        assert_eq!(answer.status, status, "{what}");
        assert_eq!(answer.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "*", "{what}");
        assert!(answer.header(header::ACCESS_CONTROL_EXPOSE_HEADERS).contains("retry-after"), "{what}");
    };
    let list = get_with(&router, "/api/v1/articles", &[elsewhere]).await;
    readable(&list, StatusCode::OK, "the list");
    let tag = list.header(header::ETAG);
    let again = get_with(&router, "/api/v1/articles", &[elsewhere, ("if-none-match", tag)]).await;
    readable(&again, StatusCode::NOT_MODIFIED, "the list again");
    for (path, status) in [
        ("/api/v1/articles/no", StatusCode::NOT_FOUND),
        ("/api/v2/articles", StatusCode::NOT_FOUND),
        ("/api/v1/articles?limit=0", StatusCode::BAD_REQUEST),
    ] {
        readable(&get_with(&router, path, &[elsewhere]).await, status, path);
    }
    let request = Request::post("/api/v1/articles").header(elsewhere.0, elsewhere.1);
    readable(
        &ask(&router, request.body(Body::empty()).unwrap()).await,
        StatusCode::FORBIDDEN,
        "what is not for reading",
    );
    readable(
        &get_with(&router, "/api/v1/articles", &[elsewhere]).await,
        StatusCode::TOO_MANY_REQUESTS,
        "one too many",
    );
    // Whether a page may ask at all is said without counting, or it could not read the refusal either.
    let preflight = Request::options("/api/v1/articles")
        .header(elsewhere.0, elsewhere.1)
        .header("access-control-request-method", "GET")
        .header("access-control-request-headers", "if-none-match");
    let preflight = ask(&router, preflight.body(Body::empty()).unwrap()).await;
    assert_eq!(preflight.status, StatusCode::OK);
    assert_eq!(preflight.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "*");
    let page = get_with(&router, "/articles/rest", &[elsewhere]).await;
    assert_eq!(page.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "", "pages are for people");
}

async fn from(router: &Router, path: &str, peer: &str, forwarded: &str) -> Answer {
    let request = Request::get(path)
        .header("x-forwarded-for", forwarded)
        .extension(ConnectInfo::<SocketAddr>(peer.parse().unwrap()))
        .body(Body::empty())
        .unwrap();
    ask(router, request).await
}

#[tokio::test]
async fn one_address_may_ask_so_often_and_is_told_how_often() {
    let mut house = House::new();
    house.config.rate_limit = 3;
    house.config.trusted_proxies = vec!["10.0.0.0/8".parse().unwrap()];
    let router = house.router();
    let paths = ["/api/v1/articles", "/cards/articles/no.png", "/oembed", "/infobutton"];
    for (path, left) in paths.iter().zip([2, 1, 0]) {
        let answer = from(&router, path, "192.0.2.1:9", "").await;
        assert!(
            answer.header("ratelimit").starts_with(&format!("\"address\";r={left};")),
            "{path}: {answer:?}"
        );
        assert_eq!(answer.header("ratelimit-policy"), "\"address\";q=3;w=60");
    }
    let refused = from(&router, paths[0], "192.0.2.1:9", "198.51.100.1").await;
    assert_problem(&refused, StatusCode::TOO_MANY_REQUESTS);
    assert!(
        refused.header(header::RETRY_AFTER).parse::<u64>().is_ok_and(|seconds| (1..=61).contains(&seconds))
    );
    assert_eq!(from(&router, paths[3], "192.0.2.1:9", "").await.status, StatusCode::TOO_MANY_REQUESTS);
    // Reading is not limited, and others are not held up.
    let page = from(&router, "/articles/rest", "192.0.2.1:9", "").await;
    assert_eq!((page.status, page.header("ratelimit")), (StatusCode::OK, ""));
    for who in ["198.51.100.1", "198.51.100.2, 10.0.0.9"] {
        assert_eq!(from(&router, paths[0], "10.0.0.1:9", who).await.status, StatusCode::OK, "{who}");
    }
}

#[tokio::test]
async fn the_description_is_openapi_3_1_and_every_address_in_it_answers() {
    let house = House::new();
    house.write("packs/calm.yaml", "title: Calm\nsummary: For now.\nitems:\n  - article: rest\n");
    let router = house.router();
    let document = read(&get(&router, "/api/v1/openapi.json").await);
    assert!(document["openapi"].as_str().is_some_and(|version| version.starts_with("3.1.")), "{document}");
    let mut names: Vec<&Value> = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        names.extend(methods.as_object().unwrap().values().map(|operation| &operation["operationId"]));
        let slug = if path.contains("packs") { "calm" } else { "rest" };
        let path = path.replace("{slug}", slug).replace("{anchor}", "getting-ready");
        assert!(methods.get("get").is_some(), "{path}");
        let query = if path == "/search" { "?q=rest" } else { "" };
        assert_eq!(get(&router, &format!("/api/v1{path}{query}")).await.status, StatusCode::OK, "{path}");
    }
    let text = document.to_string();
    for named in text.split("\"$ref\":\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(document.pointer(named).is_some(), "{named} is nowhere");
    }
    let given = names.len();
    names.sort_by_key(|name| name.to_string());
    names.dedup();
    assert_eq!(names.len(), given, "every operation has a name of its own");
}

#[tokio::test]
async fn the_description_stays_as_it_is() {
    let document = read(&House::new().get("/api/v1/openapi.json").await);
    insta::assert_snapshot!(serde_json::to_string_pretty(&document).unwrap());
}

#[tokio::test]
async fn the_page_about_it_shows_every_operation_without_a_script_of_its_own() {
    let router = House::new().router();
    let page = get(&router, "/api").await;
    assert_eq!(page.status, StatusCode::OK);
    let document = read(&get(&router, "/api/v1/openapi.json").await);
    let (text, scripts) = (page.text(), get(&router, "/articles").await.text().matches("<script").count());
    for path in document["paths"].as_object().unwrap().keys() {
        assert!(text.contains(&format!("GET {path}")), "{path}");
    }
    for name in document["components"]["schemas"].as_object().unwrap().keys() {
        assert!(text.contains(&format!("id=\"type-{name}\"")), "{name}");
    }
    assert!(text.contains("POST /search"));
    assert_eq!(text.matches("<script").count(), scripts);
}
