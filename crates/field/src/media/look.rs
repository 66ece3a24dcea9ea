//! A picture to be looked at: from this phone, else from the center.

use linli_model::ids::MediaId;
use linli_picture::THUMB_SIDE;
use linli_store::media;
use sha2::{Digest, Sha256};

use super::vault::Piece;
use crate::EdgeError;
use crate::error::Outcome;
use crate::phone::Phone;
use crate::sync;

/// A picture as JPEG, at least `width` pixels wide where it is that large. One that isn't here is
/// fetched and kept; where there is no link, the thumbnail has to do.
///
/// # Errors
/// `not_found` when there is nothing to show; `locked` behind the lock.
pub(crate) async fn look(phone: &Phone, id: MediaId, width: u32) -> Outcome<Vec<u8>> {
    let vault = phone
        .state()
        .vault
        .ok_or_else(|| EdgeError::code("not_enrolled"))?;
    if phone.state().locked || phone.lapsed() {
        // Only what is being reported just now; that works behind the lock too.
        let own = phone.read(move |tx, _| {
            let photo = media::get(tx, id)?;
            Ok(photo.own && photo.doc.is_none())
        });
        if !own.await? {
            return Err(EdgeError::code("locked"));
        }
    }
    if width <= THUMB_SIDE {
        if let Some(shown) = phone.inner.shown.get(id) {
            return Ok(shown);
        }
        let age = phone.inner.shown.age();
        let bytes = blocking(move || vault.read(id, Piece::Thumb)).await?;
        phone.inner.shown.keep(id, &bytes, age);
        return Ok(bytes);
    }
    let here = {
        let vault = vault.clone();
        blocking(move || {
            vault
                .read(id, Piece::Photo)
                .or_else(|_| vault.read(id, Piece::Working))
        })
        .await
    };
    if here.is_ok() {
        return here;
    }
    match fetch(phone, id).await {
        Ok(bytes) => Ok(bytes),
        Err(error) => {
            tracing::debug!(code = error.code, "the full picture isn't to be had now");
            blocking(move || vault.largest(id)).await
        }
    }
}

/// The finished picture from the center. It allows that to whoever may read the record; that it
/// is the right one, the record's hash says.
async fn fetch(phone: &Phone, id: MediaId) -> Outcome<Vec<u8>> {
    let photo = phone.read(move |tx, _| Ok(media::get(tx, id)?)).await?;
    // What the center hasn't got, or was never finished, isn't asked for.
    if photo.doc.is_none() || photo.own && photo.state != 2 {
        return Err(EdgeError::code("not_found"));
    }
    let bytes = sync::get(phone, &format!("/v1/media/{id}")).await?;
    if <[u8; 32]>::from(Sha256::digest(&bytes)) != photo.sha256 {
        return Err(EdgeError::code("photo_damaged"));
    }
    let kept = bytes.clone();
    let keep = phone.transact(move |tx, desk| {
        desk.vault.write(id, Piece::Photo, kept)?;
        Ok(media::set_thinned(tx, id, false)?)
    });
    if let Err(error) = keep.await {
        // It can be shown all the same.
        tracing::warn!(code = error.code, "a picture can't be kept");
    }
    Ok(bytes)
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Outcome<T> + Send + 'static,
) -> Outcome<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| EdgeError::code("internal"))?
}
