//! One phone: a web host with its own data folder, behind a link that can be cut.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::RigError;
use crate::binaries::Binaries;
use crate::center::Code;
use crate::http;
use crate::link::Link;
use crate::process::{Launch, Process};

/// Name of the web host's program.
const PROGRAM: &str = "linli-webhost";

/// A phone in a browser.
#[derive(Debug)]
pub struct Phone {
    name: String,
    binaries: Binaries,
    data: PathBuf,
    log: PathBuf,
    ui: PathBuf,
    port: u16,
    framed_by: Vec<String>,
    link: Link,
    running: Option<Running>,
}

#[derive(Debug)]
struct Running {
    process: Process,
    /// Address to open in a browser, token included.
    url: String,
    at: SocketAddr,
    token: String,
}

impl Phone {
    /// The phone `name` in `folder`, on `port` (0 for any), behind `link`. Starts nothing yet.
    pub fn new(
        name: &str,
        binaries: Binaries,
        folder: &Path,
        ui: &Path,
        port: u16,
        link: Link,
    ) -> Self {
        Self {
            name: name.to_owned(),
            binaries,
            data: folder.join(format!("phone-{name}")),
            log: folder.join(format!("logs/phone-{name}.log")),
            ui: ui.join("field"),
            port,
            framed_by: Vec::new(),
            link,
            running: None,
        }
    }

    /// Lets the page at `origin` show this phone in a frame, from the next start on.
    pub fn allow_frame(&mut self, origin: &str) {
        self.framed_by.push(origin.to_owned());
    }

    /// `worker`, `chief` or `lead`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its data folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Its link to the center.
    pub fn link(&self) -> &Link {
        &self.link
    }

    /// Address to open in a browser, while it runs.
    pub fn url(&self) -> Option<&str> {
        self.running.as_ref().map(|running| running.url.as_str())
    }

    /// Process id, while it runs.
    pub fn id(&self) -> Option<u32> {
        self.running.as_ref().and_then(|r| r.process.id())
    }

    /// Starts it and waits until it listens. The port it got stays its own over restarts.
    ///
    /// # Errors
    /// It doesn't come up.
    pub async fn start(&mut self) -> Result<(), RigError> {
        let mut launch = Launch::new(self.binaries.find(PROGRAM)?, &self.log)
            .arg("--data")
            .arg(&self.data)
            .arg("--port")
            .arg(self.port.to_string())
            .arg("--ui")
            .arg(&self.ui);
        for origin in &self.framed_by {
            launch = launch.arg("--frame-ancestor").arg(origin);
        }
        let (process, url) = launch.until_ready("ready ").await?;
        let Some((port, token)) = url
            .strip_prefix("http://127.0.0.1:")
            .and_then(|rest| rest.split_once("/?token="))
            .and_then(|(port, token)| Some((port.parse().ok()?, token.to_owned())))
        else {
            return Err(RigError::answer(PROGRAM, &url));
        };
        self.port = port;
        self.running = Some(Running {
            process,
            url,
            at: (Ipv4Addr::LOCALHOST, port).into(),
            token,
        });
        Ok(())
    }

    /// Runs a field command, as the page would.
    ///
    /// # Errors
    /// The phone doesn't run, or gives an error: its code is in the text.
    pub async fn call(&self, command: &str, request: Value) -> Result<Value, RigError> {
        match self.try_call(command, request).await? {
            (200, answer) => Ok(answer),
            (_, error) => Err(RigError::answer(&format!("{} {command}", self.name), error)),
        }
    }

    /// Runs a field command and gives status and answer, errors of the phone included.
    ///
    /// # Errors
    /// The phone doesn't run or gives no answer at all.
    pub async fn try_call(&self, command: &str, request: Value) -> Result<(u16, Value), RigError> {
        let Some(running) = &self.running else {
            return Err(RigError::answer(&self.name, "not running"));
        };
        let headers = [("x-linli-token", running.token.as_str())];
        http::post(running.at, &format!("/cmd/{command}"), &headers, &request).await
    }

    /// Hands it a JPEG, as a file box would; gives the file's name for `import_media`.
    ///
    /// # Errors
    /// The phone doesn't run or refuses it.
    pub async fn upload(&self, id: &str, jpeg: &[u8]) -> Result<(), RigError> {
        let Some(running) = &self.running else {
            return Err(RigError::answer(&self.name, "not running"));
        };
        let headers = [("x-linli-token", running.token.as_str())];
        let body = jpeg.to_vec().into();
        let path = format!("/incoming/{id}");
        match http::post_bytes(running.at, &path, "image/jpeg", &headers, body).await? {
            (200, _) => Ok(()),
            (_, answer) => Err(RigError::answer(&self.name, &answer)),
        }
    }

    /// Whether it was never enrolled.
    ///
    /// # Errors
    /// It gives no answer.
    pub async fn is_fresh(&self) -> Result<bool, RigError> {
        Ok(self.call("status", json!({})).await?["boot"] == "fresh")
    }

    /// Enrols it through its link, the way a person types the code.
    ///
    /// # Errors
    /// The center refuses.
    pub async fn enrol(&self, code: &Code) -> Result<(), RigError> {
        let address = format!("127.0.0.1:{}", self.link.port());
        let request = json!({ "code": code.secret, "address": address });
        self.call("enrol", request).await?;
        Ok(())
    }

    /// Tells it that its network came or went, as the system of a real phone would.
    ///
    /// # Errors
    /// It runs and gives no answer.
    pub async fn network_changed(&self) -> Result<(), RigError> {
        let Some(running) = &self.running else {
            return Ok(());
        };
        let headers = [("x-linli-token", running.token.as_str())];
        let _nothing = http::post(running.at, "/resumed", &headers, &Value::Null).await?;
        Ok(())
    }

    /// Ends it at once, as an empty battery would.
    pub async fn kill(&mut self) {
        if let Some(running) = self.running.take() {
            running.process.kill().await;
        }
    }

    /// Asks it to end and waits.
    pub async fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            running.process.stop().await;
        }
    }
}
