//! Refusals of uploads. Standard clients give up at any 4xx but 409 and 423, so what passes by
//! itself is never one.

use std::time::Duration;

use axum::body::{Body, BodyDataStream, HttpBody};
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use futures_util::StreamExt;
use linli_protocol::upload;

use crate::failure::Failure;

pub(super) const METHOD: Failure =
    Failure::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed");
pub(super) const VERSION: Failure = Failure::new(StatusCode::PRECONDITION_FAILED, "upload_version");
pub(super) const NOT_A_PIECE: Failure =
    Failure::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "upload_content_type");
pub(super) const OFFSET: Failure = Failure::new(StatusCode::CONFLICT, "upload_offset");
/// What came isn't what was announced: it is dropped, and may be sent afresh. Not the same as a
/// photo that no record will ever name (`photo_mismatch`), which is a last word.
pub(super) const DAMAGED: Failure = Failure::new(StatusCode::CONFLICT, "upload_damaged");
pub(super) const EXPIRED: Failure = Failure::new(StatusCode::GONE, "upload_expired");
/// Somebody newer wants this upload, or somebody older holds it for too long.
pub(super) const LOCKED: Failure = Failure::new(StatusCode::LOCKED, "upload_locked").after(1);
/// The body took too long; what came is kept.
pub(super) const TOO_SLOW: Failure =
    Failure::new(StatusCode::SERVICE_UNAVAILABLE, "too_slow").after(1);

/// tus has a status of its own for a piece that isn't what its checksum says.
pub(super) fn checksum() -> Failure {
    let status = StatusCode::from_u16(460).unwrap_or(StatusCode::BAD_REQUEST);
    Failure::new(status, "upload_checksum")
}

/// Every answer says which tus it is, and "later" in a way that clients understand.
pub(super) async fn in_its_own_way(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if response.status() == StatusCode::TOO_MANY_REQUESTS {
        *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    }
    let ours = HeaderValue::from_static(upload::VERSION);
    let headers = response.headers_mut();
    headers.insert(upload::RESUMABLE, ours.clone());
    if response.status() == StatusCode::PRECONDITION_FAILED {
        response.headers_mut().insert(upload::SPEAKS, ours);
    }
    response
}

/// Whether anything follows the headers.
pub(super) fn is_empty(body: &Body) -> bool {
    body.is_end_stream() || body.size_hint().exact() == Some(0)
}

/// Listens to the rest of a body for a while: who is still speaking would not hear the answer.
pub(super) async fn drain(body: Body, most: usize, patience: Duration) {
    hear(&mut body.into_data_stream(), most, patience).await;
}

/// The same of one whose beginning was listened to.
pub(super) async fn hear_the_rest(body: &mut BodyDataStream) {
    hear(body, HEARD, Duration::from_secs(1)).await;
}

async fn hear(body: &mut BodyDataStream, most: usize, patience: Duration) {
    let mut left = most;
    let heard = async {
        while let Some(Ok(bytes)) = body.next().await {
            if bytes.len() > left {
                return;
            }
            left -= bytes.len();
        }
    };
    // The answer is the same whether they came to their end or not.
    let _late = tokio::time::timeout(patience, heard).await;
}

/// A refusal that its client hears, unless it speaks on and on.
pub(super) async fn heard_out(failure: Failure, body: Body) -> Failure {
    if body
        .size_hint()
        .upper()
        .is_some_and(|bytes| bytes <= HEARD as u64)
    {
        drain(body, HEARD, Duration::from_secs(1)).await;
    }
    failure
}

/// Bytes that are listened to before a refusal.
const HEARD: usize = 256 * 1024;
