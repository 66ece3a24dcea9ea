//! What can go wrong while programs are started and spoken to.

use std::io;
use std::path::PathBuf;

/// Why the rig could not do as asked. The text is meant for the person at the terminal.
#[derive(Debug, thiserror::Error)]
pub enum RigError {
    /// A program isn't built.
    #[error("{0} is not built: run `make build`")]
    NotBuilt(PathBuf),
    /// A program ended, or said it failed.
    #[error("{program} ended: {said} (log: {log})")]
    Ended {
        /// Its name.
        program: String,
        /// Its last words.
        said: String,
        /// Where all of its words are.
        log: PathBuf,
    },
    /// A program gave no sign of life in time.
    #[error("{program} was not ready within {seconds} s (log: {log})")]
    Late {
        /// Its name.
        program: String,
        /// How long it had.
        seconds: u64,
        /// Where its words are.
        log: PathBuf,
    },
    /// A program answered something else than expected.
    #[error("{program} answered: {said}")]
    Answer {
        /// Its name.
        program: String,
        /// What it said.
        said: String,
    },
    /// A port is taken.
    #[error("port {port} is in use ({reason}); choose others with PORT=")]
    Port {
        /// Which.
        port: u16,
        /// What the system said.
        reason: io::Error,
    },
    /// The system refused something.
    #[error("{what}: {reason}")]
    Io {
        /// What was tried.
        what: String,
        /// What the system said.
        reason: io::Error,
    },
}

impl RigError {
    pub(crate) fn io(what: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let what = what.into();
        move |reason| Self::Io { what, reason }
    }

    pub(crate) fn answer(program: &str, said: impl ToString) -> Self {
        Self::Answer {
            program: program.to_owned(),
            said: said.to_string(),
        }
    }
}
