//! Photos, after the records: own ones up, others' thumbnails down. One photo's trouble never
//! holds up another's.

pub(crate) mod pace;
mod thin;
mod upload;

use std::io::Cursor;

use image::{ImageFormat, ImageReader};
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

/// Whether photos are sent over links that cost.
pub(crate) fn sends_metered(tx: &Transaction<'_>) -> Result<bool, StoreError> {
    Ok(meta::text(tx, "photos_metered")?.as_deref() != Some("off"))
}

/// How far photos went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Went {
    /// As far as they go now.
    Through,
    /// A record was written meanwhile: it goes first.
    Aside,
}

/// Own photos up, then others' thumbnails down.
pub(crate) async fn both_ways(phone: &Phone, link: &Link) -> Result<Went, SyncError> {
    if upload::all(phone, link).await? == Went::Aside {
        return Ok(Went::Aside);
    }
    if phone
        .read(|tx, desk| Ok(order::stands(tx, &desk.session)?))
        .await?
    {
        return Ok(Went::Through);
    }
    fetch(phone, link).await?;
    thin::thin(phone).await?;
    Ok(Went::Through)
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
