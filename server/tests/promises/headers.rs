//! Headers that protect a reader, on every kind of answer.

use std::{io::Read as _, net::SocketAddr};

use axum::{
    body::Body,
    extract::ConnectInfo,
    http::{Request, StatusCode, header},
};

use crate::house::{Answer, CSS, House, ask, get, get_with};

fn nonce(page: &Answer) -> String {
    let csp = page.header(header::CONTENT_SECURITY_POLICY);
    let rest = csp.split("'nonce-").nth(1).unwrap_or_else(|| panic!("no nonce in {csp:?}"));
    rest.split('\'').next().unwrap().to_owned()
}

#[tokio::test]
async fn every_kind_of_answer_carries_them() {
    let house = House::new();
    let router = house.router();
    let paths = [
        "/",
        "/articles/rest",
        "/articles/no",
        "/articles/silence",
        "/articles/",
        "/feed.rss",
        "/feed.json",
        "/sitemap.xml",
        "/robots.txt",
        "/healthz",
        "/metrics",
        "/csp-report",
        "/covers/rest.svg",
        "/covers/no.svg",
        "/clinic/no.css",
        "/api",
        "/infobutton",
        "/images/no.png",
        "/favicon.svg",
        "/pkg/no.js",
        CSS,
        "/%ff",
    ];
    for path in paths {
        let answer = get(&router, path).await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("x-frame-options", "DENY"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{name} of {path}");
        }
        assert!(answer.header("permissions-policy").contains("camera=()"), "{path}");
        assert!(!answer.header("x-request-id").is_empty(), "{path}");
        let csp = answer.header(header::CONTENT_SECURITY_POLICY);
        assert!(
            csp.starts_with("default-src 'none'") && csp.contains("frame-ancestors 'none'"),
            "{path}: {csp}"
        );
        assert!(!csp.replace("'wasm-unsafe-eval'", "").contains("unsafe"), "{path}: {csp}");
    }
}

#[tokio::test]
async fn the_nonce_is_new_each_time_and_the_one_in_the_page() {
    let router = House::new().router();
    let (first, second) = (get(&router, "/").await, get(&router, "/").await);
    assert_ne!(nonce(&first), nonce(&second));
    for page in [&first, &second] {
        let word = nonce(page);
        // 16 bytes in base64.
        assert_eq!(word.len(), 24);
        assert!(page.text().contains(&format!("nonce=\"{word}\"")), "{}", page.text());
    }
}

#[tokio::test]
async fn a_page_that_was_rendered_before_has_a_new_nonce_also_in_brotli() {
    let router = House::new().router();
    let plain = get(&router, "/articles/rest").await;
    let mut seen = vec![nonce(&plain)];
    // Asked for again, it is compressed once for all who come after.
    for _ in 0..10 {
        tokio::time::sleep(std::time::Duration::from_millis(30)).await;
        let page = get_with(&router, "/articles/rest", &[("accept-encoding", "gzip, br")]).await;
        assert_eq!(page.header(header::CONTENT_ENCODING), "br");
        assert_eq!(page.header(header::ETAG), plain.header(header::ETAG));
        let mut text = String::new();
        brotli::Decompressor::new(page.body.as_slice(), 4096).read_to_string(&mut text).unwrap();
        let word = nonce(&page);
        assert_eq!(text, plain.text().replace(&seen[0], &word));
        assert!(!seen.contains(&word));
        seen.push(word);
    }
}

#[tokio::test]
async fn an_error_page_has_the_nonce_of_its_own_header() {
    let page = House::new().get("/articles/no").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.text().contains(&format!("nonce=\"{}\"", nonce(&page))));
}

#[tokio::test]
async fn a_file_that_is_opened_by_itself_may_do_nothing() {
    let drawing = House::new().get("/covers/rest.svg").await;
    assert_eq!(drawing.status, StatusCode::OK);
    assert!(drawing.header(header::CONTENT_SECURITY_POLICY).contains("sandbox"));
}

#[tokio::test]
async fn strict_transport_is_asked_for_behind_tls_only() {
    const NAME: header::HeaderName = header::STRICT_TRANSPORT_SECURITY;
    let mut house = House::new();
    house.config.trusted_proxies = vec!["10.0.0.0/8".parse().unwrap()];
    let router = house.router();
    assert_eq!(get(&router, "/").await.header(NAME), "");
    assert_eq!(get_with(&router, "/", &[("x-forwarded-proto", "https")]).await.header(NAME), "");
    for (peer, expected) in [("192.0.2.1:9", ""), ("10.9.8.7:9", "max-age=31536000")] {
        let request = Request::get("/")
            .header("x-forwarded-proto", "https")
            .extension(ConnectInfo::<SocketAddr>(peer.parse().unwrap()))
            .body(Body::empty())
            .unwrap();
        assert_eq!(ask(&router, request).await.header(NAME), expected, "{peer}");
    }
    house.config.base_url = Some("https://library.example".parse().unwrap());
    assert_eq!(house.get("/").await.header(NAME), "max-age=31536000");
}
