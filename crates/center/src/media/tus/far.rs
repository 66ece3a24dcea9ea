//! How much of an upload is here.

use std::sync::Arc;

use linli_model::actor::EnrolmentId;
use linli_model::ids::MediaId;
use tokio::task::spawn_blocking;

use super::finish::{finish, forget};
use super::headers::Told;
use super::{part, refuse};
use crate::center::Center;
use crate::failure::Failure;
use crate::store::{StoreError, UploadRow};

/// What can be said of an upload. Nothing in it is told that isn't on the disk for good.
pub(super) struct Far {
    pub(super) row: UploadRow,
    pub(super) offset: u64,
    /// It has become a photo, which is verified or not.
    pub(super) stored: Option<bool>,
}

/// The upload of this device.
pub(super) async fn find(
    center: &Center,
    who: EnrolmentId,
    id: MediaId,
) -> Result<UploadRow, Failure> {
    let row = center
        .store
        .read(move |tables| tables.upload(who, id))
        .await?
        .ok_or(Failure::NOT_FOUND)?;
    if row.expires <= center.now() {
        return Err(refuse::EXPIRED);
    }
    Ok(row)
}

/// How far it is. One that has all its bytes, and whose center ended before it was a photo, becomes
/// one now. The caller holds it.
pub(super) async fn far(center: &Arc<Center>, row: UploadRow) -> Result<Far, Failure> {
    let offset = if row.done {
        row.bytes
    } else {
        let path = part::path(&center.data, row.no);
        let length = spawn_blocking(move || part::length(&path)).await;
        length
            .map_err(|_| Failure::BAD_REQUEST)?
            .map_err(StoreError::from)?
    };
    at(center, row, offset).await
}

/// The same when the length of its file is known.
pub(super) async fn at(center: &Arc<Center>, row: UploadRow, offset: u64) -> Result<Far, Failure> {
    let stored = if row.done {
        let here = center.store.read(move |tables| tables.media(row.media));
        let here = here.await?.filter(|here| here.sha256 == row.sha256);
        if here.is_none() {
            forget(center, row).await?;
            return Err(Failure::NOT_FOUND);
        }
        here.map(|here| here.verified)
    } else if offset >= row.bytes {
        Some(finish(center, row).await?)
    } else {
        None
    };
    Ok(Far {
        row,
        offset,
        stored,
    })
}

impl Far {
    /// What every answer about it says.
    pub(super) fn told(&self) -> Told {
        let told = Told::default()
            .offset(self.offset)
            .expires(self.row.expires);
        match self.stored {
            Some(verified) => told.stored(verified),
            None => told,
        }
    }
}
