//! `photo://localhost/<id>?w=320` (on Android `https://photo.localhost/<id>?w=320`):
//! photos for display, decrypted on the way and never written in the clear.

use tauri::http::{Request, Response, StatusCode, Uri, header};
use tauri::{Manager, Runtime, UriSchemeContext, UriSchemeResponder, async_runtime};

use crate::opening::Opening;

/// The scheme's name.
pub(crate) const SCHEME: &str = "photo";

/// Width when the page asks for none: a thumbnail.
const THUMBNAIL: u32 = 320;
/// Wider than any stored photo.
const WIDEST: u32 = 4096;

/// Answers a request away from the WebView's thread, which waits for it.
pub(crate) fn serve<R: Runtime>(
    context: UriSchemeContext<'_, R>,
    request: Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let Some((id, width)) = parse(request.uri()) else {
        return responder.respond(empty(StatusCode::BAD_REQUEST));
    };
    let opening = context.app_handle().state::<Opening>().inner().clone();
    async_runtime::spawn(async move {
        let photo = match opening.phone().await {
            // A task of its own: a damaged picture that makes a decoder panic must still
            // be answered, or the WebView keeps a thread waiting for it.
            Ok(phone) => async_runtime::spawn(async move { phone.photo(&id, width).await }).await,
            Err(_) => return responder.respond(empty(StatusCode::SERVICE_UNAVAILABLE)),
        };
        responder.respond(match photo {
            Ok(Ok(jpeg)) => found(jpeg),
            Ok(Err(_)) => empty(StatusCode::NOT_FOUND),
            Err(_) => empty(StatusCode::INTERNAL_SERVER_ERROR),
        });
    });
}

/// Media id and width, or nothing if it is not an address of ours.
fn parse(uri: &Uri) -> Option<(String, u32)> {
    let id = uri.path().strip_prefix('/')?;
    let plain = |c: u8| c.is_ascii_alphanumeric() || c == b'-';
    if id.is_empty() || id.len() > 64 || !id.bytes().all(plain) {
        return None;
    }
    let mut width = THUMBNAIL;
    for pair in uri.query().unwrap_or("").split('&') {
        if let Some(w) = pair.strip_prefix("w=") {
            width = w.parse().ok().filter(|w| (1..=WIDEST).contains(w))?;
        }
    }
    Some((id.to_owned(), width))
}

fn found(jpeg: Vec<u8>) -> Response<Vec<u8>> {
    let mut response = Response::new(jpeg);
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        header::HeaderValue::from_static("image/jpeg"),
    );
    headers.insert(
        header::CACHE_CONTROL,
        header::HeaderValue::from_static("no-store"),
    );
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        header::HeaderValue::from_static("nosniff"),
    );
    response
}

fn empty(status: StatusCode) -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = status;
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(uri: &str) -> Option<(String, u32)> {
        parse(&uri.parse().unwrap())
    }

    #[test]
    fn both_platforms_forms_are_understood() {
        let id = "0193a1f0-7c00-7000-8000-00000000abcd";
        let wanted = Some((id.to_owned(), 640));
        assert_eq!(parsed(&format!("photo://localhost/{id}?w=640")), wanted);
        assert_eq!(
            parsed(&format!("https://photo.localhost/{id}?w=640")),
            wanted
        );
        assert_eq!(
            parsed(&format!("photo://localhost/{id}")),
            Some((id.to_owned(), 320))
        );
    }

    #[test]
    fn nothing_but_an_id_gets_through() {
        assert_eq!(parsed("photo://localhost/"), None);
        assert_eq!(parsed("photo://localhost/../linli.db"), None);
        assert_eq!(parsed("photo://localhost/a/b"), None);
        assert_eq!(parsed("photo://localhost/%2e%2e"), None);
        assert_eq!(parsed("photo://localhost/abc?w=0"), None);
        assert_eq!(parsed("photo://localhost/abc?w=99999"), None);
        assert_eq!(parsed("photo://localhost/abc?w=wide"), None);
    }
}
