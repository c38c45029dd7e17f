//! What a browser needs to open a pack or to put one together: the list of the library, the same for everybody. Which
//! articles a pack names is asked by nobody; they are fetched as pages are.

use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};

use super::{AppState, conditional};

const TEXT: &str = "text/plain; charset=utf-8";
/// Asked about each time and kept for when there is no network.
const CACHE: &str = "no-cache";

/// `/pack/articles.txt`
pub async fn articles(State(state): State<AppState>, asked: HeaderMap) -> Response {
    let list = app::share::catalogue::write(&state.shelf.current().library);
    let validator = conditional::validator(&list, None);
    conditional::respond(&asked, list, TEXT, CACHE, validator).into_response()
}
