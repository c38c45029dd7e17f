//! Built files, images of the content folder, covers.

mod scaled;
mod site;

use std::{convert::Infallible, path::PathBuf};

use article::picture::{WIDTHS, can_be_scaled};
use axum::{
    body::Body,
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use tower::{Service, ServiceExt as _};
use tower_http::services::ServeFile;

use super::{AppState, conditional};
use crate::errors::AppError;

pub use scaled::Scaled;
pub use site::{Site, SiteError};

/// For files whose name stays when they change: asked about again after an hour.
const SHORT: &str = "public, max-age=3600";

/// For pictures in the width of a page: a page asks for many, and a picture is seldom replaced under its name.
const LONG: &str = "public, max-age=86400, stale-while-revalidate=604800";

/// An image of the content folder; with `?w=` and one of [`WIDTHS`], in that width for who takes WebP.
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
    let file = state.shelf.root().join(&path);
    let Some(width) = wanted_width(request.uri()).filter(|_| can_be_scaled(&path)) else {
        return Ok(served(ServeFile::new(file), request, SHORT).await);
    };
    let mut response = match in_width(&state, file.clone(), width, request.headers()).await {
        Some(response) => response,
        None => served(ServeFile::new(file), request, LONG).await,
    };
    response.headers_mut().append(header::VARY, HeaderValue::from_static("accept"));
    Ok(response)
}

/// The picture as WebP in a width, or 304; `None` where the original is to be given.
async fn in_width(state: &AppState, file: PathBuf, width: u32, asked: &HeaderMap) -> Option<Response> {
    if !scaled::takes_webp(asked) {
        return None;
    }
    let wanted = scaled::Wanted::new(file, width).await.ok()?;
    let headers =
        [(header::CACHE_CONTROL, HeaderValue::from_static(LONG)), (header::ETAG, wanted.validator())];
    if conditional::unchanged(asked, &headers[1].1) {
        return Some((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    let webp = state.scaled.get(wanted).await?;
    Some((headers, [(header::CONTENT_TYPE, "image/webp")], webp).into_response())
}

/// What `?w=` asks for. Other widths than ours are not made: anybody could ask for thousands.
fn wanted_width(uri: &Uri) -> Option<u32> {
    let width = uri.query()?.split('&').find_map(|pair| pair.strip_prefix("w="))?.parse().ok()?;
    WIDTHS.contains(&width).then_some(width)
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
    let drawing = app::cover::svg(meta.slug.as_str(), meta.phase());
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
