//! The journal's page: a frame, the same for everybody, under a policy of its own.

use axum::http::{StatusCode, header};

use crate::house::{House, get};

#[tokio::test]
async fn the_journal_is_a_frame_without_data_that_nobody_keeps() {
    let router = House::new().router();
    let page = get(&router, "/journal").await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.header(header::CACHE_CONTROL), "no-store");
    let text = page.text();
    for file in [
        "journal.0a1b2c3d.js",
        "journal.0a1b2c3d.wasm",
        "journal-worker.0a1b2c3d.js",
        "journal.0a1b2c3d.css",
        "exchange.0a1b2c3d.js",
        "exchange.0a1b2c3d.wasm",
    ] {
        assert!(text.contains(&format!("/pkg/{file}")), "{file} is not named");
    }
    // The reader's client has no business here.
    assert!(!text.contains("doorway.0a1b2c3d.js") && !text.contains("hydrate"));
    assert!(text.contains("<noscript>") && text.contains("/crisis"));
}

#[tokio::test]
async fn the_journal_reports_nothing_and_no_script_makes_markup_in_it() {
    let router = House::new().router();
    let page = get(&router, "/journal").await;
    let csp = page.header(header::CONTENT_SECURITY_POLICY);
    for part in [
        "default-src 'none'",
        "worker-src 'self'",
        "require-trusted-types-for 'script'",
        "form-action 'none'",
    ] {
        assert!(csp.contains(part), "{part} is not in {csp}");
    }
    assert!(!csp.contains("report-"), "{csp}");
    assert!(csp.ends_with("trusted-types worker"), "{csp}");
    assert!(page.header("permissions-policy").contains("microphone=(self)"));
    let elsewhere = get(&router, "/articles/rest").await;
    assert!(elsewhere.header("permissions-policy").contains("microphone=()"));
}

#[tokio::test]
async fn the_worker_may_run_and_keep_its_store_and_nothing_else() {
    let router = House::new().router();
    let worker = get(&router, "/pkg/journal-worker.0a1b2c3d.js").await;
    let csp = worker.header(header::CONTENT_SECURITY_POLICY);
    assert!(csp.contains("script-src 'self' 'wasm-unsafe-eval'") && !csp.contains("sandbox"), "{csp}");
    let other = get(&router, "/pkg/journal.0a1b2c3d.js").await;
    assert!(other.header(header::CONTENT_SECURITY_POLICY).contains("sandbox"));
}

#[tokio::test]
async fn a_site_without_the_keepers_client_has_no_journal() {
    let house = House::new();
    std::fs::remove_file(house.site().join("pkg/journal.0a1b2c3d.wasm")).unwrap();
    assert_eq!(house.get("/journal").await.status, StatusCode::NOT_FOUND);
}
