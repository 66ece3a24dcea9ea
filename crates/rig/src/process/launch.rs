//! How a program is started.

use std::ffi::OsString;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use rustix::process::Pid;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{ChildStdout, Command};

use super::Process;
use crate::RigError;

/// How long a program may take until it is ready.
const READY: Duration = Duration::from_secs(60);

/// A program with its arguments, about to be started.
#[derive(Debug)]
pub struct Launch {
    program: PathBuf,
    args: Vec<OsString>,
    envs: Vec<(String, OsString)>,
    input: Option<String>,
    log: PathBuf,
}

impl Launch {
    /// `program`, whose words are added to the file `log`.
    pub fn new(program: PathBuf, log: &Path) -> Self {
        Self {
            program,
            args: Vec::new(),
            envs: Vec::new(),
            input: None,
            log: log.to_owned(),
        }
    }

    /// Adds an argument.
    pub fn arg(mut self, arg: impl Into<OsString>) -> Self {
        self.args.push(arg.into());
        self
    }

    /// Sets an environment variable.
    pub fn env(mut self, key: &str, value: impl Into<OsString>) -> Self {
        self.envs.push((key.to_owned(), value.into()));
        self
    }

    /// Gives it a text on standard input.
    pub fn input(mut self, text: String) -> Self {
        self.input = Some(text);
        self
    }

    /// Starts it and waits until it prints a line that begins with `sign`; gives the rest of it.
    ///
    /// # Errors
    /// It can't be started, ends, or stays silent for a minute.
    pub async fn until_ready(self, sign: &str) -> Result<(Process, String), RigError> {
        let name = self.name();
        let (mut process, mut lines, mut log) = self.start()?;
        let ready = async {
            while let Ok(Some(line)) = lines.next_line().await {
                if let Some(rest) = line.strip_prefix(sign) {
                    return Some(rest.trim().to_owned());
                }
                keep(&mut log, &line);
            }
            None
        };
        match tokio::time::timeout(READY, ready).await {
            Ok(Some(rest)) => {
                tokio::spawn(async move {
                    while let Ok(Some(line)) = lines.next_line().await {
                        keep(&mut log, &line);
                    }
                });
                Ok((process, rest))
            }
            Ok(None) => {
                let _content = process.wait().await?;
                Err(ended(name, process.log()))
            }
            Err(_) => Err(RigError::Late {
                program: name,
                seconds: READY.as_secs(),
                log: process.log().to_owned(),
            }),
        }
    }

    /// Runs it to its end and gives what it printed.
    ///
    /// # Errors
    /// It can't be started, or ends unhappily.
    pub async fn to_end(self) -> Result<String, RigError> {
        let name = self.name();
        let (mut process, mut lines, _log) = self.start()?;
        let mut printed = String::new();
        while let Ok(Some(line)) = lines.next_line().await {
            printed.push_str(&line);
            printed.push('\n');
        }
        if process.wait().await? {
            Ok(printed)
        } else {
            Err(ended(name, process.log()))
        }
    }

    /// Starts it without waiting for a sign of life.
    ///
    /// # Errors
    /// It can't be started.
    pub fn leave_running(self) -> Result<Process, RigError> {
        let (process, mut lines, mut log) = self.start()?;
        tokio::spawn(async move {
            while let Ok(Some(line)) = lines.next_line().await {
                keep(&mut log, &line);
            }
        });
        Ok(process)
    }

    fn name(&self) -> String {
        let name = self.program.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }

    fn start(self) -> Result<(Process, Lines<BufReader<ChildStdout>>, File), RigError> {
        let name = self.name();
        let failed = |e| RigError::io(format!("starting {name}"))(e);
        if let Some(folder) = self.log.parent() {
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        let log = File::options()
            .create(true)
            .append(true)
            .open(&self.log)
            .map_err(failed)?;
        let mut child = Command::new(&self.program)
            .args(&self.args)
            .envs(self.envs)
            .stdin(
                self.input
                    .as_ref()
                    .map_or(Stdio::null(), |_| Stdio::piped()),
            )
            .stdout(Stdio::piped())
            .stderr(log.try_clone().map_err(failed)?)
            // A group of its own: Ctrl-C at the terminal reaches only us, and we stop the others
            // in order.
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .map_err(failed)?;
        if let (Some(text), Some(mut stdin)) = (self.input, child.stdin.take()) {
            tokio::spawn(async move {
                use tokio::io::AsyncWriteExt;
                // A program that doesn't read its input says so itself.
                let _ = stdin.write_all(text.as_bytes()).await;
            });
        }
        let Some(stdout) = child.stdout.take() else {
            return Err(RigError::answer(&name, "no output"));
        };
        let group = child.id().and_then(|id| Pid::from_raw(id.try_into().ok()?));
        let process = Process {
            child,
            group,
            log: self.log,
        };
        Ok((process, BufReader::new(stdout).lines(), log))
    }
}

fn keep(log: &mut File, line: &str) {
    // A full disk shows elsewhere; the log is not what should stop a demo.
    let _ = writeln!(log, "{line}");
}

/// The program's last words, from its log.
fn ended(program: String, log: &Path) -> RigError {
    let text = std::fs::read_to_string(log).unwrap_or_default();
    let last: Vec<&str> = text.lines().rev().take(3).collect();
    RigError::Ended {
        program,
        said: last.into_iter().rev().collect::<Vec<_>>().join(" · "),
        log: log.to_owned(),
    }
}
