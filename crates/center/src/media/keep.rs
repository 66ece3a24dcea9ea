//! A whole photo becomes one of the center's.

use std::sync::Arc;

use linli_model::actor::EnrolmentId;
use linli_model::ids::MediaId;

use super::admit;
use super::file::{keep, path};
use crate::center::{Center, Live};
use crate::failure::Failure;
use crate::store::{StoreError, Tables};

/// Bytes of a photo, whose hash is known.
pub(super) struct Whole {
    pub(super) id: MediaId,
    pub(super) sha256: [u8; 32],
    pub(super) jpeg: Vec<u8>,
    pub(super) sender: EnrolmentId,
}

/// Keeps a photo; whether it is verified. `first` has the writer's turn before anything is noted,
/// and may say no.
pub(super) async fn whole(
    center: &Arc<Center>,
    whole: Whole,
    first: impl FnOnce(Tables<'_>) -> Result<Result<(), Failure>, StoreError> + Send + 'static,
) -> Result<bool, Failure> {
    let Whole {
        id,
        sha256,
        jpeg,
        sender,
    } = whole;
    let bytes = jpeg.len() as u64;
    let fits = center
        .store
        .read(move |tables| admit::fits(tables, id, sha256, sender));
    fits.await??;
    let (data, now) = (center.data.clone(), center.now());
    tokio::task::spawn_blocking(move || keep(&path(&data, id), &jpeg))
        .await
        .map_err(|_| Failure::BAD_REQUEST)?
        .map_err(StoreError::from)
        .inspect_err(|error| center.store.room().note(error))?;
    let (verified, doc) = center
        .store
        .write(move |turn| {
            let tables = turn.tables;
            if let Err(failure) = first(tables)? {
                return Ok(Err(failure));
            }
            let verified = match admit::note(tables, id, sha256, bytes, sender, now)? {
                Ok(verified) => verified,
                Err(failure) => return Ok(Err(failure)),
            };
            let doc = match tables.media_facts(id)?.first() {
                Some((no, _)) => tables.doc_by_no(*no)?,
                None => None,
            };
            Ok(Ok((verified, doc)))
        })
        .await??;
    if let Some(doc) = doc {
        center.tell(Live::Case(doc.id));
    }
    Ok(verified)
}
