//! What went wrong, in the shape that the UI knows.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Value, json};

/// A failed request: a code, and values for the sentence that the UI makes of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Failure {
    /// Stable code in snake case.
    pub code: String,
    /// Values for the sentence, never personal data.
    pub params: Value,
}

impl Failure {
    /// A failure that needs no values.
    pub fn code(code: &str) -> Self {
        Self {
            code: code.to_owned(),
            params: json!({}),
        }
    }

    fn status(&self) -> StatusCode {
        match self.code.as_str() {
            "unknown_command" | "not_found" => StatusCode::NOT_FOUND,
            "wrong_token" => StatusCode::UNAUTHORIZED,
            "foreign_page" => StatusCode::FORBIDDEN,
            "photo_too_large" => StatusCode::PAYLOAD_TOO_LARGE,
            "internal" => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        (self.status(), Json(self)).into_response()
    }
}
