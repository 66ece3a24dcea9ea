//! The one window, on a desktop as on a phone.

use tauri::webview::PageLoadEvent;
use tauri::window::Color;
use tauri::{App, AppHandle, Manager, Runtime, Url, WebviewUrl, WebviewWindowBuilder};

use crate::position_source::Watches;

/// Its label: the capability file grants to this name and events go to it.
pub(crate) const MAIN: &str = "main";

/// The paper of the UI, so that nothing flashes before the page has painted.
const PAPER: Color = Color(0xf6, 0xf4, 0xee, 0xff);

/// Opens the window. `https` from the first day: changing the origin later would move
/// what the page has stored, and some WebViews give secure features only to https.
pub(crate) fn open<R: Runtime>(app: &App<R>) -> tauri::Result<()> {
    let handle = app.handle().clone();
    let window = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App("index.html".into()))
        .use_https_scheme(true)
        .background_color(PAPER)
        .on_navigation(move |url| {
            if let Some(number) = number_to_dial(url) {
                dial(&handle, number);
            }
            is_own_page(url)
        })
        .on_page_load(|window, load| {
            // The page that asked for positions is no more.
            if matches!(load.event(), PageLoadEvent::Started) {
                window.state::<Watches>().stop_all();
            }
        });
    #[cfg(desktop)]
    let window = window
        .title("邻里")
        .inner_size(390.0, 844.0)
        .min_inner_size(320.0, 480.0);
    window.build()?;
    Ok(())
}

/// The window shows our own page and nothing else, whatever a link may say.
fn is_own_page(url: &Url) -> bool {
    match url.scheme() {
        "tauri" | "about" => true,
        "https" => url.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}

/// The number in a `tel:` link, if it is one that rings somebody. Codes with `*` and `#`
/// change settings of the phone and are nobody's number.
fn number_to_dial(url: &Url) -> Option<&str> {
    let number = url.path();
    let digits = number.strip_prefix('+').unwrap_or(number);
    let plain = (3..=20).contains(&digits.len()) && digits.bytes().all(|c| c.is_ascii_digit());
    (url.scheme() == "tel" && plain).then_some(number)
}

/// Opens the dialler with the number in it; the person presses the button.
#[cfg(target_os = "android")]
fn dial<R: Runtime>(app: &AppHandle<R>, number: &str) {
    let app = app.clone();
    let request = serde_json::json!({ "number": number });
    tauri::async_runtime::spawn(async move {
        if let Err(e) = crate::system::ask(&app, "dial", request).await {
            tracing::warn!(error = %e, "no dialler");
        }
    });
}

/// A desktop has no dialler.
#[cfg(not(target_os = "android"))]
fn dial<R: Runtime>(_app: &AppHandle<R>, _number: &str) {}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        text.parse().unwrap()
    }

    #[test]
    fn no_link_leads_out_of_the_app() {
        assert!(is_own_page(&url("tauri://localhost/index.html")));
        assert!(is_own_page(&url("https://tauri.localhost/index.html")));
        assert!(!is_own_page(&url("https://example.org/")));
        assert!(!is_own_page(&url("http://tauri.localhost/")));
        assert!(!is_own_page(&url("file:///etc/passwd")));
        assert!(!is_own_page(&url("tel:12900001111")));
    }

    #[test]
    fn only_a_number_reaches_the_dialler() {
        assert_eq!(number_to_dial(&url("tel:12900001111")), Some("12900001111"));
        assert_eq!(
            number_to_dial(&url("tel:+8612900001111")),
            Some("+8612900001111")
        );
        assert_eq!(number_to_dial(&url("tel:119")), Some("119"));
        assert_eq!(number_to_dial(&url("tel:*%2306%23")), None);
        assert_eq!(number_to_dial(&url("sms:12900001111")), None);
        assert_eq!(number_to_dial(&url("tel:")), None);
    }
}
