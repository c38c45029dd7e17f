//! What goes wrong, for programs: RFC 9457.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::errors::AppError;

const KIND: HeaderValue = HeaderValue::from_static("application/problem+json");

/// Why there is no answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Always `about:blank`: the status says what kind of problem it is.
    #[serde(rename = "type")]
    #[schema(example = "about:blank")]
    pub kind: &'static str,
    /// The status in words.
    #[schema(example = "Not Found")]
    pub title: &'static str,
    /// The HTTP status.
    #[schema(example = 404)]
    pub status: u16,
    /// What happened, and what to do.
    pub detail: String,
}

impl Problem {
    /// A problem whose detail is our own text: never what somebody sent.
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        let title = status.canonical_reason().unwrap_or("Error");
        Self { kind: "about:blank", title, status: status.as_u16(), detail: detail.into() }
    }

    /// A query or a body that cannot be understood.
    pub fn misunderstood() -> Self {
        let detail = "A parameter is unknown, missing or out of its range. /api lists them all.";
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    /// There is no such thing.
    pub fn missing(what: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            format!("There is no such {what}. The list beside it names all there are."),
        )
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, [(header::CONTENT_TYPE, KIND)], Json(self)).into_response()
    }
}

/// Gives a bare error the form that a program can read; for [`layers`](crate::web::layers).
pub fn face(mut response: Response) -> Response {
    if response.headers().get(header::CONTENT_TYPE) == Some(&KIND) {
        return response;
    }
    let status = response.status();
    let problem = Problem::new(status, AppError::from(status).to_string());
    response.headers_mut().remove(header::CONTENT_LENGTH);
    response.headers_mut().insert(header::CONTENT_TYPE, KIND);
    *response.body_mut() = super::json(&problem).into();
    response
}
