//! Another system's server or client: a Node process that is spoken to in lines of JSON.

use std::path::Path;
use std::process::Stdio;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::Mutex;

use crate::Outcome;

/// A running process.
pub(crate) struct Node {
    child: Child,
    id: Option<u32>,
    /// What its ready line said: the port of a server.
    pub(crate) ready: u16,
    pipes: Mutex<Pipes>,
}

struct Pipes {
    to: ChildStdin,
    from: Lines<BufReader<ChildStdout>>,
    /// Documents it had when it last told.
    docs: u64,
}

impl Node {
    /// Starts `script` and waits until it can be used.
    pub(crate) async fn start(script: &Path, args: &[(&str, &str)]) -> Outcome<Self> {
        let mut command = Command::new("node");
        // As much as a server would give it; the peers would otherwise die of their own limit.
        command.arg("--max-old-space-size=8192").arg(script);
        for (name, value) in args {
            command.arg(format!("--{name}")).arg(value);
        }
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let to = child.stdin.take().ok_or("no input")?;
        let from = child.stdout.take().ok_or("no output")?;
        let mut pipes = Pipes {
            to,
            from: BufReader::new(from).lines(),
            docs: 0,
        };
        let ready = pipes.hear("ready").await?;
        Ok(Self {
            id: child.id(),
            child,
            ready: ready.as_u64().and_then(|n| n.try_into().ok()).unwrap_or(0),
            pipes: Mutex::new(pipes),
        })
    }

    pub(crate) fn id(&self) -> Option<u32> {
        self.id
    }

    /// Has it do something and waits until it is done.
    pub(crate) async fn ask(&self, what: &Value) -> Outcome<Value> {
        let mut pipes = self.pipes.lock().await;
        pipes.to.write_all(format!("{what}\n").as_bytes()).await?;
        pipes.hear("done").await
    }

    /// How many documents it had when it last told.
    pub(crate) async fn docs(&self) -> u64 {
        self.pipes.lock().await.docs
    }

    pub(crate) async fn stop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill().await;
    }
}

impl Pipes {
    async fn hear(&mut self, wanted: &str) -> Outcome<Value> {
        while let Some(line) = self.from.next_line().await? {
            // Some libraries print to standard output as well.
            let Ok(said) = serde_json::from_str::<Value>(&line) else {
                continue;
            };
            if let Some(docs) = said["docs"].as_u64() {
                self.docs = docs;
            }
            if let Some(error) = said["error"].as_str() {
                return Err(error.into());
            }
            if !said[wanted].is_null() {
                return Ok(said[wanted].clone());
            }
        }
        Err("a peer's process ended".into())
    }
}
