//! Whether a photo may come in, and what it is once it has.

use axum::http::StatusCode;
use linli_model::actor::EnrolmentId;
use linli_model::ids::MediaId;

use crate::failure::Failure;
use crate::store::{EnrolmentRow, MediaRow, StoreError, Tables};

/// Photos of one device that no record names: more would be storing things here.
const MOST_UNCLAIMED: (u64, u64) = (200, 400 * 1024 * 1024);
/// The same of one that was shut out.
const MOST_OF_REVOKED: (u64, u64) = (60, 120 * 1024 * 1024);

pub(super) const NOT_JPEG: Failure =
    Failure::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "photo_not_an_image");
pub(super) const MISMATCH: Failure = Failure::new(StatusCode::CONFLICT, "photo_mismatch");
/// It passes once records have come.
const FULL: Failure = Failure::new(StatusCode::SERVICE_UNAVAILABLE, "photo_unclaimed").after(600);

/// Whether bytes of this hash may become that photo. `Some` when they are here already: whether
/// they are verified.
pub(super) fn fits(
    tables: Tables<'_>,
    id: MediaId,
    sha256: [u8; 32],
    sender: EnrolmentId,
) -> Result<Result<Option<bool>, Failure>, StoreError> {
    let facts = tables.media_facts(id)?;
    let named = facts.iter().any(|(_, hash)| *hash == sha256);
    if !facts.is_empty() && !named {
        return Ok(Err(MISMATCH));
    }
    Ok(match tables.media(id)? {
        Some(here) if here.sha256 == sha256 => Ok(Some(here.verified)),
        // What somebody else sent goes only when a record says that it is another.
        Some(here) if here.verified || (!named && here.enrolment != Some(sender)) => Err(MISMATCH),
        _ => Ok(None),
    })
}

/// Whether a device may send a photo that isn't here yet, as far as room goes.
pub(super) fn has_room(
    tables: Tables<'_>,
    id: MediaId,
    row: &EnrolmentRow,
) -> Result<Result<(), Failure>, StoreError> {
    if !tables.media_facts(id)?.is_empty() {
        return Ok(Ok(()));
    }
    let (count, bytes) = tables.unclaimed(row.id)?;
    let most = if row.revoked {
        MOST_OF_REVOKED
    } else {
        MOST_UNCLAIMED
    };
    Ok(if count >= most.0 || bytes >= most.1 {
        Err(FULL)
    } else {
        Ok(())
    })
}

/// Notes a photo whose bytes are kept; whether it is verified. Judged once more, in the writer's
/// turn: a record, or another photo, may have come meanwhile.
pub(super) fn note(
    tables: Tables<'_>,
    id: MediaId,
    sha256: [u8; 32],
    bytes: u64,
    sender: EnrolmentId,
    now: i64,
) -> Result<Result<bool, Failure>, StoreError> {
    match fits(tables, id, sha256, sender)? {
        Err(failure) => return Ok(Err(failure)),
        Ok(Some(verified)) => return Ok(Ok(verified)),
        Ok(None) => {}
    }
    // What fits and has a record is what the record names.
    let verified = !tables.media_facts(id)?.is_empty();
    let row = MediaRow {
        sha256,
        bytes,
        verified,
        enrolment: Some(sender),
        received_at: now,
    };
    let before = tables.media(id)?;
    tables.set_media(id, &row)?;
    if let Some(before) = before {
        tables.content_lost(before.sha256)?;
    }
    Ok(Ok(verified))
}
