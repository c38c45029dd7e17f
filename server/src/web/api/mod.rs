//! `/api/v1`: the library for programs. Reading only, no key, no cookie.
//!
//! [`types`] says what is answered, [`articles`], [`search`] and [`packs`] answer, and [`document`] describes all of it as
//! OpenAPI, from the same types. Whatever goes wrong is a [`problem`].

#[expect(unused_qualifications, reason = "the macro that describes an operation writes names in full")]
mod articles;
mod document;
mod packs;
mod problem;
#[expect(unused_qualifications, reason = "the macro that describes an operation writes names in full")]
mod search;
mod types;

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, Method, StatusCode, header},
    middleware::Next,
    response::Response,
    routing::get,
};
use serde::Serialize;
use tower::{Layer as _, ServiceExt as _};
use tower_http::cors::{Any, CorsLayer};

use super::{AppState, RouteClass, conditional};

pub use document::Document;
pub use problem::face;

/// A change of the library is seen after five minutes at most.
const CACHE: &str = "public, max-age=300";
const JSON: &str = "application/json";

/// The routes below `/api/v1`.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/openapi.json", get(openapi))
        .route("/articles", get(articles::list))
        .route("/articles/{slug}", get(articles::one))
        .route("/articles/{slug}/sections/{anchor}", get(articles::section))
        .route("/search", get(search::asked).post(search::posted))
        .route("/packs", get(packs::list))
        .route("/packs/{slug}", get(packs::one))
        .fallback(async || StatusCode::NOT_FOUND)
}

/// What pages of other sites may do: read what is answered, without credentials, of which there are none.
pub fn reading() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD, Method::OPTIONS])
        .allow_headers([header::ACCEPT, header::IF_NONE_MATCH])
        .expose_headers([
            header::ETAG,
            header::LINK,
            header::RETRY_AFTER,
            HeaderName::from_static("ratelimit"),
            HeaderName::from_static("ratelimit-policy"),
        ])
}

/// Says so with every answer of the API, refusals included; for [`layers`](crate::web::layers).
pub async fn readable(State(reading): State<CorsLayer>, request: Request, next: Next) -> Response {
    if RouteClass::of(request.uri().path()) != RouteClass::Api {
        return next.run(request).await;
    }
    let Ok(response) = reading.layer(next).oneshot(request).await;
    response
}

/// `/api/v1/openapi.json`
async fn openapi(State(state): State<AppState>, asked: HeaderMap) -> Response {
    respond(&asked, state.api.json.clone(), &[])
}

/// JSON, or 304 where who asks has it already.
fn answer(asked: &HeaderMap, what: &impl Serialize) -> Response {
    respond(asked, json(what), &[])
}

fn respond(asked: &HeaderMap, text: String, links: &[String]) -> Response {
    let validator = conditional::validator(&text, None);
    let mut response = conditional::respond(asked, text, JSON, CACHE, validator);
    // An address that is no header value is no address: its link is left out.
    if let Ok(value) = links.join(", ").try_into()
        && !links.is_empty()
    {
        response.headers_mut().insert(header::LINK, value);
    }
    response
}

fn json(what: &impl Serialize) -> String {
    serde_json::to_string(what).expect("our own types have text for keys and cannot fail")
}
