//! Who may ask: only our own page, under our own address, with this run's token.
//!
//! The address check keeps out pages that make a name of theirs point to 127.0.0.1, the origin
//! check pages that post here from elsewhere, the token every other program's page.

use axum::extract::{Query, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, ORIGIN, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::Failure;
use crate::server::Shared;

/// Header that carries the token.
const TOKEN: &str = "x-linli-token";

/// Lets through what comes from our own page, and puts the protecting headers on every answer.
pub(crate) async fn own_page(
    State(shared): State<Shared>,
    request: Request,
    next: Next,
) -> Response {
    let mut answer = if known_address(request.headers(), shared.port) {
        next.run(request).await
    } else {
        Failure::code("foreign_page").into_response()
    };
    let headers = answer.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, shared.policy.clone());
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    answer
}

/// Lets through requests with this run's token, in the header or (where a page can set none:
/// pictures and event streams) in the query.
pub(crate) async fn with_token(
    State(shared): State<Shared>,
    Query(query): Query<TokenQuery>,
    request: Request,
    next: Next,
) -> Result<Response, Failure> {
    let header = request.headers().get(TOKEN).and_then(|v| v.to_str().ok());
    match header.or(query.token.as_deref()) {
        Some(shown) if shared.token.is(shown) => Ok(next.run(request).await),
        _ => Err(Failure::code("wrong_token")),
    }
}

/// The token as part of an address.
#[derive(Deserialize)]
pub(crate) struct TokenQuery {
    token: Option<String>,
}

fn known_address(headers: &HeaderMap, port: u16) -> bool {
    let own = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    let text = |name| headers.get(name).map(|v| v.to_str().unwrap_or_default());
    let host = text(HOST).is_some_and(|host| own.iter().any(|o| o == host));
    let origin = text(ORIGIN).is_none_or(|origin| {
        origin
            .strip_prefix("http://")
            .is_some_and(|origin| own.iter().any(|o| o == origin))
    });
    host && origin
}

/// The content policy: our own scripts and styles, our own photos, nothing from elsewhere;
/// framed by nobody but the pages named.
pub(crate) fn policy(frame_ancestors: &[String]) -> Option<HeaderValue> {
    let ancestors = if frame_ancestors.is_empty() {
        "'none'".to_owned()
    } else {
        frame_ancestors.join(" ")
    };
    HeaderValue::from_str(&format!(
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
         connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; \
         frame-ancestors {ancestors}"
    ))
    .ok()
}
