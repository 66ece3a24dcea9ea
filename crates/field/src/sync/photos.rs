//! Photos, after the records: own ones up, others' thumbnails down. One photo's trouble never
//! holds up another's.

use std::io::Cursor;

use image::{ImageFormat, ImageReader};
use linli_model::ids::MediaId;
use linli_protocol::media::Stored;
use linli_store::{StoreError, Transaction, media, meta};

use super::wire::{Link, LinkError};
use super::{SyncError, order};
use crate::api::change::Topic;
use crate::media::vault::Piece;
use crate::phone::Phone;

/// Thumbnails fetched in one go; the rest follows with the next sync.
const THUMBS: u32 = 40;

/// Largest thumbnail that is kept, bytes and pixels a side; the center makes them of 320.
const MAX_THUMB: usize = 256 * 1024;
const MAX_THUMB_SIDE: u32 = 1_024;

/// States of own photos, as [`media::Photo::state`] has them.
const HERE: i64 = 0;
const SENDING: i64 = 1;
const VERIFIED: i64 = 2;
const STUCK: i64 = 3;
/// Refusals that another try won't change.
const LAST_WORDS: [&str; 3] = ["photo_mismatch", "photo_not_an_image", "too_large"];

/// Whether photos are sent over links that cost.
pub(crate) fn sends_metered(tx: &Transaction<'_>) -> Result<bool, StoreError> {
    Ok(meta::text(tx, "photos_metered")?.as_deref() != Some("off"))
}

/// Own photos up, then others' thumbnails down.
pub(crate) async fn both_ways(phone: &Phone, link: &Link) -> Result<(), SyncError> {
    upload(phone, link).await?;
    if phone
        .read(|tx, desk| Ok(order::stands(tx, &desk.session)?))
        .await?
    {
        return Ok(());
    }
    fetch(phone, link).await
}

/// Uploads own photos whose record the center has.
async fn upload(phone: &Phone, link: &Link) -> Result<(), SyncError> {
    // A phone that was shut out hands in what it has: no record is accepted from it any more.
    let (photos, leaving) = phone
        .read(|tx, desk| {
            let leaving = order::stands(tx, &desk.session)?;
            Ok((media::to_upload(tx, leaving)?, leaving))
        })
        .await?;
    for photo in photos {
        let id = photo.id;
        let jpeg = match phone
            .read(move |_, desk| desk.vault.read(id, Piece::Photo))
            .await
        {
            Ok(jpeg) => jpeg,
            Err(error) => {
                tracing::error!(code = error.code, "a photo can't be read");
                if matches!(error.code.as_str(), "not_found" | "photo_damaged") {
                    note(phone, id, STUCK).await?;
                }
                continue;
            }
        };
        note(phone, id, SENDING).await?;
        match link
            .put_jpeg::<Stored>(&format!("/v1/media/{id}"), jpeg)
            .await
        {
            // Verified by hash at the center, or it isn't sent.
            Ok(stored) if (stored.verified || leaving) && stored.sha256 == photo.sha256 => {
                note(phone, id, VERIFIED).await?;
            }
            Ok(_) => note(phone, id, HERE).await?,
            Err(LinkError::Refused(code)) => {
                tracing::warn!(code, "the center refused a photo");
                let last_word = LAST_WORDS.contains(&code.as_str());
                note(phone, id, if last_word { STUCK } else { HERE }).await?;
            }
            Err(error) => {
                // Honest receipts: what never got out is on this phone, not "sent".
                if matches!(&error, LinkError::Wire(wire) if wire.nothing_left())
                    || matches!(error, LinkError::Busy(_))
                {
                    note(phone, id, HERE).await?;
                }
                return Err(error.into());
            }
        }
    }
    Ok(())
}

/// Notes how far an own photo is, and tells the screens.
async fn note(phone: &Phone, id: MediaId, state: i64) -> Result<(), SyncError> {
    phone
        .transact(move |tx, _| Ok(media::set_state(tx, id, state)?))
        .await?;
    phone.recount();
    phone.tell(vec![Topic::Media, Topic::Outbox, Topic::Cases]);
    Ok(())
}

/// Fetches thumbnails of others' photos.
async fn fetch(phone: &Phone, link: &Link) -> Result<(), SyncError> {
    let wanted = phone
        .read(|tx, desk| Ok(media::to_fetch(tx, desk.now_ms, THUMBS)?))
        .await?;
    for id in wanted {
        match link.get(&format!("/v1/media/{id}?size=thumb")).await {
            Ok(thumb) if !is_thumb(&thumb) => {
                tracing::warn!("what the center sent is no thumbnail");
                phone
                    .transact(move |tx, desk| Ok(media::ask_later(tx, id, desk.now_ms)?))
                    .await?;
            }
            Ok(thumb) => {
                phone
                    .transact(move |tx, desk| {
                        desk.vault.write(id, Piece::Thumb, thumb)?;
                        Ok(media::set_here(tx, id)?)
                    })
                    .await?;
                phone.tell(vec![Topic::Media]);
            }
            Err(LinkError::Refused(_)) => {
                phone
                    .transact(move |tx, desk| Ok(media::ask_later(tx, id, desk.now_ms)?))
                    .await?;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Whether these bytes are a small picture: the screen unfolds what is kept here, and a few
/// kilobytes can claim to be gigabytes. Only the head is looked at.
fn is_thumb(bytes: &[u8]) -> bool {
    let reader = ImageReader::with_format(Cursor::new(bytes), ImageFormat::Jpeg);
    bytes.len() <= MAX_THUMB
        && reader
            .into_dimensions()
            .is_ok_and(|(width, height)| width.max(height) <= MAX_THUMB_SIDE)
}

#[cfg(test)]
mod tests;
