//! `GET /events`: what happens on the phone without a command, as server-sent events.

use std::convert::Infallible;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::Stream;
use futures_util::stream::unfold;
use serde_json::Value;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use crate::server::Shared;

pub(crate) async fn events(
    State(shared): State<Shared>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let receiver = shared.host.events();
    shared.host.resumed();
    Sse::new(unfold(receiver, next)).keep_alive(KeepAlive::default())
}

/// `POST /resumed`: the page is in front again, or the network came or went.
pub(crate) async fn resumed(State(shared): State<Shared>) -> StatusCode {
    shared.host.resumed();
    StatusCode::NO_CONTENT
}

/// The next event; the end of the stream when the phone closes, or when so much happened that
/// some was missed: the browser connects anew and the page then looks at everything again.
async fn next(
    mut receiver: Receiver<Value>,
) -> Option<(Result<Event, Infallible>, Receiver<Value>)> {
    match receiver.recv().await {
        Ok(value) => Some((Ok(Event::default().data(value.to_string())), receiver)),
        Err(RecvError::Lagged(_) | RecvError::Closed) => None,
    }
}
