//! A whole photo becomes one of the center's.

use std::sync::Arc;

use axum::body::Bytes;
use axum::http::StatusCode;
use linli_model::actor::EnrolmentId;
use linli_model::ids::MediaId;

use super::admit;
use super::content::{Hash, clear};
use crate::center::{Center, Live};
use crate::failure::Failure;
use crate::store::{StoreError, Tables};

/// Bytes of a photo, whose hash is known.
pub(super) struct Whole {
    pub(super) id: MediaId,
    pub(super) sha256: [u8; 32],
    pub(super) jpeg: Bytes,
    pub(super) sender: EnrolmentId,
}

/// Just now a photo of the same content was erased.
const LATER: Failure = Failure::new(StatusCode::SERVICE_UNAVAILABLE, "internal").after(1);

/// How many contents were deleted, once this one isn't one of those that are to be.
async fn settled(center: &Arc<Center>, sha256: Hash) -> Result<u64, Failure> {
    let look = move |tables: Tables<'_>| Ok((tables.is_content_over(sha256)?, tables.deletions()?));
    let (over, deletions) = center.store.read(look).await?;
    if !over {
        return Ok(deletions);
    }
    let center = center.clone();
    let cleared = tokio::task::spawn_blocking(move || clear(&center.store, &center.contents));
    cleared.await.map_err(|_| LATER)??;
    Err(LATER)
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
    let now = center.now();
    let deletions = settled(center, sha256).await?;
    (center.contents.put(sha256, jpeg).await)
        .inspect_err(|error| center.store.room().note(error))?;
    let noted = center
        .store
        .write(move |turn| {
            let tables = turn.tables;
            // Deleted meanwhile, or about to be: what was put may be gone.
            if tables.is_content_over(sha256)? || tables.deletions()? != deletions {
                return Ok(Err(LATER));
            }
            let noted = match first(tables)? {
                Ok(()) => admit::note(tables, id, sha256, bytes, sender, now)?,
                Err(failure) => Err(failure),
            };
            let verified = match noted {
                Ok(verified) => verified,
                Err(failure) => {
                    // It was put before that was known, and is nobody's unless somebody else's too.
                    tables.content_lost(sha256)?;
                    return Ok(Err(failure));
                }
            };
            let doc = match tables.media_facts(id)?.first() {
                Some((no, _)) => tables.doc_by_no(*no)?,
                None => None,
            };
            Ok(Ok((verified, doc)))
        })
        .await?;
    if noted.is_err() {
        let center = center.clone();
        let cleared = tokio::task::spawn_blocking(move || clear(&center.store, &center.contents));
        // What can't be deleted now is by the next start.
        if let Ok(Err(error)) = cleared.await {
            tracing::warn!(%error, "a photo that is nobody's stays for now");
        }
    }
    let (verified, doc) = noted?;
    if let Some(doc) = doc {
        center.tell(Live::Case(doc.id));
    }
    Ok(verified)
}
