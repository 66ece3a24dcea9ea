//! Errors of the shell itself, in the shape that the UI knows.

use serde::Serialize;
use serde_json::{Value, json};

/// An error at the edge: a code and values for the sentence that the UI makes of it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct EdgeError {
    /// `area_reason` in snake case.
    pub(crate) code: String,
    /// Values for the sentence, never personal data.
    pub(crate) params: Value,
}

impl EdgeError {
    /// An error that needs no values.
    pub(crate) fn code(code: &str) -> Self {
        Self {
            code: code.to_owned(),
            params: json!({}),
        }
    }
}
