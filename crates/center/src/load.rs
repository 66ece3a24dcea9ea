//! `linli-center load`: a county out of one file, in one transaction.
//!
//! One thread reads, unpacks and rebuilds the documents; the writer's thread puts them into
//! the database. Buckets are derived at the end, when it is known where everything is.

mod read;
mod write;

use std::path::Path;
use std::sync::mpsc::sync_channel;

use crate::center::Center;
use crate::store::StoreError;

/// Why a bundle was not loaded; nothing of it was.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file can't be read.
    #[error("{0}")]
    File(#[from] std::io::Error),
    /// It is no bundle, or of a newer version.
    #[error("this is no bundle of a version this program reads")]
    Format,
    /// A document can't be rebuilt from its changes.
    #[error("document {0} is damaged")]
    Damaged(String),
    /// There is a county here already.
    #[error("{0} is loaded here already; nothing was changed")]
    Already(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What was loaded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Name of the county.
    pub county: String,
    /// People with an account.
    pub people: u64,
    /// Documents.
    pub docs: u64,
    /// Changes.
    pub changes: u64,
    /// Photos.
    pub photos: u64,
}

/// How far a load is: documents so far, and how many there are.
pub type Progress = Box<dyn FnMut(u64, u64) + Send>;

/// Documents on their way between the two threads.
const AHEAD: usize = 512;

/// Loads a bundle.
///
/// # Errors
/// See [`LoadError`]; nothing is changed then.
pub fn load(center: &Center, bundle: &Path, progress: Progress) -> Result<Loaded, LoadError> {
    let file = std::fs::File::open(bundle)?;
    let (send, receive) = sync_channel(AHEAD);
    let reader = std::thread::spawn(move || read::run(file, &send));
    let contents = center.contents.clone();
    let now = center.now();
    let written = center.store.write_now(move |turn| {
        match write::run(turn, &contents, now, &receive, progress) {
            Ok(loaded) => Ok(Ok(loaded)),
            // An error undoes everything; ours says more than the database could.
            Err(write::Stop::Store(error)) => Err(error),
            Err(write::Stop::Already(county)) => Ok(Err(LoadError::Already(county))),
            Err(write::Stop::Reader) => Err(StoreError::Closed),
        }
    });
    match reader.join() {
        Ok(Err(LoadError::Store(StoreError::Closed))) | Err(_) => {}
        Ok(Err(error)) => return Err(error),
        Ok(Ok(())) => {}
    }
    written?
}
