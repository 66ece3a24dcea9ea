//! The session's cookie: a random token that only the browser and a hash here know.

use axum::http::{HeaderMap, HeaderValue, header};
use sha2::{Digest, Sha256};

/// Its name.
const NAME: &str = "linli_desk";

/// Name under which the token is kept.
pub(crate) fn hash(token: &[u8]) -> [u8; 32] {
    Sha256::new()
        .chain_update(b"linli-desk-1")
        .chain_update(token)
        .finalize()
        .into()
}

/// The hash of the token a request brings.
pub(crate) fn read(headers: &HeaderMap) -> Option<[u8; 32]> {
    let token = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(NAME)?.strip_prefix('='))?;
    let token = hex::decode(token).ok()?;
    (token.len() == 32).then(|| hash(&token))
}

/// Sets the cookie. Behind a proxy that speaks TLS it is for TLS only.
pub(crate) fn set(token: &[u8; 32], headers: &HeaderMap, seconds: i64) -> Option<HeaderValue> {
    value(&hex::encode(token), headers, seconds)
}

/// Takes it back.
pub(crate) fn clear(headers: &HeaderMap) -> Option<HeaderValue> {
    value("", headers, 0)
}

fn value(token: &str, headers: &HeaderMap, seconds: i64) -> Option<HeaderValue> {
    let tls = headers
        .get("x-forwarded-proto")
        .is_some_and(|proto| proto == "https");
    let secure = if tls { "; Secure" } else { "" };
    format!("{NAME}={token}; Path=/api; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}")
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_comes_back_among_others() {
        let token = [9; 32];
        let set = set(&token, &HeaderMap::new(), 60).expect("value");
        let text = set.to_str().expect("text");
        assert!(text.contains("HttpOnly; SameSite=Strict") && !text.contains("Secure"));
        let mut headers = HeaderMap::new();
        let pair = text.split(';').next().expect("pair");
        headers.insert(
            header::COOKIE,
            format!("a=b; {pair}; c=d").parse().expect("value"),
        );
        assert_eq!(read(&headers), Some(hash(&token)));
        headers.insert(
            header::COOKIE,
            format!("{NAME}=abc").parse().expect("value"),
        );
        assert_eq!(read(&headers), None);
    }

    #[test]
    fn behind_tls_it_is_for_tls_only() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-proto", HeaderValue::from_static("https"));
        let set = set(&[1; 32], &headers, 60).expect("value");
        assert!(set.to_str().expect("text").ends_with("; Secure"));
    }
}
