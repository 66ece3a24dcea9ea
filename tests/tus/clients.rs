//! The two clients, as programs of their own.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use linli_tests::stage;
use serde::Serialize;
use tokio::process::{Child, Command};

/// What a client is to do.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Job {
    pub(crate) endpoint: String,
    /// The whole header.
    pub(crate) token: String,
    /// Where it remembers its uploads.
    pub(crate) storage: PathBuf,
    /// Bytes of a piece; the whole photo without.
    pub(crate) chunk: Option<usize>,
    /// The first piece goes with the creation (tus-js-client).
    pub(crate) creation: bool,
    /// Pieces bear a checksum (tuspy).
    pub(crate) checksum: bool,
    pub(crate) photos: Vec<Photo>,
}

/// A photo to be sent.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Photo {
    pub(crate) path: PathBuf,
    pub(crate) id: String,
    pub(crate) sha256: String,
}

/// A client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Client {
    /// tus-js-client, in Node.js.
    Js,
    /// tuspy, in Python.
    Py,
}

impl Client {
    /// Starts it on a job. It trusts the center's own authority, and nobody else.
    pub(crate) fn start(self, job: &Job, ca: &Path) -> Child {
        let here = stage::root().join("tests/tus");
        let file = job.storage.with_extension("job.json");
        std::fs::write(&file, serde_json::to_vec(job).expect("JSON")).expect("written");
        let (program, script) = match self {
            Self::Js => (PathBuf::from("node"), "client.mjs"),
            Self::Py => {
                let python = stage::root().join("target/tools/tuspy/bin/python");
                (python, "client.py")
            }
        };
        let ready = match self {
            Self::Js => here.join("node_modules/tus-js-client"),
            Self::Py => program.clone(),
        };
        assert!(
            ready.exists(),
            "`make tus-clients` first: {}",
            ready.display()
        );
        Command::new(program)
            .arg(here.join(script))
            .arg(file)
            .env("NODE_EXTRA_CA_CERTS", ca)
            .env("REQUESTS_CA_BUNDLE", ca)
            .env("NO_PROXY", "127.0.0.1")
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .kill_on_drop(true)
            .spawn()
            .expect("starts")
    }
}
