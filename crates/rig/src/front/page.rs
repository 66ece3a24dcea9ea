//! The demo page: three phones side by side, each with a switch for its network.

use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::IntoResponse;
use axum::routing::get;

use super::Shared;

/// Only our own files; only phones of this machine in the frames.
const POLICY: &str = "default-src 'self'; img-src 'self' data:; frame-src http://127.0.0.1:* http://localhost:*; \
                      object-src 'none'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route(
            "/",
            get(|| async { html(include_str!("../page/index.html")) }),
        )
        .route(
            "/page.css",
            get(|| async { css(include_str!("../page/page.css")) }),
        )
        .route(
            "/page.js",
            get(|| async { js(include_str!("../page/page.js")) }),
        )
        .route(
            "/words.js",
            get(|| async { js(include_str!("../page/words.js")) }),
        )
}

fn html(text: &'static str) -> impl IntoResponse {
    file("text/html; charset=utf-8", text)
}

fn css(text: &'static str) -> impl IntoResponse {
    file("text/css; charset=utf-8", text)
}

fn js(text: &'static str) -> impl IntoResponse {
    file("text/javascript; charset=utf-8", text)
}

fn file(kind: &'static str, text: &'static str) -> impl IntoResponse {
    let headers = [
        (CONTENT_TYPE, kind),
        (CONTENT_SECURITY_POLICY, POLICY),
        (CACHE_CONTROL, "no-store"),
    ];
    (headers, text)
}
