//! The app's window as a test sees it: started by WebKitWebDriver, looked at and clicked
//! by CSS selector.
//!
//! It speaks the W3C protocol itself. Tauri's own driver would only stand in between and
//! translate one option.

use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use linli_rig::binaries::Binaries;
use serde_json::{Value, json};
use ureq::Agent;

/// How long an element may take to appear, a cold start on a busy machine included.
const PATIENCE: Duration = Duration::from_secs(30);

/// Under this key WebDriver hands out elements.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A running app. Dropping it closes the window and ends the driver.
pub(crate) struct Window {
    driver: Child,
    http: Agent,
    session: String,
    launched: Instant,
}

impl Window {
    /// Starts the built app on the data folder `data` and waits for its window.
    pub(crate) fn open(data: &Path) -> Self {
        Self::open_with(data, &[])
    }

    /// As [`Window::open`], with more in the app's environment.
    pub(crate) fn open_with(data: &Path, env: &[(&str, &str)]) -> Self {
        Self::open_as(data, env, &[])
    }

    /// As [`Window::open_with`], with words after the program's name.
    pub(crate) fn open_as(data: &Path, env: &[(&str, &str)], words: &[&str]) -> Self {
        let app = Binaries::beside_me().and_then(|built| built.find("linli-app"));
        let app = app.expect("scripts/window-smoke.sh builds the app");
        let port = free_port();
        let driver = Command::new("WebKitWebDriver")
            .arg(format!("--port={port}"))
            .arg("--host=127.0.0.1")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("LINLI_DATA_DIR", data)
            .envs(env.iter().copied())
            .stdout(Stdio::null())
            .spawn()
            .expect("WebKitWebDriver is in the package webkit2gtk-driver");
        let http = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE * 2))
            .build()
            .new_agent();
        let mut window = Self {
            driver,
            http,
            session: String::new(),
            launched: Instant::now(),
        };
        wait_for(port);
        window.launched = Instant::now();
        let root = format!("http://127.0.0.1:{port}/session");
        let app = json!({ "binary": app, "args": words });
        let wanted = json!({ "alwaysMatch": { "webkitgtk:browserOptions": app } });
        let made = window.post(&root, &json!({ "capabilities": wanted }));
        let id = made["sessionId"].as_str().expect("a session id");
        window.session = format!("{root}/{id}");
        let implicit = u64::try_from(PATIENCE.as_millis()).unwrap();
        window.command(
            "timeouts",
            &json!({ "implicit": implicit, "script": implicit }),
        );
        window
    }

    /// How long ago the program was started.
    pub(crate) fn age(&self) -> Duration {
        self.launched.elapsed()
    }

    /// Waits until something matches `css`, and fails the test if nothing does in time.
    pub(crate) fn see(&self, css: &str) {
        self.find("css selector", css);
    }

    /// Waits until these words stand somewhere on the page.
    pub(crate) fn see_words(&self, words: &str) {
        assert!(!words.contains('"'), "XPath has no escape for quotes");
        self.find("xpath", &format!("//*[contains(text(), \"{words}\")]"));
    }

    /// Taps what matches `css`.
    pub(crate) fn click(&self, css: &str) {
        let element = self.find("css selector", css);
        self.command(&format!("element/{element}/click"), &json!({}));
    }

    /// Taps the button that says `words`.
    pub(crate) fn press(&self, words: &str) {
        assert!(!words.contains('"'), "XPath has no escape for quotes");
        let button = format!("//button[contains(normalize-space(.), \"{words}\")]");
        let element = self.find("xpath", &button);
        self.command(&format!("element/{element}/click"), &json!({}));
    }

    /// Goes to a screen by its path, as a link would.
    pub(crate) fn go_to(&self, path: &str) {
        self.evaluate(&format!("location.hash = '{path}'"));
    }

    /// Waits until what matches `css` says `words`.
    pub(crate) fn see_in(&self, css: &str, words: &str) {
        let start = Instant::now();
        loop {
            let text = self.words_of(css);
            if text.as_ref().is_some_and(|text| text.contains(words)) {
                return;
            }
            assert!(
                start.elapsed() < PATIENCE,
                "{css} says {text:?}, not {words}"
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Types into the field that matches `css`.
    pub(crate) fn type_into(&self, css: &str, text: &str) {
        let element = self.find("css selector", css);
        self.command(
            &format!("element/{element}/value"),
            &json!({ "text": text }),
        );
    }

    /// The words of what matches `css`; none when the page put something else in its place just
    /// after it was found.
    fn words_of(&self, css: &str) -> Option<String> {
        let element = self.find("css selector", css);
        let text = self.get(&format!("element/{element}/text"));
        text.as_str().map(str::to_owned)
    }

    /// What the JavaScript expression gives, a promise awaited; a failure comes back as
    /// `{"failed": …}`.
    pub(crate) fn evaluate(&self, expression: &str) -> Value {
        let script = format!(
            "const done = arguments[arguments.length - 1];\
             (async () => ({expression}))().then(done, e => done({{ failed: String(e) }}));"
        );
        self.command("execute/async", &json!({ "script": script, "args": [] }))
    }

    fn find(&self, using: &str, what: &str) -> String {
        let found = self.command("element", &json!({ "using": using, "value": what }));
        match found[ELEMENT].as_str() {
            Some(id) => id.to_owned(),
            None => panic!("not on the page: {what}\n{}", self.get("source")),
        }
    }

    fn command(&self, path: &str, body: &Value) -> Value {
        self.post(&format!("{}/{path}", self.session), body)
    }

    fn post(&self, url: &str, body: &Value) -> Value {
        let answer = self.http.post(url).send_json(body);
        value_of(answer.expect("the driver answers"))
    }

    fn get(&self, path: &str) -> Value {
        let answer = self.http.get(format!("{}/{path}", self.session)).call();
        value_of(answer.expect("the driver answers"))
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        if !self.session.is_empty() {
            // Closes the app; if the driver has gone already, so has the app.
            let _ = self.http.delete(&self.session).call();
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

fn value_of(mut answer: ureq::http::Response<ureq::Body>) -> Value {
    let mut body: Value = answer
        .body_mut()
        .read_json()
        .expect("the driver speaks JSON");
    body["value"].take()
}

fn free_port() -> u16 {
    let probe = TcpListener::bind("127.0.0.1:0").expect("a free port");
    probe.local_addr().expect("its number").port()
}

/// The driver doesn't say when it listens; asking is the only way to know.
fn wait_for(port: u16) {
    let start = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(start.elapsed() < PATIENCE, "WebKitWebDriver doesn't listen");
        std::thread::yield_now();
    }
}
