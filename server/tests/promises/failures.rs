//! What happens when something goes wrong.

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
    routing::{get as route, post},
};
use server::web::layers;

use crate::house::{House, ask, get, get_with};

/// The real layers around handlers that fail.
fn failing(house: &House) -> Router {
    let routes = Router::new()
        .route("/panics", route(async || -> StatusCode { panic!("the words of a reader") }))
        .route("/empty", route(async || StatusCode::SERVICE_UNAVAILABLE))
        .route("/reads", post(async |body: String| body.len().to_string()));
    layers::around(routes, house.state())
}

#[tokio::test]
async fn a_panic_is_one_requests_500_page_and_nobody_elses_end() {
    let router = failing(&House::new());
    let page = get(&router, "/panics").await;
    assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(page.header(header::CONTENT_TYPE), "text/html; charset=utf-8");
    assert!(page.header(header::CONTENT_SECURITY_POLICY).contains("nonce-"));
    assert!(
        page.text().contains("</main>") && !page.text().contains("the words of a reader"),
        "{}",
        page.text()
    );
    assert_eq!(get(&router, "/empty").await.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn a_bare_status_becomes_a_page_for_people_and_stays_bare_for_machines() {
    let house = House::new();
    assert!(get(&failing(&house), "/empty").await.text().contains("</main>"));
    let router = house.router();
    let machine = get_with(&router, "/images/no.png", &[("accept", "image/*")]).await;
    assert_eq!((machine.status, machine.text().contains("<")), (StatusCode::NOT_FOUND, false));
    let person = get_with(&router, "/images/no.png", &[("accept", "text/html,*/*")]).await;
    assert_eq!((person.status, person.text().contains("</main>")), (StatusCode::NOT_FOUND, true));
}

#[tokio::test]
async fn a_body_over_64_kilobytes_is_refused() {
    let router = failing(&House::new());
    let send = async |length: usize, announced: bool| {
        let mut request = Request::post("/reads");
        if announced {
            request = request.header(header::CONTENT_LENGTH, length);
        }
        ask(&router, request.body(Body::from("x".repeat(length))).unwrap()).await.status
    };
    assert_eq!(send(64 * 1024, true).await, StatusCode::OK);
    assert_eq!(send(64 * 1024 + 1, true).await, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(send(64 * 1024 + 1, false).await, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn another_sites_form_is_refused_and_our_own_is_not() {
    let router = failing(&House::new());
    let send = async |headers: &[(&str, &str)]| {
        let request = headers
            .iter()
            .fold(Request::post("/reads"), |request, (name, value)| request.header(*name, *value));
        ask(&router, request.body(Body::from("x")).unwrap()).await.status
    };
    assert_eq!(
        send(&[("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")]).await,
        StatusCode::FORBIDDEN
    );
    assert_eq!(send(&[("sec-fetch-site", "same-origin")]).await, StatusCode::OK);
    // A proxy has rewritten the host; the origin is still the one that readers see.
    assert_eq!(send(&[("host", "inside:3000"), ("origin", "http://library.example")]).await, StatusCode::OK);
}

#[tokio::test]
async fn a_page_takes_no_post_and_says_so() {
    let request = Request::post("/articles/rest").body(Body::empty()).unwrap();
    let answer = ask(&House::new().router(), request).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.header(header::ALLOW), "GET,HEAD");
    assert!(answer.text().contains("</main>"));
}

#[tokio::test]
async fn an_address_that_is_no_text_is_a_bad_request() {
    assert_eq!(House::new().get("/%ff%fe").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn readiness_ends_when_the_server_is_asked_to_stop() {
    let state = House::new().state();
    let router = server::web::router(state.clone());
    assert_eq!(get(&router, "/healthz").await.text(), "alive\n");
    assert_eq!(get(&router, "/readyz").await.status, StatusCode::OK);
    state.stopping.send_replace(true);
    assert_eq!(get(&router, "/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(get(&router, "/healthz").await.status, StatusCode::OK);
}
