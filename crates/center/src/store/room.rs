//! Whether there is room for what phones send. Noted by whoever writes and fails; when it comes
//! back is found out by trying.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use linli_protocol::limits::MAX_REQUEST;

use super::StoreError;

/// Shared by all that write.
#[derive(Clone)]
pub(crate) struct Room {
    full: Arc<AtomicBool>,
    /// A file to try with, beside the database.
    trial: PathBuf,
}

impl Room {
    pub(super) fn beside(database: &Path) -> Self {
        Self {
            full: Arc::default(),
            trial: database.with_extension("room"),
        }
    }

    /// Notes a failure, if it is for want of room.
    pub(crate) fn note(&self, error: &StoreError) {
        if error.is_full() {
            self.full.store(true, Ordering::Relaxed);
        }
    }

    /// False when the last write failed for want of room and there still isn't any for a push.
    pub(crate) fn is_there(&self) -> bool {
        if !self.full.load(Ordering::Relaxed) {
            return true;
        }
        let tried = std::fs::File::create(&self.trial).and_then(|mut file| {
            // A push lies in the log of the database and, for a while, in the database as well.
            file.write_all(&vec![0; 2 * MAX_REQUEST])?;
            file.sync_all()
        });
        // Whatever came of it, the room is for others.
        let _gone = std::fs::remove_file(&self.trial);
        if tried.is_ok() {
            self.full.store(false, Ordering::Relaxed);
        }
        tried.is_ok()
    }
}
