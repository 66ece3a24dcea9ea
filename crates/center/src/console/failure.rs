//! Every answer that is no success: a status, and a code for the page to put into words.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::api::Failure;
use crate::store::StoreError;

/// Why a call is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Refuse {
    status: StatusCode,
    code: &'static str,
    wait_s: u32,
}

impl Refuse {
    const fn new(status: StatusCode, code: &'static str) -> Self {
        Self {
            status,
            code,
            wait_s: 0,
        }
    }

    /// Nobody is logged in, or no longer.
    pub(crate) const LOGGED_OUT: Self = Self::new(StatusCode::UNAUTHORIZED, "logged_out");
    /// Wrong name or password.
    pub(crate) const LOGIN_WRONG: Self = Self::new(StatusCode::UNAUTHORIZED, "login_wrong");
    /// The role doesn't open this, or another site asks.
    pub(crate) const NOT_ALLOWED: Self = Self::new(StatusCode::FORBIDDEN, "not_allowed");
    /// There is no such thing, or none that this person may know of.
    pub(crate) const NOT_FOUND: Self = Self::new(StatusCode::NOT_FOUND, "not_found");
    /// Somebody else was first.
    pub(crate) const OVERTAKEN: Self = Self::new(StatusCode::CONFLICT, "overtaken");
    /// This needs a reason.
    pub(crate) const REASON_MISSING: Self =
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "reason_missing");
    /// The call makes no sense.
    pub(crate) const BAD_INPUT: Self = Self::new(StatusCode::BAD_REQUEST, "bad_input");
    /// The record names the photo, but its bytes have not arrived.
    pub(crate) const PHOTO_NOT_HERE: Self = Self::new(StatusCode::NOT_FOUND, "photo_not_here");
    /// Our fault; the log says more.
    pub(crate) const INTERNAL: Self = Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal");

    /// Too many wrong passwords: try again later.
    pub(crate) const fn wait(seconds: u32) -> Self {
        Self {
            status: StatusCode::TOO_MANY_REQUESTS,
            code: "login_wait",
            wait_s: seconds,
        }
    }
}

impl From<StoreError> for Refuse {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "console");
        Self::INTERNAL
    }
}

impl IntoResponse for Refuse {
    fn into_response(self) -> Response {
        let body = Failure {
            code: self.code.into(),
            wait_s: self.wait_s,
        };
        (self.status, Json(body)).into_response()
    }
}
