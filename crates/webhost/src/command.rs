//! `POST /cmd/{name}`: runs one field command.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use serde_json::Value;

use crate::Failure;
use crate::server::Shared;

/// The largest command: a report with a long text is a few kilobytes.
pub(crate) const LIMIT: usize = 256 * 1024;

pub(crate) async fn call(
    State(shared): State<Shared>,
    Path(name): Path<String>,
    body: Bytes,
) -> Result<Json<Value>, Failure> {
    let request: Value = serde_json::from_slice(&body).map_err(|_| Failure::code("bad_input"))?;
    let host = shared.host.clone();
    // A task of its own: a page that goes away in the middle must not cut a command short,
    // and one that panics must not leave the page waiting.
    tokio::spawn(async move { host.call(&name, request).await })
        .await
        .unwrap_or_else(|_| Err(Failure::code("internal")))
        .map(Json)
}
