//! Refusals as devices get them: an HTTP status with a CBOR body.

use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use linli_protocol::error::Refusal;
use linli_protocol::{CBOR, encode};

use crate::store::StoreError;

const NO_ROOM: &str = "no_room";

/// Why a device's call is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    status: StatusCode,
    code: &'static str,
    wait_s: Option<u32>,
}

impl Failure {
    pub(crate) const fn new(status: StatusCode, code: &'static str) -> Self {
        Self {
            status,
            code,
            wait_s: None,
        }
    }

    /// One that passes by itself.
    pub(crate) const fn after(self, seconds: u32) -> Self {
        Self {
            wait_s: Some(seconds),
            ..self
        }
    }

    /// The same, where "no room" has a status of its own.
    pub(crate) fn of_upload(self) -> Self {
        if self.code == NO_ROOM {
            let status = StatusCode::INSUFFICIENT_STORAGE;
            return Self { status, ..self };
        }
        self
    }

    pub(crate) const fn wait(seconds: u32) -> Self {
        Self {
            status: StatusCode::TOO_MANY_REQUESTS,
            code: "too_many",
            wait_s: Some(seconds),
        }
    }

    pub(crate) const BAD_REQUEST: Self = Self::new(StatusCode::BAD_REQUEST, "bad_request");
    pub(crate) const TOO_LARGE: Self = Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large");
    pub(crate) const REVOKED: Self = Self::new(StatusCode::UNAUTHORIZED, "revoked");
    /// Enrolled after the backup that this center came from.
    pub(crate) const FORGOTTEN: Self = Self::new(StatusCode::UNAUTHORIZED, "enrol_again");
    pub(crate) const NOT_FOUND: Self = Self::new(StatusCode::NOT_FOUND, "not_found");
    pub(crate) const VERSION: Self = Self::new(StatusCode::UPGRADE_REQUIRED, "version");
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "storage");
        Self {
            status: StatusCode::SERVICE_UNAVAILABLE,
            code: if error.is_full() { NO_ROOM } else { "internal" },
            wait_s: Some(30),
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let body = encode(&Refusal {
            code: self.code.to_owned(),
            wait_s: self.wait_s,
        });
        let mut response = (self.status, [(header::CONTENT_TYPE, CBOR)], body).into_response();
        if let Some(seconds) = self.wait_s {
            let seconds = HeaderValue::from(seconds);
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response
    }
}

/// A message as an answer.
pub(crate) struct Cbor<T>(pub(crate) T);

impl<T: minicbor::Encode<()>> IntoResponse for Cbor<T> {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, CBOR)], encode(&self.0)).into_response()
    }
}

/// A body to its end, if it isn't too large and comes in time. One that announces much
/// more is not read at all; who sends a little too much should hear why, and so must be read.
pub(crate) async fn whole(body: Body, most: usize, patience: Duration) -> Result<Bytes, Failure> {
    if body.size_hint().lower() > 2 * most as u64 {
        return Err(Failure::TOO_LARGE);
    }
    tokio::time::timeout(patience, to_bytes(body, most))
        .await
        .map_err(|_| Failure::new(StatusCode::REQUEST_TIMEOUT, "too_slow"))?
        .map_err(|_| Failure::TOO_LARGE)
}
