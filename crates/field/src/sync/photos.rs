//! Photos, after the records: own ones up, others' thumbnails down. One photo's trouble never
//! holds up another's.

use linli_protocol::media::Stored;
use linli_store::media;

use super::SyncError;
use super::wire::{Link, LinkError};
use crate::api::change::Topic;
use crate::phone::Phone;

/// Thumbnails fetched in one go; the rest follows with the next sync.
const THUMBS: u32 = 40;

/// Own photos up, then others' thumbnails down.
pub(crate) async fn both_ways(phone: &Phone, link: &Link) -> Result<(), SyncError> {
    upload(phone, link).await?;
    fetch(phone, link).await
}

/// Uploads own photos whose record the center has.
async fn upload(phone: &Phone, link: &Link) -> Result<(), SyncError> {
    for photo in phone.read(|tx, _| Ok(media::to_upload(tx)?)).await? {
        let id = photo.id;
        let jpeg = match phone.read(move |_, desk| desk.vault.read(id, false)).await {
            Ok(jpeg) => jpeg,
            Err(error) => {
                tracing::error!(code = error.code, "a photo can't be read");
                continue;
            }
        };
        phone
            .transact(move |tx, _| Ok(media::set_state(tx, id, 1)?))
            .await?;
        phone.tell(vec![Topic::Media, Topic::Outbox]);
        match link
            .put_jpeg::<Stored>(&format!("/v1/media/{id}"), jpeg)
            .await
        {
            // Verified by hash at the center, or it isn't sent.
            Ok(stored) if stored.verified && stored.sha256 == photo.sha256 => {
                phone
                    .transact(move |tx, _| Ok(media::set_state(tx, id, 2)?))
                    .await?;
                phone.recount();
                phone.tell(vec![Topic::Media, Topic::Outbox, Topic::Cases]);
            }
            Ok(_) => tracing::warn!("the center has another picture under this id"),
            Err(LinkError::Refused(code)) => {
                tracing::warn!(code, "the center refused a photo");
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Fetches thumbnails of others' photos.
async fn fetch(phone: &Phone, link: &Link) -> Result<(), SyncError> {
    let wanted = phone.read(|tx, _| Ok(media::to_fetch(tx, THUMBS)?)).await?;
    for id in wanted {
        match link.get(&format!("/v1/media/{id}?size=thumb")).await {
            Ok(thumb) => {
                phone
                    .transact(move |tx, desk| {
                        desk.vault.write(id, true, &thumb)?;
                        Ok(media::set_here(tx, id)?)
                    })
                    .await?;
                phone.tell(vec![Topic::Media]);
            }
            // Not uploaded yet by its author: ask again with the next sync.
            Err(LinkError::Refused(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
