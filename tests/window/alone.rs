//! A window without a center: a fresh phone, and what its page may do.

use crate::driver::Window;

#[test]
#[ignore = "needs a display and WebKitWebDriver: scripts/window-smoke.sh"]
fn a_fresh_phone_asks_to_be_enrolled() {
    let data = tempfile::tempdir().unwrap();
    let window = Window::open(data.path());

    window.see("[data-test=enrol-code]");
    println!(
        "from the start of the program to its first screen: {} ms",
        window.age().as_millis()
    );
    window.type_into("[data-test=enrol-code]", "abcd");
    // The page answered: the code was grouped and the missing characters are counted.
    window.see_in("#enrol-code-hint", "12");

    // All the way down and back: the phone tries to reach a center, and its code comes back
    // as words.
    window.type_into("[data-test=enrol-code]", "efghjkmnpqrs");
    window.type_into("[data-test=enrol-address]", "127.0.0.1:9");
    window.click("[data-test=primary]");
    window.see("[data-test=enrol-problem]");
}

#[test]
#[ignore = "needs a display and WebKitWebDriver: scripts/window-smoke.sh"]
fn the_page_can_do_nothing_but_what_is_granted() {
    let data = tempfile::tempdir().unwrap();
    let window = Window::open(data.path());
    window.see("[data-test=enrol-code]");

    let said = |expression: &str| window.evaluate(expression).to_string();
    assert_eq!(said("typeof window.__TAURI__"), "\"undefined\"");

    // Commands of Tauri's own that a page could misuse.
    for command in [
        "plugin:path|resolve_directory",
        "plugin:webview|create_webview_window",
    ] {
        let refused = said(&format!(
            "await window.__TAURI_INTERNALS__.invoke('{command}', {{}})"
        ));
        assert!(refused.contains("not allowed"), "{command}: {refused}");
    }
    // An unknown field command comes back as a code that the page knows.
    let unknown = said(
        "await window.__TAURI_INTERNALS__.invoke('call', { name: 'no_such', request: {} })\
         .catch(e => e.code)",
    );
    assert_ne!(unknown, "null");
    assert!(!unknown.contains("failed"), "{unknown}");

    // Nothing from elsewhere, neither by script nor as a picture, and no other page.
    assert!(said("await fetch('https://example.org/')").contains("failed"));
    assert!(said("eval('1 + 1')").contains("failed"));
    let picture = |url: &str| {
        said(&format!(
            "await new Promise(done => {{ const i = new Image(); i.onload = () => done('shown');\
             i.onerror = () => done('refused'); i.src = '{url}'; }})"
        ))
    };
    assert_eq!(picture("https://example.org/a.png"), "\"refused\"");
    assert_eq!(picture("photo://localhost/unknown"), "\"refused\"");
    window.evaluate("location.href = 'https://example.org/'");
    window.see("[data-test=enrol-code]");
}
