//! Passes console requests on to the center, streams included.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{CONNECTION, TRANSFER_ENCODING, UPGRADE};
use axum::response::{IntoResponse, Response};

use super::Shared;
use crate::http;

/// Headers that are about one connection, not about the message.
const HOP: [axum::http::HeaderName; 3] = [CONNECTION, TRANSFER_ENCODING, UPGRADE];

pub(super) async fn to_console(State(shared): State<Shared>, mut request: Request) -> Response {
    let console = match shared.stage.get() {
        Some(stage) => stage.lock().await.center.console(),
        None => None,
    };
    let Some(console) = console else {
        return unreachable_console();
    };
    for name in HOP {
        request.headers_mut().remove(name);
    }
    match http::send(console, request).await {
        Ok(mut answer) => {
            for name in HOP {
                answer.headers_mut().remove(name);
            }
            answer.map(Body::new)
        }
        Err(_) => unreachable_console(),
    }
}

fn unreachable_console() -> Response {
    let words =
        "网格中心还没起来,过一会儿再看。\nThe center isn't up yet; look again in a moment.\n";
    (StatusCode::BAD_GATEWAY, words).into_response()
}
