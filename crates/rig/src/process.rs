//! One program as a process group of its own: started, listened to, stopped with all its children.

mod launch;
mod leftover;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use tokio::process::Child;

pub use launch::Launch;
pub use leftover::stop_leftovers;

use crate::RigError;

/// How long a program may take to end by itself.
const GRACE: Duration = Duration::from_secs(5);

/// A running program. Dropping it kills the whole group.
#[derive(Debug)]
pub struct Process {
    child: Child,
    group: Option<Pid>,
    log: PathBuf,
}

impl Process {
    /// Process id, for whoever comes after a crash of this program.
    pub fn id(&self) -> Option<u32> {
        self.child.id()
    }

    /// Where its words go.
    pub fn log(&self) -> &Path {
        &self.log
    }

    /// Whether it still runs.
    pub fn running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Asks it to end, and kills what is left after five seconds.
    pub async fn stop(mut self) {
        self.signal(Signal::TERM);
        if tokio::time::timeout(GRACE, self.child.wait())
            .await
            .is_err()
        {
            self.kill().await;
        }
    }

    /// Ends it at once, as a power cut would.
    pub async fn kill(mut self) {
        self.signal(Signal::KILL);
        // Only an id that is not ours could fail here; then there is nothing to wait for.
        let _ = self.child.wait().await;
    }

    /// Waits for it to end by itself and says whether it was content.
    ///
    /// # Errors
    /// The system lost track of it.
    pub async fn wait(&mut self) -> Result<bool, RigError> {
        let status = self.child.wait().await;
        Ok(status.map_err(RigError::io("waiting"))?.success())
    }

    fn signal(&mut self, signal: Signal) {
        // After it was waited for, the group's number may belong to somebody else.
        if let (Ok(None), Some(group)) = (self.child.try_wait(), self.group) {
            // It may have ended just now: then there is nothing to stop.
            let _ = kill_process_group(group, signal);
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.signal(Signal::KILL);
    }
}
