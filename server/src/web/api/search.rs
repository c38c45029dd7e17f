//! Searching: the engine of the search page, for programs.
//!
//! A question is health data. It can stand in the body, where no proxy writes it down; the answer is kept by nobody.

use axum::{
    Json,
    extract::{
        Query, State,
        rejection::{JsonRejection, QueryRejection},
    },
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use search::{Filter, Found, Hit, Piece};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{JSON, json, problem::Problem};
use crate::web::AppState;

const LIMIT: usize = 10;
const MOST: usize = 50;
/// The longest question, in characters, as on the search page.
const LONGEST: usize = search::LONGEST_QUERY;

/// A question to the library.
#[derive(Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Question {
    /// Words or a whole question, as a patient asks it. At most 1,000 characters.
    #[schema(example = "how long does it last")]
    q: String,
    /// A category in the form of its address, such as `patient-education`.
    category: Option<String>,
    /// A tag in the form of its address.
    tag: Option<String>,
    /// `before`, `day`, `first` or `weeks`.
    phase: Option<String>,
    /// How many articles are answered, 1 to 50; 10 where it is not said.
    #[param(minimum = 1, maximum = 50)]
    #[schema(minimum = 1, maximum = 50)]
    limit: Option<usize>,
}

/// What was found.
#[derive(Serialize, ToSchema)]
pub struct Answer {
    /// How many articles there are to find.
    total: usize,
    /// Whether no word of the question was found, so that these are merely the nearest things.
    nearest: bool,
    /// The question as it was probably meant, where a word was mistyped.
    meant: Option<String>,
    /// Whether it sounds like a crisis. Then show help first: `/crisis` lists it.
    crisis: bool,
    /// The articles, best first.
    items: Vec<Match>,
}

/// An article that answers.
#[derive(Serialize, ToSchema)]
pub struct Match {
    /// The last part of its address.
    slug: String,
    /// Its title.
    title: String,
    /// Its page for people.
    #[schema(format = "uri")]
    url: String,
    /// Its best sections, best first.
    places: Vec<Place>,
}

/// A section that answers.
#[derive(Serialize, ToSchema)]
pub struct Place {
    /// Its anchor; empty for the article's start.
    anchor: String,
    /// Its heading; empty for the article's start.
    title: String,
    /// The sentences that fit best.
    snippet: String,
    /// Its place on the page for people.
    #[schema(format = "uri")]
    url: String,
}

/// Search
///
/// A question in an address is health data, and proxies on the way may write it down. Ask with POST where you can.
#[utoipa::path(get, operation_id = "search", path = "/search", tag = "Search", params(Question), responses(
    (status = 200, description = "What was found; never kept", body = Answer),
    (status = 400, description = "A parameter is unknown, missing or out of its range", body = Problem, content_type = "application/problem+json"),
    (status = 429, description = "Too many requests; `Retry-After` says when to come back", body = Problem, content_type = "application/problem+json"),
))]
pub async fn asked(
    State(state): State<AppState>,
    question: Result<Query<Question>, QueryRejection>,
) -> Result<Response, Problem> {
    // Why it could not be read may quote what was asked, so that is not passed on.
    let Query(question) = question.map_err(|_| Problem::misunderstood())?;
    answer(&state, question)
}

/// Search, with the question in the body
///
/// For servers: browsers may not post here from pages of other sites.
#[utoipa::path(post, operation_id = "searchByBody", path = "/search", tag = "Search", request_body = Question, responses(
    (status = 200, description = "What was found; never kept", body = Answer),
    (status = 400, description = "The body is not such a question", body = Problem, content_type = "application/problem+json"),
    (status = 415, description = "The body is not called `application/json`", body = Problem, content_type = "application/problem+json"),
))]
pub async fn posted(
    State(state): State<AppState>,
    question: Result<Json<Question>, JsonRejection>,
) -> Result<Response, Problem> {
    let Json(question) = question.map_err(|rejection| match rejection.status() {
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "Send JSON and say so: `Content-Type: application/json`.",
        ),
        StatusCode::PAYLOAD_TOO_LARGE => {
            Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "That was more than a question.")
        }
        _ => Problem::misunderstood(),
    })?;
    answer(&state, question)
}

fn answer(state: &AppState, question: Question) -> Result<Response, Problem> {
    let limit = question.limit.unwrap_or(LIMIT);
    if !(1..=MOST).contains(&limit) || question.q.trim().is_empty() || question.q.chars().count() > LONGEST {
        return Err(Problem::misunderstood());
    }
    let edition = state.shelf.current();
    let filter = Filter { category: question.category, tag: question.tag, phase: question.phase };
    let found = edition.search.index.search(Some(&edition.search.texts), &question.q, &filter, limit);
    let headers = [(header::CONTENT_TYPE, JSON), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, json(&Answer::of(found, &state.base_url))).into_response())
}

impl Answer {
    fn of(found: Found, base: &str) -> Self {
        let Found { hits, total, nearest, meant, crisis } = found;
        Self {
            total,
            nearest,
            meant,
            crisis,
            items: hits.into_iter().map(|hit| Match::of(hit, base)).collect(),
        }
    }
}

impl Match {
    fn of(hit: Hit, base: &str) -> Self {
        let url = format!("{base}/articles/{}", hit.slug);
        let place = |place: search::Place| Place {
            url: if place.anchor.is_empty() { url.clone() } else { format!("{url}#{}", place.anchor) },
            anchor: place.anchor,
            title: text(&place.heading),
            snippet: text(&place.snippet),
        };
        let places = hit.places.into_iter().map(place).collect();
        Self { title: text(&hit.title), slug: hit.slug, places, url }
    }
}

fn text(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect()
}
