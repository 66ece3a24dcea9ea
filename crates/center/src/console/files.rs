//! The built pages of the console, read once: what isn't among them can't be asked for.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;

/// Deepest folder below the root.
const DEPTH: usize = 4;

#[derive(Debug)]
struct File {
    mime: &'static str,
    bytes: Bytes,
}

/// Pages by their path below `/console/`.
#[derive(Debug)]
pub(crate) struct Files(HashMap<String, File>);

impl Files {
    /// Reads a folder.
    ///
    /// # Errors
    /// It, or a file in it, can't be read.
    pub(crate) fn load(folder: &Path) -> std::io::Result<Self> {
        let mut files = HashMap::new();
        read(folder, "", DEPTH, &mut files)?;
        Ok(Self(files))
    }
}

fn read(
    folder: &Path,
    prefix: &str,
    depth: usize,
    files: &mut HashMap<String, File>,
) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        let path = format!("{prefix}{name}");
        let kind = entry.file_type()?;
        if kind.is_dir() && depth > 0 {
            read(&entry.path(), &format!("{path}/"), depth - 1, files)?;
        } else if kind.is_file()
            && let Some(mime) = mime(&name)
        {
            let bytes = std::fs::read(entry.path())?.into();
            files.insert(path, File { mime, bytes });
        }
    }
    Ok(())
}

fn mime(name: &str) -> Option<&'static str> {
    Some(match name.rsplit_once('.')?.1 {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        _ => return None,
    })
}

/// Serves the pages under `/console/`.
pub(crate) fn router(files: Files) -> Router {
    Router::new()
        .route("/", get(|| async { Redirect::temporary("/console/") }))
        .route(
            "/console",
            get(|| async { Redirect::temporary("/console/") }),
        )
        .route("/console/", get(serve))
        .route("/console/{*path}", get(serve))
        .with_state(Arc::new(files))
}

async fn serve(State(files): State<Arc<Files>>, uri: Uri) -> Response {
    let path = uri.path().strip_prefix("/console/").unwrap_or_default();
    let path = if path.is_empty() { "index.html" } else { path };
    let Some(file) = files.0.get(path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    // Built files carry a hash of their contents in their names; the page itself doesn't.
    let cache = if path.starts_with("assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let headers = [
        (header::CONTENT_TYPE, file.mime),
        (header::CACHE_CONTROL, cache),
    ];
    (headers, file.bytes.clone()).into_response()
}
