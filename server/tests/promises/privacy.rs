//! What is never counted about a reader. What is never logged is tested with the program's own log.

use axum::{body::Body, http::Request};

use crate::house::{House, ask, get};

#[tokio::test]
async fn metrics_count_by_class_and_hold_no_path() {
    let router = House::new().router();
    get(&router, "/articles/rest?q=secret").await;
    get(&router, "/articles/sorrow").await;
    ask(&router, Request::builder().method("INVENTED").uri("/grief").body(Body::empty()).unwrap()).await;
    get(&router, "/infobutton?mainSearchCriteria.v.c=F32.9&patientPerson.name=secret").await;
    get(&router, "/api/v1/search?q=secret").await;
    get(&router, "/cards/articles/rest.png").await;
    let text = get(&router, "/metrics").await.text();
    for class in ["infobutton", "api", "card"] {
        assert!(text.contains(&format!("class=\"{class}\",method=\"GET\",status=\"200\"")), "{text}");
    }
    assert!(
        text.contains("doorway_requests_total{class=\"page\",method=\"GET\",status=\"200\"} 1"),
        "{text}"
    );
    assert!(
        text.contains("doorway_requests_total{class=\"page\",method=\"GET\",status=\"404\"} 1"),
        "{text}"
    );
    assert!(
        text.contains("doorway_requests_total{class=\"page\",method=\"other\",status=\"405\"} 1"),
        "{text}"
    );
    assert!(text.contains("doorway_request_seconds_bucket{class=\"page\",le=\"0.001\"}"), "{text}");
    assert!(text.contains("doorway_articles 2"), "{text}");
    for word in ["rest", "sorrow", "grief", "secret", "F32", "INVENTED", "/"] {
        // `requests` is not the article.
        let found = text.replace("doorway_requests_total", "").contains(word);
        assert!(!found, "{word} in {text}");
    }
}

#[tokio::test]
async fn a_report_of_a_browser_is_counted_and_thrown_away() {
    let router = House::new().router();
    let body = r#"{"csp-report":{"document-uri":"http://library.example/articles/grief"}}"#;
    let request =
        Request::post("/csp-report").header("sec-fetch-site", "cross-site").body(Body::from(body)).unwrap();
    assert_eq!(ask(&router, request).await.status, 204);
    let text = get(&router, "/metrics").await.text();
    assert!(text.contains("doorway_csp_reports_total 1") && !text.contains("grief"), "{text}");
}
