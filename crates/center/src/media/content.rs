//! Photos by what they are: a folder, or a bucket of an S3-compatible store. Both keep a content
//! under its SHA-256, whole or not at all, and on the disk before they say so.

mod clear;
mod moved;
mod open;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::body::Bytes;
use object_store::path::Path as Key;
use object_store::{Error, ObjectStore, ObjectStoreExt};
use tokio::runtime::Runtime;
use tokio::sync::Semaphore;

use crate::store::StoreError;

pub(crate) use clear::clear;
pub(crate) use moved::{by_id, move_all};
pub use open::{Bucket, MediaError};

/// SHA-256 of a photo.
pub(crate) type Hash = [u8; 32];

/// Name of a content, below the folder or in the bucket.
pub(crate) fn name(sha256: &Hash) -> String {
    let hex = hex::encode(sha256);
    format!("{}/{hex}.jpg", &hex[..2])
}

/// File of a content, in a data folder or a backup.
pub(crate) fn path(data: &Path, sha256: &Hash) -> PathBuf {
    data.join("media").join(name(sha256))
}

/// Where contents lie.
pub(crate) struct Contents {
    objects: Arc<dyn ObjectStore>,
    /// The data folder; contents lie below it unless they are in a bucket.
    data: PathBuf,
    bucket: bool,
    /// Of its own: half of those who call have none, and a call that is given up by its caller
    /// goes on.
    runtime: Option<Runtime>,
    /// Turns at making smaller sizes: a picture unfolds to a hundred times its bytes.
    pub(super) making: Semaphore,
}

impl Contents {
    /// Whether they are in a bucket; else they lie in the folder.
    pub(crate) fn are_elsewhere(&self) -> bool {
        self.bucket
    }

    /// Keeps a content. One that is there already is written again: it may be damaged.
    pub(crate) async fn put(&self, sha256: Hash, bytes: Bytes) -> Result<(), StoreError> {
        let objects = self.objects.clone();
        self.run(async move { put(&*objects, sha256, bytes).await })
            .await
    }

    /// The same, for callers without a runtime.
    pub(crate) fn put_now(&self, sha256: Hash, bytes: Bytes) -> Result<(), StoreError> {
        let objects = self.objects.clone();
        self.run_now(async move { put(&*objects, sha256, bytes).await })
    }

    /// A content; none when it isn't there.
    pub(crate) async fn get(&self, sha256: Hash) -> Result<Option<Bytes>, StoreError> {
        let objects = self.objects.clone();
        self.run(async move {
            let found = match objects.get(&key(&sha256)).await {
                Ok(found) => found.bytes().await,
                Err(error) => Err(error),
            };
            there(found)
        })
        .await
    }

    /// How long a content is; none when it isn't there.
    pub(crate) fn length_now(&self, sha256: Hash) -> Result<Option<u64>, StoreError> {
        let objects = self.objects.clone();
        self.run_now(async move {
            let found = objects.head(&key(&sha256)).await;
            there(found.map(|meta| meta.size))
        })
    }

    /// Deletes a content, if it is there.
    fn delete_now(&self, sha256: Hash) -> Result<(), StoreError> {
        let objects = self.objects.clone();
        self.run_now(async move { there(objects.delete(&key(&sha256)).await).map(|_| ()) })
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T, StoreError>> + Send + 'static,
    ) -> Result<T, StoreError> {
        let running = self.runtime.as_ref().map(|runtime| runtime.spawn(work));
        match running {
            Some(running) => running.await.unwrap_or(Err(StoreError::Closed)),
            None => Err(StoreError::Closed),
        }
    }

    fn run_now<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T, StoreError>> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (tell, told) = std::sync::mpsc::channel();
        if let Some(runtime) = &self.runtime {
            runtime.spawn(async move {
                // Whoever asked waits for it.
                let _told = tell.send(work.await);
            });
        }
        told.recv().unwrap_or(Err(StoreError::Closed))
    }
}

impl Drop for Contents {
    fn drop(&mut self) {
        // Waiting for it isn't allowed everywhere a center may be dropped.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

fn key(sha256: &Hash) -> Key {
    Key::from(name(sha256))
}

async fn put(objects: &dyn ObjectStore, sha256: Hash, bytes: Bytes) -> Result<(), StoreError> {
    objects
        .put(&key(&sha256), bytes.into())
        .await
        .map(|_| ())
        .map_err(failed)
}

fn there<T>(found: Result<T, Error>) -> Result<Option<T>, StoreError> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(Error::NotFound { .. }) => Ok(None),
        Err(error) => Err(failed(error)),
    }
}

/// What the disk says, if it was the disk. The rest stands in the log: it names hashes and
/// addresses, and nothing of a photo.
fn failed(error: Error) -> StoreError {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    while let Some(one) = cause {
        if let Some(error) = one.downcast_ref::<std::io::Error>() {
            return StoreError::File(error.kind());
        }
        cause = one.source();
    }
    tracing::warn!(%error, "the store of photos");
    StoreError::Contents
}

#[cfg(test)]
mod tests;
