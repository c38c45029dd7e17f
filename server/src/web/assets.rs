//! Built files, images of the content folder, covers.

mod site;

use std::convert::Infallible;

use axum::{
    body::Body,
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use tower::{Service, ServiceExt as _};
use tower_http::services::ServeFile;

use super::{AppState, conditional};
use crate::errors::AppError;

pub use site::{Site, SiteError};

/// For files whose name stays when they change: asked about again after an hour.
const SHORT: &str = "public, max-age=3600";

/// An image of the content folder.
///
/// Only what the library knows is served: a path that leaves the folder is no key of it.
pub async fn image(
    State(state): State<AppState>,
    Path(path): Path<String>,
    request: Request,
) -> Result<Response, AppError> {
    let path = format!("images/{path}");
    if !state.shelf.current().images.contains_key(&path) {
        return Err(StatusCode::NOT_FOUND.into());
    }
    Ok(served(ServeFile::new(state.shelf.root().join(path)), request, SHORT).await)
}

/// The cover that is drawn for an article.
pub async fn cover(
    State(state): State<AppState>,
    Path(file): Path<String>,
    asked: HeaderMap,
) -> Result<Response, AppError> {
    let edition = state.shelf.current();
    let published = file
        .strip_suffix(".svg")
        .and_then(|slug| edition.library.article(slug))
        .ok_or(StatusCode::NOT_FOUND)?;
    let meta = &published.article.meta;
    let drawing = app::cover::svg(meta.slug.as_str(), meta.phases.first().copied());
    let validator = conditional::validator(&drawing, None);
    Ok(conditional::respond(&asked, drawing, "image/svg+xml", SHORT, validator))
}

/// Lets a file service answer, and says how long the answer may be kept.
async fn served<S, B>(service: S, request: Request, cache: &'static str) -> Response
where
    S: Service<Request, Response = axum::http::Response<B>, Error = Infallible>,
    B: axum::body::HttpBody<Data = axum::body::Bytes> + Send + 'static,
    B::Error: Into<axum::BoxError>,
{
    let mut response = match service.oneshot(request).await {
        Ok(response) => response.map(Body::new).into_response(),
        Err(never) => match never {},
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    // The same file may be compressed on the way, so its validator can promise the same content only.
    let weak = headers
        .get(header::ETAG)
        .filter(|tag| tag.as_bytes().starts_with(b"\""))
        .and_then(|tag| HeaderValue::from_bytes(&[b"W/", tag.as_bytes()].concat()).ok());
    if let Some(weak) = weak {
        headers.insert(header::ETAG, weak);
    }
    response
}
