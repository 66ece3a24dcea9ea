//! `POST /incoming/{id}`: a picked photo enters as a file in the incoming folder, under the name
//! that the command `take_media` gave the page. What kind of file it is, the phone finds out.

use std::io::ErrorKind;
use std::path::Path;

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path as Part, State};
use serde::Serialize;
use tokio::fs;
use tokio::io::AsyncWriteExt;

use crate::Failure;
use crate::server::Shared;

/// The largest upload: a 50-megapixel JPEG stays below it.
pub(crate) const LIMIT: usize = 40 * 1024 * 1024;

/// Nothing more to say.
#[derive(Serialize)]
pub(crate) struct Taken {}

pub(crate) async fn take(
    State(shared): State<Shared>,
    Part(id): Part<String>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Taken>, Failure> {
    // Too long, or broken off: the page still has the file.
    let body = body.map_err(|_| Failure::code("photo_too_large"))?;
    let path = shared.host.incoming_file(&id)?;
    write(&path, &body).await.map_err(|e| match e.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Failure::code("disk_full"),
        _ => Failure::code("internal"),
    })?;
    Ok(Json(Taken {}))
}

/// Whole or not at all: nobody finds half a picture under its name.
async fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let partial = path.with_extension("part");
    let mut file = private_file(&partial).await?;
    let written = async {
        file.write_all(bytes).await?;
        file.flush().await
    };
    if let Err(e) = written.await {
        // The reason matters to the caller, not whether the rest could be removed too.
        let _ = fs::remove_file(&partial).await;
        return Err(e);
    }
    fs::rename(&partial, path).await
}

/// Creates a file that only its owner can read: it is a clear picture for a moment.
async fn private_file(path: &Path) -> std::io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    // One that a broken-off upload left is written anew.
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    options.mode(0o600);
    options.open(path).await
}
