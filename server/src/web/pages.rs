//! Whatever a person reads: `app` renders it, this module carries it.

use std::sync::Arc;

use app::{Answer, Assets, Context, Search};
use axum::{
    extract::{Extension, Query, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use percent_encoding::percent_decode_str;

use super::{AppState, conditional, kept::Ready, nonce::Nonce, reader, search::Pair};
use crate::{errors::AppError, library::Edition};

/// For what answers a reader's own words.
const NEVER: &str = "no-store";
/// Kept by the reader's browser alone, because the nonce is in it, and asked about each time.
const CACHE: &str = "private, no-cache";
const HTML: &str = "text/html; charset=utf-8";

/// A built file where there is one of this name, else the page.
pub async fn page_or_file(
    State(state): State<AppState>,
    Extension(nonce): Extension<Nonce>,
    request: Request,
) -> Result<Response, AppError> {
    let uri = request.uri().clone();
    let path = percent_decode_str(uri.path()).decode_utf8().map_err(|_| StatusCode::BAD_REQUEST)?;
    if let Some(tidy) = tidied(uri.path()) {
        let to = uri.query().map_or(tidy.clone(), |query| format!("{tidy}?{query}"));
        return redirect(&to, StatusCode::PERMANENT_REDIRECT);
    }
    let site = state.site.current();
    if site.has(&path) {
        return Ok(state.site.file(request).await);
    }
    let Query(query) =
        Query::<Vec<(String, String)>>::try_from_uri(&uri).map_err(|_| StatusCode::BAD_REQUEST)?;
    let edition = state.shelf.current();
    let files = state.search.of(&edition);
    let context = context(&state, &edition, files.as_deref(), &site.assets, &path, &query, &nonce);
    let address = kept_address(&uri).filter(|_| !state.config.dev);
    if let Some(ready) = address.and_then(|address| state.kept.get(&edition, context.today, address)) {
        return Ok(ready_page(&ready, &nonce, request.headers()));
    }
    let answer = app::open(&context);
    if let (Some(address), Answer::Page { status: 200, html, fleeting: false, .. }) = (address, &answer)
        && let Some(ready) = Ready::new(html, &nonce).map(Arc::new)
    {
        state.kept.keep(&edition, context.today, address, ready.clone());
        return Ok(ready_page(&ready, &nonce, request.headers()));
    }
    page(answer, &nonce, request.headers())
}

/// A page whose words came in the body of the request.
pub(super) fn answer(
    state: &AppState,
    path: &str,
    pairs: &[(String, String)],
    nonce: &Nonce,
    asked: &HeaderMap,
) -> Result<Response, AppError> {
    let (edition, site) = (state.shelf.current(), state.site.current());
    let files = state.search.of(&edition);
    let context = context(state, &edition, files.as_deref(), &site.assets, path, pairs, nonce);
    let mut answer = app::open(&context);
    if let Answer::Page { fleeting, .. } = &mut answer {
        *fleeting = true;
    }
    page(answer, nonce, asked)
}

/// The address of a page that may be kept: a plain path, read in full or in short. Filters have more forms than
/// there is room for.
fn kept_address(uri: &Uri) -> Option<&str> {
    let plain = !uri.path().contains('%') && matches!(uri.query(), None | Some("view=short"));
    Some(uri.path_and_query()?.as_str()).filter(|_| plain)
}

/// A page that was rendered before, or 304; in Brotli where that was made before too, else a layer makes it.
fn ready_page(ready: &Arc<Ready>, nonce: &Nonce, asked: &HeaderMap) -> Response {
    let validator = ready.validator().clone();
    let brotli = reader::takes_brotli(asked).then(|| ready.brotli(nonce)).flatten();
    let Some(brotli) = brotli else {
        return conditional::respond(asked, ready.html(nonce), HTML, CACHE, validator);
    };
    let mut response = conditional::respond(asked, brotli, HTML, CACHE, validator);
    if response.status() == StatusCode::OK {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    }
    response
}

fn page(answer: Answer, nonce: &Nonce, asked: &HeaderMap) -> Result<Response, AppError> {
    match answer {
        Answer::Page { status: 200, html, fleeting: true, .. } => {
            let headers = [(header::CONTENT_TYPE, HTML), (header::CACHE_CONTROL, NEVER)];
            Ok((headers, html).into_response())
        }
        Answer::Page { status: 200, html, .. } => {
            let validator = conditional::validator(&html, Some(nonce.as_str()));
            Ok(conditional::respond(asked, html, HTML, CACHE, validator))
        }
        Answer::Page { status, html, .. } => {
            let status = StatusCode::from_u16(status).map_err(AppError::internal)?;
            Ok((status, [(header::CONTENT_TYPE, HTML)], html).into_response())
        }
        Answer::Redirect { to, status } => {
            redirect(&to, StatusCode::from_u16(status).map_err(AppError::internal)?)
        }
    }
}

/// The page of an error, for [`layers`](super::layers).
pub(super) fn failure(state: &AppState, path: &str, nonce: &Nonce, status: StatusCode) -> String {
    let (edition, site) = (state.shelf.current(), state.site.current());
    let files = state.search.of(&edition);
    app::failure(&context(state, &edition, files.as_deref(), &site.assets, path, &[], nonce), status.as_u16())
}

/// How an edition is searched on the server.
pub(super) fn search(edition: &Edition) -> Search<'_> {
    Search { index: &edition.search.index, texts: &edition.search.texts, files: None }
}

fn context<'a>(
    state: &'a AppState,
    edition: &'a Edition,
    files: Option<&'a Pair>,
    assets: &'a Assets,
    path: &'a str,
    query: &'a [(String, String)],
    nonce: &'a Nonce,
) -> Context<'a> {
    Context {
        library: &edition.library,
        search: Search { files: files.map(Pair::addresses), ..search(edition) },
        assets,
        clinic: state.clinic.shown(),
        api: &state.api.value,
        path,
        query,
        base_url: &state.base_url,
        today: state.shelf.today(),
        nonce: nonce.as_str(),
    }
}

fn redirect(to: &str, status: StatusCode) -> Result<Response, AppError> {
    let location = HeaderValue::try_from(to).map_err(AppError::internal)?;
    // A renamed article may be renamed again, so a redirect is kept for an hour and not for ever; one that holds what a
    // reader has chosen or typed not at all.
    let cache = HeaderValue::from_static(if to.contains('?') { NEVER } else { "max-age=3600" });
    Ok((status, [(header::LOCATION, location), (header::CACHE_CONTROL, cache)]).into_response())
}

/// The one form of a path: no slash at the end, none doubled. `None` where it is in that form already.
///
/// A doubled slash at the start must never reach a link or a `Location`: `//name` is another host.
fn tidied(path: &str) -> Option<String> {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let tidy = format!("/{}", parts.join("/"));
    (tidy != path).then_some(tidy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_one_form_that_stays_on_this_host() {
        assert_eq!(tidied("/articles/"), Some("/articles".to_owned()));
        assert_eq!(tidied("//elsewhere.example/"), Some("/elsewhere.example".to_owned()));
        assert_eq!(tidied("/articles//a"), Some("/articles/a".to_owned()));
        assert_eq!(tidied("/"), None);
        assert_eq!(tidied("/articles/a"), None);
    }
}
