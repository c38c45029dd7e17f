//! For machines that watch the server.

use axum::{
    body::Bytes,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use super::AppState;

const NEVER_KEPT: [(header::HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-store")];

/// The process answers.
pub async fn alive() -> Response {
    (NEVER_KEPT, "alive\n").into_response()
}

/// Requests may be sent here. A broken content folder does not change that: the last good library is served.
pub async fn ready(State(state): State<AppState>) -> Response {
    if *state.stopping.borrow() {
        return (StatusCode::SERVICE_UNAVAILABLE, NEVER_KEPT, "stopping\n").into_response();
    }
    (NEVER_KEPT, "ready\n").into_response()
}

/// Counts in Prometheus' format.
pub async fn metrics(State(state): State<AppState>) -> Response {
    let text = state.metrics.render(state.shelf.current().library.articles().len(), state.shelf.broken());
    (NEVER_KEPT, [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response()
}

/// Browsers report violations of the Content-Security-Policy here. They are counted and thrown away: a report
/// holds the address of the page.
pub async fn csp_report(State(state): State<AppState>, _report: Bytes) -> StatusCode {
    state.metrics.csp_report();
    StatusCode::NO_CONTENT
}
