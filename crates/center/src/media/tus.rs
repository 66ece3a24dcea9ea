//! `/v1/uploads`: photos in pieces, tus 1.0.0 with creation, creation-with-upload, checksum,
//! termination and expiration.
//!
//! An upload belongs to one enrolment and one photo, and is called by the photo's id. How much of
//! it is here is the length of its file, which is put on the disk before anybody hears of it. The
//! newest request for an upload wins: an older one, whose connection may be half dead, is told to
//! stop.

mod create;
mod end;
mod far;
mod finish;
mod headers;
mod holds;
mod part;
mod piece;
mod refuse;
mod sweep;
mod take;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{head, options, post};
use linli_model::ids::MediaId;
use linli_protocol::limits::MAX_PHOTO;
use linli_protocol::upload;

use crate::center::{Center, bearer};
use crate::failure::Failure;
use crate::flood;
use crate::store::EnrolmentRow;

pub(crate) use holds::Holds;
pub(crate) use part::remove;
pub(crate) use sweep::{EVERY, sweep, tidy};

/// Everything below `/v1/uploads`.
pub(crate) fn router(center: &Arc<Center>) -> Router<Arc<Center>> {
    let one = head(one).patch(one).delete(one).post(one);
    Router::new()
        .route(upload::PATH, post(all))
        .route("/v1/uploads/{id}", one)
        .route_layer(from_fn_with_state(center.clone(), flood::guard))
        .route(upload::PATH, options(offers))
        .route("/v1/uploads/{id}", options(offers))
        .layer(from_fn(refuse::in_its_own_way))
}

/// What is offered; asked before anybody enrols.
async fn offers() -> Response {
    let headers = [
        (upload::SPEAKS, upload::VERSION.to_owned()),
        (upload::EXTENSION, upload::EXTENSIONS.to_owned()),
        (upload::MAX_SIZE, MAX_PHOTO.to_string()),
        (upload::CHECKSUM_ALGORITHM, upload::ALGORITHMS.to_owned()),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}

/// A request that may go on: in a version we speak, by a device we know.
struct Call {
    center: Arc<Center>,
    who: EnrolmentRow,
    headers: HeaderMap,
    body: Body,
}

impl Call {
    async fn open(center: Arc<Center>, headers: HeaderMap, body: Body) -> Result<Self, Failure> {
        headers::version(&headers)?;
        let token = bearer(&headers)?;
        // One that was shut out may hand in what it hasn't sent.
        let who = center
            .store
            .read(move |tables| tables.enrolment_by_token(token))
            .await?
            .ok_or(Failure::REVOKED)?;
        Ok(Self {
            center,
            who,
            headers,
            body,
        })
    }
}

/// `POST /v1/uploads`.
async fn all(
    State(center): State<Arc<Center>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    let call = Call::open(center, headers, body).await?;
    to_its_end(create::create(call)).await
}

/// `/v1/uploads/{id}`.
async fn one(
    State(center): State<Arc<Center>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let method = headers::method(&parts.method, &parts.headers);
    let call = Call::open(center, parts.headers, body).await?;
    let id: MediaId = id.parse().map_err(|_| Failure::NOT_FOUND)?;
    match method {
        Method::HEAD => to_its_end(piece::how_far(call, id)).await,
        Method::PATCH => to_its_end(piece::add(call, id)).await,
        Method::DELETE => to_its_end(end::end(call, id)).await,
        _ => Err(refuse::METHOD),
    }
}

/// Goes on when the connection is gone: what has arrived is kept.
async fn to_its_end(
    work: impl Future<Output = Result<Response, Failure>> + Send + 'static,
) -> Result<Response, Failure> {
    let done = tokio::spawn(work).await;
    done.unwrap_or(Err(Failure::BAD_REQUEST))
        .map_err(Failure::of_upload)
}
