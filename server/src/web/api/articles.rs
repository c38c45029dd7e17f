//! Articles: the list, one, and one section of one.

use article::{Filter, Library, Phase, Published};
use axum::{
    extract::{Path, Query, State, rejection::QueryRejection},
    http::HeaderMap,
    response::Response,
};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    answer, json,
    problem::Problem,
    respond,
    types::{ArticleDetail, ArticleList, ArticleSummary, SectionDetail, SectionSummary},
};
use crate::web::AppState;

const LIMIT: usize = 20;
const MOST: usize = 100;

/// What a list is narrowed to, and which page of it is wanted.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Key of a category, such as `PATIENT_EDUCATION`.
    category: Option<String>,
    /// A tag in the form of its address, such as `side-effects`.
    tag: Option<String>,
    /// `before`, `day`, `first` or `weeks`.
    phase: Option<String>,
    /// How many a page has, 1 to 100; 20 where it is not said.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<usize>,
    /// How many are passed over.
    offset: Option<usize>,
}

/// How much of an article is wanted.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Depth {
    /// `whole` for the text as HTML.
    #[param(inline)]
    html: Option<Html>,
}

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
enum Html {
    Whole,
}

/// The articles
///
/// Last changed first. `Link` names the next page and the one before.
#[utoipa::path(get, operation_id = "listArticles", path = "/articles", tag = "Articles", params(Wanted), responses(
    (status = 200, description = "A page of the list", body = ArticleList),
    (status = 304, description = "Unchanged since the ETag that was sent"),
    (status = 400, description = "A parameter is unknown or out of its range", body = Problem, content_type = "application/problem+json"),
    (status = 429, description = "Too many requests; `Retry-After` says when to come back", body = Problem, content_type = "application/problem+json"),
))]
pub async fn list(
    State(state): State<AppState>,
    wanted: Result<Query<Wanted>, QueryRejection>,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let Query(wanted) = wanted.map_err(|_| Problem::misunderstood())?;
    let phase = match &wanted.phase {
        Some(key) => Some(Phase::from_key(key).ok_or_else(Problem::misunderstood)?),
        None => None,
    };
    let (limit, offset) = (wanted.limit.unwrap_or(LIMIT), wanted.offset.unwrap_or(0));
    if !(1..=MOST).contains(&limit) {
        return Err(Problem::misunderstood());
    }
    let edition = state.shelf.current();
    let filter =
        Filter { category: wanted.category.clone(), tag: wanted.tag.clone(), phase, ..Filter::default() };
    let found = edition.library.find(&filter);
    let items: Vec<ArticleSummary> = found
        .iter()
        .skip(offset)
        .take(limit)
        .map(|published| ArticleSummary::of(&published.article, &state.base_url))
        .collect();
    let links = links(&state.base_url, &wanted, found.len(), limit, offset);
    Ok(respond(&asked, json(&ArticleList { total: found.len(), limit, offset, items }), &links))
}

/// One article
///
/// Its facts, sections and references; with `html=whole` also its text. A former slug is answered as the present one.
#[utoipa::path(get, operation_id = "getArticle", path = "/articles/{slug}", tag = "Articles", params(
    ("slug" = String, Path, description = "The last part of its address"), Depth,
), responses(
    (status = 200, description = "The article", body = ArticleDetail),
    (status = 304, description = "Unchanged since the ETag that was sent"),
    (status = 404, description = "There is no such article", body = Problem, content_type = "application/problem+json"),
))]
pub async fn one(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    depth: Result<Query<Depth>, QueryRejection>,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let Query(depth) = depth.map_err(|_| Problem::misunderstood())?;
    let edition = state.shelf.current();
    let published = find(&edition.library, &slug)?;
    let whole = depth.html.is_some();
    Ok(answer(&asked, &ArticleDetail::of(&edition.library, published, &state.base_url, whole)))
}

/// One section
///
/// With what stands below it, as HTML.
#[utoipa::path(get, operation_id = "getSection", path = "/articles/{slug}/sections/{anchor}", tag = "Articles", params(
    ("slug" = String, Path, description = "The last part of the article's address"),
    ("anchor" = String, Path, description = "The section's anchor, also a former one"),
), responses(
    (status = 200, description = "The section", body = SectionDetail),
    (status = 304, description = "Unchanged since the ETag that was sent"),
    (status = 404, description = "There is no such section", body = Problem, content_type = "application/problem+json"),
))]
pub async fn section(
    State(state): State<AppState>,
    Path((slug, anchor)): Path<(String, String)>,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let edition = state.shelf.current();
    let published = find(&edition.library, &slug)?;
    let article = &published.article;
    let anchor = article.meta.anchors.get(&anchor).cloned().unwrap_or(anchor);
    let section = article
        .sections
        .iter()
        .find(|section| section.anchor.as_str() == anchor)
        .ok_or_else(|| Problem::missing("section"))?;
    let detail = SectionDetail {
        summary: SectionSummary::of(article, section, &state.base_url),
        article: article.meta.slug.to_string(),
        html: published.text_of(&anchor).ok_or_else(|| Problem::missing("section"))?,
    };
    Ok(answer(&asked, &detail))
}

fn find<'a>(library: &'a Library, slug: &str) -> Result<&'a Published, Problem> {
    library
        .article(slug)
        .or_else(|| library.article(library.renamed(slug)?.as_str()))
        .ok_or_else(|| Problem::missing("article"))
}

/// The pages beside this one (RFC 8288).
fn links(base: &str, wanted: &Wanted, total: usize, limit: usize, offset: usize) -> Vec<String> {
    let encoded = |text: &str| {
        percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
    };
    let kept: String = [("category", &wanted.category), ("tag", &wanted.tag), ("phase", &wanted.phase)]
        .into_iter()
        .filter_map(|(name, value)| Some(format!("&{name}={}", encoded(value.as_deref()?))))
        .collect();
    let link = |offset: usize, rel: &str| {
        format!("<{base}/api/v1/articles?limit={limit}&offset={offset}{kept}>; rel=\"{rel}\"")
    };
    let next = offset.checked_add(limit).filter(|&next| next < total).map(|next| link(next, "next"));
    let before = (offset > 0).then(|| link(offset.saturating_sub(limit), "prev"));
    next.into_iter().chain(before).collect()
}
