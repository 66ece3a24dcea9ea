//! Calls from other sites are refused: the cookie alone is not trusted with that.

use axum::extract::Request;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::failure::Refuse;

const FETCH_SITE: header::HeaderName = header::HeaderName::from_static("sec-fetch-site");

/// Lets a call pass that our own pages make.
pub(crate) async fn guard(request: Request, next: Next) -> Response {
    if is_ours(request.method(), request.headers()) {
        next.run(request).await
    } else {
        Refuse::NOT_ALLOWED.into_response()
    }
}

fn is_ours(method: &Method, headers: &HeaderMap) -> bool {
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text(FETCH_SITE) {
        // `none`: typed into the address bar.
        return site == "same-origin" || (site == "none" && method == Method::GET);
    }
    // Older browsers, and programs that are no browser at all.
    match text(header::ORIGIN) {
        None => true,
        Some(origin) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            host.is_some() && host == text(header::HOST)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(method: &Method, pairs: &[(&'static str, &str)]) -> bool {
        let headers = pairs
            .iter()
            .map(|(name, value)| {
                (
                    header::HeaderName::from_static(name),
                    value.parse().expect("value"),
                )
            })
            .collect();
        is_ours(method, &headers)
    }

    #[test]
    fn only_our_own_pages_may_call() {
        let post = &Method::POST;
        assert!(ours(post, &[("sec-fetch-site", "same-origin")]));
        assert!(!ours(post, &[("sec-fetch-site", "same-site")]));
        assert!(!ours(post, &[("sec-fetch-site", "cross-site")]));
        assert!(!ours(post, &[("sec-fetch-site", "none")]));
        assert!(ours(&Method::GET, &[("sec-fetch-site", "none")]));
        assert!(ours(
            post,
            &[
                ("origin", "http://127.0.0.1:7600"),
                ("host", "127.0.0.1:7600")
            ]
        ));
        assert!(!ours(
            post,
            &[
                ("origin", "http://evil.example"),
                ("host", "127.0.0.1:7600")
            ]
        ));
        assert!(!ours(
            post,
            &[("origin", "null"), ("host", "127.0.0.1:7600")]
        ));
        assert!(ours(post, &[]));
    }
}
