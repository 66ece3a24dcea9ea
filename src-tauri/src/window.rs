//! The one window, on a desktop as on a phone.

use tauri::window::Color;
use tauri::{App, Runtime, WebviewUrl, WebviewWindowBuilder};

/// Its label: the capability file grants to this name and events go to it.
pub(crate) const MAIN: &str = "main";

/// The paper of the UI, so that nothing flashes before the page has painted.
const PAPER: Color = Color(0xf6, 0xf4, 0xee, 0xff);

/// Opens the window. `https` from the first day: changing the origin later would move
/// what the page has stored, and some WebViews give secure features only to https.
pub(crate) fn open<R: Runtime>(app: &App<R>) -> tauri::Result<()> {
    let window = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App("index.html".into()))
        .use_https_scheme(true)
        .background_color(PAPER)
        .on_navigation(|url| is_own_page(url.scheme(), url.host_str()));
    #[cfg(desktop)]
    let window = window
        .title("邻里")
        .inner_size(390.0, 844.0)
        .min_inner_size(320.0, 480.0);
    window.build()?;
    Ok(())
}

/// The window shows our own page and nothing else, whatever a link may say.
fn is_own_page(scheme: &str, host: Option<&str>) -> bool {
    match scheme {
        "tauri" => true,
        "https" => host == Some("tauri.localhost"),
        "about" => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_own_page;

    #[test]
    fn no_link_leads_out_of_the_app() {
        assert!(is_own_page("tauri", Some("localhost")));
        assert!(is_own_page("https", Some("tauri.localhost")));
        assert!(!is_own_page("https", Some("example.org")));
        assert!(!is_own_page("http", Some("tauri.localhost")));
        assert!(!is_own_page("file", None));
    }
}
