//! Own photos to the center, in pieces (tus 1.0.0). What has arrived is asked of the center, never
//! remembered: a kill, a new token and a restart at either end cost at most a piece.

use linli_model::ids::MediaId;
use linli_store::media::{self, Photo};
use linli_store::outbox;

use super::{Went, sends_metered};
use crate::api::change::Topic;
use crate::error::Outcome;
use crate::phone::Phone;
use crate::sync::wire::{Far, Link, LinkError};
use crate::sync::{SyncError, order};

/// States of own photos, as [`Photo::state`] has them.
pub(super) const HERE: i64 = 0;
pub(super) const SENDING: i64 = 1;
pub(super) const VERIFIED: i64 = 2;
pub(super) const STUCK: i64 = 3;
/// Refusals that another try won't change.
const LAST_WORDS: [&str; 3] = ["photo_mismatch", "photo_not_an_image", "too_large"];
/// Refusals that say that the center knows better how far it is: it is asked.
const ASK_AGAIN: [&str; 4] = [
    "upload_offset",
    "upload_expired",
    "upload_damaged",
    "not_found",
];
/// How often it is asked in one go: two phones of one id, or a center that forgets, must not keep
/// this one busy.
const MOST_ASKS: u32 = 3;

/// Uploads own photos whose record the center has.
pub(super) async fn all(phone: &Phone, link: &Link) -> Result<Went, SyncError> {
    // A phone that was shut out hands in what it has: no record is accepted from it any more.
    let (photos, leaving, metered) = phone
        .read(|tx, desk| {
            let leaving = order::stands(tx, &desk.session)?;
            Ok((media::to_upload(tx, leaving)?, leaving, sends_metered(tx)?))
        })
        .await?;
    let waits = phone.is_metered() && !metered && !leaving;
    phone.photos_wait(waits && !photos.is_empty());
    if waits {
        return Ok(Went::Through);
    }
    // What the center hasn't answered for before doesn't hold photos up; what is written now does.
    let yields = !leaving && !is_record_waiting(phone).await?;
    let mut busy = None;
    for photo in photos {
        if yields && is_record_waiting(phone).await? {
            return Ok(Went::Aside);
        }
        let jpeg = match read(phone, &photo).await {
            Ok(jpeg) => jpeg,
            Err(error) => {
                tracing::error!(code = error.code, "a photo can't be read");
                if matches!(error.code.as_str(), "not_found" | "photo_damaged") {
                    note(phone, photo.id, STUCK, 0).await?;
                }
                continue;
            }
        };
        match one(phone, link, &photo, &jpeg, (leaving, yields)).await {
            Ok(Went::Through) => {}
            Ok(Went::Aside) => return Ok(Went::Aside),
            Err(SyncError::Link(LinkError::Refused(code))) => {
                tracing::warn!(code, "the center refused a photo");
                let last_word = LAST_WORDS.contains(&code.as_str());
                note(phone, photo.id, if last_word { STUCK } else { HERE }, 0).await?;
            }
            // One that was shut out hands in what the center still takes; what it doesn't holds
            // up nothing else.
            Err(SyncError::Link(LinkError::Busy(seconds))) if leaving => {
                note(phone, photo.id, HERE, 0).await?;
                busy = Some(seconds);
            }
            Err(error) => {
                phone.inner.pace.broke();
                let sent = sent(phone, photo.id).await?;
                // Honest receipts: what never got out is on this phone, not "sent".
                if sent == 0
                    && let SyncError::Link(error) = &error
                    && (matches!(error, LinkError::Wire(wire) if wire.nothing_left())
                        || matches!(error, LinkError::Busy(_)))
                {
                    note(phone, photo.id, HERE, 0).await?;
                }
                return Err(error);
            }
        }
    }
    match busy {
        Some(seconds) => Err(LinkError::Busy(seconds).into()),
        None => Ok(Went::Through),
    }
}

/// The finished picture, as its record says it is.
async fn read(phone: &Phone, photo: &Photo) -> Outcome<Vec<u8>> {
    let (id, sha256) = (photo.id, photo.sha256);
    phone
        .read(move |_, desk| desk.vault.read_whole(id, &sha256))
        .await
}

/// One photo, from where it is to its end.
async fn one(
    phone: &Phone,
    link: &Link,
    photo: &Photo,
    jpeg: &[u8],
    (leaving, yields): (bool, bool),
) -> Result<Went, SyncError> {
    let pace = &phone.inner.pace;
    let begun = photo.state == SENDING;
    if !begun {
        note(phone, photo.id, SENDING, 0).await?;
    }
    let mut asks = 0;
    // Where something may have arrived already, that is asked first.
    let mut far = if begun {
        ask(link, photo, jpeg.len(), &[]).await?
    } else {
        let first = &jpeg[..jpeg.len().min(pace.piece())];
        timed(phone, first.len(), ask(link, photo, jpeg.len(), first)).await?
    };
    while far.verified.is_none() {
        let at = usize::try_from(far.offset).unwrap_or(usize::MAX);
        if at >= jpeg.len() {
            return Err(LinkError::Nonsense.into());
        }
        note(phone, photo.id, SENDING, far.offset).await?;
        if yields && is_record_waiting(phone).await? {
            return Ok(Went::Aside);
        }
        let piece = &jpeg[at..jpeg.len().min(at + pace.piece())];
        let sending = link.go_on_uploading(photo.id, far.offset, piece.to_vec());
        far = match timed(phone, piece.len(), sending).await {
            Ok(next) if next.offset > far.offset => next,
            Ok(_) => return Err(LinkError::Nonsense.into()),
            Err(LinkError::Refused(code))
                if ASK_AGAIN.contains(&code.as_str()) && asks < MOST_ASKS =>
            {
                asks += 1;
                ask(link, photo, jpeg.len(), &[]).await?
            }
            Err(error) => return Err(error.into()),
        };
    }
    // Verified by hash at the center, or it isn't sent.
    if far.verified == Some(true) || leaving {
        note(phone, photo.id, VERIFIED, far.offset).await?;
    } else {
        note(phone, photo.id, HERE, far.offset).await?;
    }
    Ok(Went::Through)
}

async fn ask(link: &Link, photo: &Photo, whole: usize, first: &[u8]) -> Result<Far, LinkError> {
    link.begin_upload(photo.id, &photo.sha256, whole, first.to_vec())
        .await
}

/// Takes the time of a piece of so many bytes.
async fn timed(
    phone: &Phone,
    bytes: usize,
    sending: impl Future<Output = Result<Far, LinkError>>,
) -> Result<Far, LinkError> {
    let clock = &phone.inner.config.env;
    let begun = clock.elapsed_ms();
    let far = sending.await?;
    let took = clock.elapsed_ms().saturating_sub(begun);
    phone.inner.pace.took(bytes, took);
    Ok(far)
}

/// Something was written that the center hasn't seen.
async fn is_record_waiting(phone: &Phone) -> Outcome<bool> {
    phone
        .read(|tx, desk| Ok(!outbox::unsent(tx, desk.now_ms, 1, usize::MAX)?.is_empty()))
        .await
}

async fn sent(phone: &Phone, id: MediaId) -> Outcome<i64> {
    phone.read(move |tx, _| Ok(media::get(tx, id)?.sent)).await
}

/// Notes how far an own photo is, and tells the screens.
async fn note(phone: &Phone, id: MediaId, state: i64, sent: u64) -> Outcome<()> {
    phone
        .transact(move |tx, _| {
            media::set_sent(tx, id, sent)?;
            Ok(media::set_state(tx, id, state)?)
        })
        .await?;
    phone.recount();
    phone.tell(vec![Topic::Media, Topic::Outbox, Topic::Cases]);
    Ok(())
}
