//! Which error type to use where.
//!
//! - `article::Diagnostic`: something is wrong with a file that an editor wrote. Collected, never thrown.
//! - [`config::ConfigError`](crate::config::ConfigError), [`library::StartError`](crate::library::StartError):
//!   the program cannot start. Their message is for the operator, whole, and ends the program.
//! - [`AppError`]: a request cannot be answered. It has a public message for whoever asked and a private
//!   cause for the log. A handler returns it; [`web::layers`](crate::web::layers) makes the page of it.
//! - `expect`: it cannot happen, and the text says why.

use std::{error::Error, fmt};

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

/// A request that cannot be answered. Cheap to make where nothing is to be logged: `StatusCode.into()`.
#[derive(Clone, Debug)]
pub struct AppError {
    status: StatusCode,
    public: &'static str,
    cause: Option<std::sync::Arc<dyn Error + Send + Sync>>,
}

impl AppError {
    /// Something went wrong on our side. The cause is logged and never shown.
    ///
    /// A cause must not carry an address or a query of a reader: it is written to the log as it is.
    pub fn internal(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { cause: Some(cause.into().into()), ..StatusCode::INTERNAL_SERVER_ERROR.into() }
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// For the log.
    pub fn cause(&self) -> Option<&(dyn Error + Send + Sync)> {
        self.cause.as_deref()
    }
}

impl From<StatusCode> for AppError {
    fn from(status: StatusCode) -> Self {
        let public = match status {
            StatusCode::BAD_REQUEST => "This address could not be read.",
            StatusCode::NOT_FOUND => "There is nothing at this address.",
            StatusCode::FORBIDDEN => "This request came from another site.",
            StatusCode::METHOD_NOT_ALLOWED => "This address does not take that kind of request.",
            StatusCode::PAYLOAD_TOO_LARGE => "That was more than this address takes.",
            StatusCode::NOT_ACCEPTABLE => "This address has no answer of that kind.",
            StatusCode::NOT_IMPLEMENTED => "This address knows JSON and XML only.",
            StatusCode::UNSUPPORTED_MEDIA_TYPE => "This address takes another kind of body.",
            StatusCode::TOO_MANY_REQUESTS => "That was too many requests. Try again in a while.",
            StatusCode::SERVICE_UNAVAILABLE => "The server is busy. Try again in a moment.",
            _ => "Something went wrong on our side.",
        };
        Self { status, public, cause: None }
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.public)
    }
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let mut response = (self.status, format!("{}\n", self.public)).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_kept_for_the_log_and_not_shown() {
        let error = AppError::internal("the disk is on fire");
        assert_eq!(error.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert!(error.cause().is_some_and(|cause| cause.to_string() == "the disk is on fire"));
        assert!(!error.to_string().contains("fire"));
    }
}
