//! What another site shows where somebody pasted an address of ours.

use axum::http::{StatusCode, header};
use quick_xml::{Reader, events::Event};
use serde_json::Value;

use crate::house::{House, article, get};

fn of(url: &str) -> String {
    let url: String = url.bytes().map(|byte| format!("%{byte:02X}")).collect();
    format!("/oembed?url={url}")
}

#[tokio::test]
async fn an_article_says_where_its_embedding_is_and_it_is_there() {
    let house = House::new();
    house.write("articles/odd.md", &article("odd", "Less < more & <script>why</script>"));
    let router = house.router();
    let page = get(&router, "/articles/odd").await.text();
    let link = page.split("<link ").find(|link| link.contains("application/json+oembed")).unwrap();
    let address = link.split("href=\"http://library.example").nth(1).unwrap().split('"').next().unwrap();
    let answer = get(&router, &address.replace("&amp;", "&")).await;
    assert_eq!((answer.status, answer.header(header::CONTENT_TYPE)), (StatusCode::OK, "application/json"));
    assert_eq!(answer.header("cross-origin-resource-policy"), "cross-origin");
    let said: Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!((&said["version"], &said["type"]), (&"1.0".into(), &"rich".into()));
    assert_eq!(said["thumbnail_url"], "http://library.example/cards/articles/odd.png");
    assert!(said["width"].is_u64() && said["height"].is_u64());
    let html = said["html"].as_str().unwrap();
    assert!(html.contains("&lt;script&gt;") && html.contains("href=\"http://library.example/articles/odd\""));
    for dangerous in ["<script", "<iframe", "<img", " on", "style="] {
        assert!(!html.contains(dangerous), "{dangerous} in {html}");
    }
}

#[tokio::test]
async fn xml_says_the_same() {
    let router = House::new().router();
    let said: Value =
        serde_json::from_slice(&get(&router, &of("http://library.example/articles/rest")).await.body)
            .unwrap();
    let xml = get(&router, &format!("{}&format=xml", of("http://library.example/articles/rest"))).await;
    assert!(xml.header(header::CONTENT_TYPE).starts_with("text/xml"));
    let (text, mut fields, mut name) = (xml.text(), serde_json::Map::new(), String::new());
    let mut reader = Reader::from_str(&text);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => name = String::from_utf8(tag.name().as_ref().to_vec()).unwrap(),
            Event::Text(part) => push(&mut fields, &name, &part.decode().unwrap()),
            Event::GeneralRef(entity) => {
                let c = match &*entity {
                    b"lt" => "<",
                    b"gt" => ">",
                    b"amp" => "&",
                    b"quot" => "\"",
                    b"apos" => "'",
                    other => panic!("{other:?}"),
                };
                push(&mut fields, &name, c);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    for (key, value) in said.as_object().unwrap() {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        assert_eq!(fields[key], value, "{key}");
    }
}

fn push(fields: &mut serde_json::Map<String, Value>, name: &str, text: &str) {
    let known = fields.get(name).and_then(Value::as_str).unwrap_or_default();
    fields.insert(name.to_owned(), format!("{known}{text}").into());
}

#[tokio::test]
async fn a_link_to_a_section_is_shown_as_that_section() {
    let answer = House::new().get(&of("http://library.example/articles/rest?view=short#getting-ready")).await;
    let said: Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(said["title"], "Rest: Getting ready");
    assert_eq!(said["thumbnail_url"], "http://library.example/cards/articles/rest/getting-ready.png");
}

#[tokio::test]
async fn it_stays_within_the_size_that_was_asked_for() {
    let address = format!("{}&maxwidth=400&maxheight=100", of("http://library.example/articles/rest"));
    let said: Value = serde_json::from_slice(&House::new().get(&address).await.body).unwrap();
    assert_eq!((&said["width"], &said["height"]), (&400.into(), &100.into()));
    assert_eq!(said["thumbnail_url"], Value::Null);
}

#[tokio::test]
async fn what_is_not_ours_or_not_an_article_is_refused() {
    let router = House::new().router();
    for url in [
        "http://elsewhere.example/articles/rest",
        "http://library.example.elsewhere.example/articles/rest",
        "http://library.example@elsewhere.example/articles/rest",
        "https://library.example/articles/rest",
        "http://library.example/articles/no",
        "http://library.example/crisis",
        "javascript:alert(1)",
        "",
    ] {
        assert_eq!(get(&router, &of(url)).await.status, StatusCode::NOT_FOUND, "{url}");
    }
    assert_eq!(get(&router, "/oembed").await.status, StatusCode::BAD_REQUEST);
    let yaml = format!("{}&format=yaml", of("http://library.example/articles/rest"));
    assert_eq!(get(&router, &yaml).await.status, StatusCode::NOT_IMPLEMENTED);
}
