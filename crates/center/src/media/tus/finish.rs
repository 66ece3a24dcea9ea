//! An upload that has all its bytes becomes a photo.

use std::sync::Arc;

use sha2::{Digest, Sha256};
use tokio::task::spawn_blocking;

use super::{part, refuse};
use crate::center::Center;
use crate::failure::Failure;
use crate::media::admit::{MISMATCH, NOT_JPEG};
use crate::media::keep::{self, Whole};
use crate::store::{StoreError, UploadRow};

/// Hashes what is there and keeps it; whether it is verified. What isn't what its phone said is
/// dropped: the upload begins afresh. The caller holds it.
pub(super) async fn finish(center: &Arc<Center>, row: UploadRow) -> Result<bool, Failure> {
    let path = part::path(&center.data, row.no);
    let read = spawn_blocking(move || {
        let jpeg = std::fs::read(path)?;
        let sha256: [u8; 32] = Sha256::digest(&jpeg).into();
        Ok::<_, std::io::Error>((jpeg, sha256))
    });
    let read = read.await.map_err(|_| Failure::BAD_REQUEST)?;
    let (jpeg, sha256) = read.map_err(StoreError::from)?;
    if sha256 != row.sha256 {
        forget(center, row).await?;
        return Err(refuse::DAMAGED);
    }
    if !jpeg.starts_with(&[0xff, 0xd8, 0xff]) {
        forget(center, row).await?;
        return Err(NOT_JPEG);
    }
    let whole = Whole {
        id: row.media,
        sha256,
        jpeg: jpeg.into(),
        sender: row.enrolment,
    };
    let kept = keep::whole(center, whole, move |tables| {
        // Its record, and with it the photo, may have been erased meanwhile.
        let coming = tables.upload(row.enrolment, row.media)?;
        if !coming.is_some_and(|one| one.no == row.no && !one.done) {
            return Ok(Err(Failure::NOT_FOUND));
        }
        tables.end_upload(row.no)?;
        Ok(Ok(()))
    });
    match kept.await {
        Ok(verified) => {
            remove(center, row.no).await;
            Ok(verified)
        }
        Err(failure) => {
            if failure == MISMATCH {
                forget(center, row).await?;
            }
            Err(failure)
        }
    }
}

/// Drops an upload with what came of it.
pub(super) async fn forget(center: &Center, row: UploadRow) -> Result<(), Failure> {
    center
        .store
        .write(move |turn| turn.tables.drop_upload(row.no))
        .await?;
    remove(center, row.no).await;
    Ok(())
}

/// Removes the file of an upload that is over.
pub(super) async fn remove(center: &Center, no: i64) {
    let data = center.data.clone();
    // A file that stays is found by the next start.
    if let Ok(Err(error)) = spawn_blocking(move || part::remove(&data, no)).await {
        tracing::warn!(%error, "the file of an upload stays");
    }
}
