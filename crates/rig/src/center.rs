//! The center as a process: filled once, started, killed, started again.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::RigError;
use crate::binaries::Binaries;
use crate::process::{Launch, Process};

/// Name of the center's program.
const PROGRAM: &str = "linli-center";
/// What the county of the demo is called.
const NAME: &str = "栖云县";
/// Telephones of the fictional county (see `assets/phones.json`).
const DUTY_PHONES: [(&str, &str); 2] = [("duty", "12900007600"), ("gas", "12900007601")];

/// A center with its data folder. Its devices' port stays the same over restarts.
#[derive(Debug)]
pub struct Center {
    binaries: Binaries,
    data: PathBuf,
    log: PathBuf,
    console_files: PathBuf,
    devices: SocketAddr,
    running: Option<(Process, SocketAddr)>,
}

/// An enrolment code, as the center hands it out once.
#[derive(Debug, Clone, Deserialize)]
pub struct Code {
    /// The secret as a person would type it.
    pub secret: String,
    /// The text of the QR code.
    pub qr: String,
}

impl Center {
    /// A center in `folder` that will listen for devices on `devices`. Starts nothing yet.
    pub fn new(binaries: Binaries, folder: &Path, ui: &Path, devices: SocketAddr) -> Self {
        Self {
            binaries,
            data: folder.join("center"),
            log: folder.join("logs/center.log"),
            console_files: ui.join("center"),
            devices,
            running: None,
        }
    }

    /// Makes the center's keys and database and loads `bundle` into it.
    ///
    /// # Errors
    /// The program fails; what was made so far should be removed.
    pub async fn fill(&self, bundle: &Path) -> Result<(), RigError> {
        self.run("init")?
            .arg("--name")
            .arg(NAME)
            .arg("--address")
            .arg(self.devices.to_string())
            .to_end()
            .await?;
        self.run("load")?.arg(bundle).to_end().await?;
        self.set_duty_phones().await
    }

    /// Writes the county's own telephones into its configuration, as an operator does.
    async fn set_duty_phones(&self) -> Result<(), RigError> {
        let path = self.data.join("center.toml");
        let mut text = tokio::fs::read_to_string(&path)
            .await
            .map_err(RigError::io("reading center.toml"))?;
        // `init` ends the file with an empty table for them.
        if !text.contains("[phones]") {
            text.push_str("\n[phones]\n");
        }
        for (key, number) in DUTY_PHONES {
            text.push_str(&format!("{key} = \"{number}\"\n"));
        }
        tokio::fs::write(&path, text)
            .await
            .map_err(RigError::io("writing center.toml"))
    }

    /// Sets a desk's password.
    ///
    /// # Errors
    /// There is no such log-in.
    pub async fn set_password(&self, login: &str, password: &str) -> Result<(), RigError> {
        self.run("passwd")?
            .arg("--login")
            .arg(login)
            .arg("--password-stdin")
            .input(format!("{password}\n"))
            .to_end()
            .await?;
        Ok(())
    }

    /// Starts it and waits until both ports listen.
    ///
    /// # Errors
    /// It doesn't come up.
    pub async fn start(&mut self) -> Result<(), RigError> {
        let launch = self
            .run("serve")?
            .arg("--listen")
            .arg(self.devices.to_string())
            .arg("--console")
            .arg("127.0.0.1:0");
        let launch = if self.console_files.join("index.html").is_file() {
            launch.arg("--console-files").arg(&self.console_files)
        } else {
            launch
        };
        let (process, said) = launch.until_ready("ready ").await?;
        let console = said
            .split(' ')
            .find_map(|word| word.strip_prefix("console="))
            .and_then(|address| address.parse().ok())
            .ok_or_else(|| RigError::answer(PROGRAM, &said))?;
        self.running = Some((process, console));
        Ok(())
    }

    /// Makes a code for the demo's worker, chief or lead.
    ///
    /// # Errors
    /// There is no such example in the bundle.
    pub async fn code(&self, example: &str) -> Result<Code, RigError> {
        let said = self
            .run("enrol")?
            .arg("--example")
            .arg(example)
            .arg("--json")
            .to_end()
            .await?;
        serde_json::from_str(&said).map_err(|_| RigError::answer(PROGRAM, said.trim()))
    }

    /// Runs another verb of the center's program, and gives what it says.
    ///
    /// # Errors
    /// It refuses.
    pub async fn verb(&self, verb: &str, args: &[&str]) -> Result<String, RigError> {
        let launch = self.run(verb)?;
        args.iter()
            .fold(launch, |launch, arg| launch.arg(arg))
            .to_end()
            .await
    }

    /// Where devices connect to.
    pub fn devices(&self) -> SocketAddr {
        self.devices
    }

    /// Where the console listens, while it runs.
    pub fn console(&self) -> Option<SocketAddr> {
        self.running.as_ref().map(|(_, console)| *console)
    }

    /// Process id, while it runs.
    pub fn id(&self) -> Option<u32> {
        self.running.as_ref().and_then(|(process, _)| process.id())
    }

    /// Ends it at once, as a power cut would.
    pub async fn kill(&mut self) {
        if let Some((process, _)) = self.running.take() {
            process.kill().await;
        }
    }

    /// Asks it to end and waits.
    pub async fn stop(&mut self) {
        if let Some((process, _)) = self.running.take() {
            process.stop().await;
        }
    }

    fn run(&self, command: &str) -> Result<Launch, RigError> {
        Ok(Launch::new(self.binaries.find(PROGRAM)?, &self.log)
            .arg(command)
            .arg("--data")
            .arg(&self.data))
    }
}
