//! Standing packs.

use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};

use super::{
    answer,
    problem::Problem,
    types::{Pack, PackList},
};
use crate::web::AppState;

/// The standing packs
#[utoipa::path(get, operation_id = "listPacks", path = "/packs", tag = "Packs", responses(
    (status = 200, description = "All of them", body = PackList),
    (status = 304, description = "Unchanged since the ETag that was sent"),
))]
pub async fn list(State(state): State<AppState>, asked: HeaderMap) -> Response {
    let edition = state.shelf.current();
    let packs = &edition.library.site().packs;
    answer(&asked, &PackList { items: packs.iter().map(|pack| Pack::of(pack, &state.base_url)).collect() })
}

/// One standing pack
#[utoipa::path(get, operation_id = "getPack", path = "/packs/{slug}", tag = "Packs", params(
    ("slug" = String, Path, description = "The last part of its address"),
), responses(
    (status = 200, description = "The pack", body = Pack),
    (status = 304, description = "Unchanged since the ETag that was sent"),
    (status = 404, description = "There is no such pack", body = Problem, content_type = "application/problem+json"),
))]
pub async fn one(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let edition = state.shelf.current();
    let packs = &edition.library.site().packs;
    let pack =
        packs.iter().find(|pack| pack.slug.as_str() == slug).ok_or_else(|| Problem::missing("pack"))?;
    Ok(answer(&asked, &Pack::of(pack, &state.base_url)))
}
