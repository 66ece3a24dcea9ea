//! What stands before the calls of enrolled phones: each phone has a budget of calls, and whoever
//! shows tokens that nobody has is asked to wait, before a body is read or a thread is busy.

mod meter;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, Request as HttpRequest};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::center::{Center, bearer, nobodys};
use crate::failure::{Failure, whole};

pub(crate) use meter::Meter;

/// Largest body of a call that enrols or asks for a key.
const SMALL: usize = 16 * 1024;

/// Lets a call through, or says how long to wait.
pub(crate) async fn guard(
    State(center): State<Arc<Center>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    match admit(&center, from, request.headers()).await {
        Ok(()) => next.run(request).await,
        Err(failure) => failure.into_response(),
    }
}

async fn admit(center: &Center, from: SocketAddr, headers: &HeaderMap) -> Result<(), Failure> {
    let (limits, now) = (&center.config.limits, center.now());
    let known = bearer(headers).map(|token| (token, center.meter.spend(&token, limits, now)));
    match known {
        Ok((_, Some(Ok(())))) => return Ok(()),
        Ok((_, Some(Err(wait)))) => return Err(Failure::wait(wait)),
        Ok((_, None)) | Err(_) => {}
    }
    if let Some(wait) = center.strangers.wait(from.ip(), now) {
        return Err(Failure::wait(wait));
    }
    // Whether it may do anything is for the call to say; here it is only somebody's.
    let mut refusal = Failure::REVOKED;
    if let Ok((token, _)) = known {
        let row = center
            .store
            .read(move |tables| {
                Ok(match tables.enrolment_by_token(token)? {
                    Some(_) => None,
                    None => Some(nobodys(tables)?),
                })
            })
            .await?;
        match row {
            None => {
                center.meter.know(token, limits, now);
                return Ok(());
            }
            Some(nobodys) => refusal = nobodys,
        }
    }
    center.strangers.failed(from.ip(), now);
    Err(refusal)
}

/// Reads a small body whole and in time, so that nobody holds a call open by dribbling.
pub(crate) async fn small(
    State(center): State<Arc<Center>>,
    request: Request,
    next: Next,
) -> Response {
    let (parts, body) = request.into_parts();
    match whole(body, SMALL, center.config.limits.body()).await {
        Ok(bytes) => {
            next.run(HttpRequest::from_parts(parts, Body::from(bytes)))
                .await
        }
        Err(failure) => failure.into_response(),
    }
}
