//! The built screens: plain files below one folder.

use std::path::{Component, Path, PathBuf};

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};

use crate::server::Shared;

pub(crate) async fn file(State(shared): State<Shared>, uri: Uri) -> Response {
    let Some(path) = below(&shared.ui, uri.path()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let Ok(bytes) = tokio::fs::read(&path).await else {
        return StatusCode::NOT_FOUND.into_response();
    };
    // The build puts a hash of their content into the names of all but the page itself.
    let cache = if uri.path().starts_with("/assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let headers = [(CONTENT_TYPE, kind(&path)), (CACHE_CONTROL, cache)];
    (headers, bytes).into_response()
}

/// The file that an address names, if it lies below `root`.
fn below(root: &Path, address: &str) -> Option<PathBuf> {
    let name = match address.trim_start_matches('/') {
        "" => "index.html",
        name => name,
    };
    let plain = Path::new(name)
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    // The build makes no names that would have to be escaped in an address.
    (plain && !name.contains(['%', '\\'])).then(|| root.join(name))
}

fn kind(path: &Path) -> &'static str {
    match path.extension().and_then(|e| e.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_outside_the_folder_is_named() {
        let root = Path::new("/ui");
        assert_eq!(below(root, "/"), Some("/ui/index.html".into()));
        assert_eq!(below(root, "/assets/a.js"), Some("/ui/assets/a.js".into()));
        for bad in [
            "/../secret",
            "/assets/../../secret",
            "/%2e%2e/secret",
            "/..\\secret",
        ] {
            assert_eq!(below(root, bad), None, "{bad}");
        }
        assert_eq!(below(root, "//etc/passwd"), Some("/ui/etc/passwd".into()));
    }
}
