//! `POST /incoming`: a picked photo enters as a file in the incoming folder.
//!
//! The page gets back its name there, and hands that to the command which takes the photo in.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use serde::Serialize;
use std::io::ErrorKind;
use std::path::Path;

use tokio::fs;
use tokio::io::AsyncWriteExt;

use crate::Failure;
use crate::server::Shared;

/// The largest upload: a 50-megapixel JPEG stays below it.
pub(crate) const LIMIT: usize = 40 * 1024 * 1024;

/// Name of the file inside the incoming folder.
#[derive(Serialize)]
pub(crate) struct Taken {
    file: String,
}

pub(crate) async fn take(
    State(shared): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Taken>, Failure> {
    let ending = match headers.get(CONTENT_TYPE).map(|t| t.as_bytes()) {
        Some(b"image/jpeg") => "jpg",
        Some(b"image/png") => "png",
        _ => return Err(Failure::code("photo_not_an_image")),
    };
    let file = format!("{}.{ending}", hex::encode(rand::random::<[u8; 16]>()));
    write(&shared.host.incoming_dir(), &file, &body)
        .await
        .map_err(|e| match e.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Failure::code("disk_full"),
            _ => Failure::code("internal"),
        })?;
    Ok(Json(Taken { file }))
}

/// Whole or not at all: nobody finds half a picture under its name.
async fn write(dir: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    fs::create_dir_all(dir).await?;
    let partial = dir.join(format!("{name}.part"));
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
    fs::rename(&partial, dir.join(name)).await
}

/// Creates a file that only its owner can read: it is a clear picture for a moment.
async fn private_file(path: &Path) -> std::io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    options.mode(0o600);
    options.open(path).await
}
