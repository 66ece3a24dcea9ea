//! Receipts, and syncing when asked.

use linli_model::ids::{IntentId as Id, MediaId as PhotoId};
use linli_model::kind::Kind;
use linli_model::value::Write;
use linli_store::read::work;
use linli_store::{StoreError, Transaction, document, media, meta, outbox as store};

use crate::EdgeError;
use crate::api::Empty;
use crate::api::Receipt;
use crate::api::change::{Changed, Topic};
use crate::api::media::MediaId;
use crate::api::outbox::{IntentId, MissingPhoto, Outbox, OutboxItem, Typed};
use crate::api::start::SyncState;
use crate::desk::{Desk, id};
use crate::error::Outcome;
use crate::media::capture::{Capture, item};
use crate::phone::Phone;
use crate::view;

/// How long a photo may take before it is listed as missing: as long as the center waits
/// (its setting `photos_late_h`), milliseconds.
const LATE_MS: i64 = 86_400_000;

/// Everything written on this phone that still waits, and what was accepted lately.
pub(crate) async fn outbox(phone: &Phone, _: Empty) -> Outcome<Outbox> {
    phone
        .read(|tx, desk| {
            let (mut attention, mut items) = (Vec::new(), Vec::new());
            for line in store::lines(tx, 200)? {
                let target = line.intent.target.as_ref();
                let photos = match target {
                    Some(target) if matches!(target.kind, Kind::Case | Kind::Visit) => {
                        media::of_doc(tx, target.doc)?
                    }
                    _ => Vec::new(),
                };
                let drill = match target {
                    Some(target) if target.kind == Kind::Muster => {
                        // One that was given back is in no table: its own words tell.
                        starts_drill(&line.intent.writes)
                            || work::muster(tx, target.doc)?.is_some_and(|muster| muster.drill)
                    }
                    _ => false,
                };
                let back = line.state == store::State::Attention;
                let entry = OutboxItem {
                    intent: line.intent.id.to_string(),
                    action: line.intent.action.name().to_owned(),
                    doc: target.map_or(String::new(), |t| t.doc.to_string()),
                    kind: target.map_or("", |t| t.kind.name()).to_owned(),
                    about: line.about,
                    field: match line.intent.writes.as_slice() {
                        [only] => only.path.clone(),
                        _ => String::new(),
                    },
                    drill,
                    at: i64::try_from(line.intent.hlc.ms).unwrap_or(i64::MAX),
                    receipt: view::receipt(line.state),
                    problem: back.then(|| EdgeError {
                        code: line.code,
                        params: serde_json::from_str(&line.params)
                            .unwrap_or_else(|_| serde_json::json!({})),
                    }),
                    // A remark on the record brought none of its photos.
                    media: photos
                        .iter()
                        .filter(|photo| photo.own && names(&line.intent.writes, photo.id))
                        .map(|photo| item(photo, &Capture::default()))
                        .collect(),
                    typed: if back {
                        typed(&line.intent.writes)
                    } else {
                        Vec::new()
                    },
                };
                if back {
                    attention.push(entry)
                } else {
                    items.push(entry)
                }
            }
            let missing = media::missing(tx, desk.now_ms.saturating_sub(LATE_MS))?;
            Ok(Outbox {
                sync: desk.sync.clone(),
                attention,
                missing: (missing.into_iter())
                    .map(|one| absent(tx, desk, one))
                    .collect::<Outcome<_>>()?,
                items,
            })
        })
        .await
}

fn absent(tx: &Transaction<'_>, desk: &Desk, missing: media::Missing) -> Outcome<MissingPhoto> {
    let doc = missing.photo.doc;
    let photo = item(&missing.photo, &Capture::default());
    // A sealed report left this phone when the center had it; its photos are still sent.
    let kind = doc.map(|doc| document::kind(tx, doc)).transpose();
    let kind = match kind {
        Err(StoreError::NotFound) => None,
        kind => kind?,
    };
    let stuck = photo.receipt == Receipt::Attention;
    Ok(MissingPhoto {
        doc: doc.map_or(String::new(), |doc| doc.to_string()),
        kind: kind.map_or("", Kind::name).to_owned(),
        about: missing.about,
        stuck,
        damaged: stuck && is_damaged(desk, &missing.photo),
        photo,
    })
}

/// Whether a picture can't be read here any more; one that may be readable later is not.
fn is_damaged(desk: &Desk, photo: &media::Photo) -> bool {
    let read = desk.vault.read_whole(photo.id, &photo.sha256);
    read.is_err_and(|error| matches!(error.code.as_str(), "not_found" | "photo_damaged"))
}

/// Tries a photo again that the center refused or that couldn't be read.
pub(crate) async fn retry_media(phone: &Phone, request: MediaId) -> Outcome<Changed> {
    phone
        .transact(move |tx, _| Ok(media::try_again(tx, id(&request.id)?)?))
        .await?;
    phone.recount();
    phone.inner.wake.notify_one();
    Ok(Changed {
        topics: vec![Topic::Media, Topic::Outbox],
        ..Changed::default()
    })
}

fn typed(writes: &[Write]) -> Vec<Typed> {
    linli_model::typed::typed(writes)
        .into_iter()
        .map(|typed| Typed {
            path: typed.path.to_owned(),
            field: typed.field.to_owned(),
            text: typed.text.to_owned(),
        })
        .collect()
}

fn names(writes: &[Write], photo: PhotoId) -> bool {
    let entry = format!("media/{photo}/");
    writes.iter().any(|write| write.path.starts_with(&entry))
}

fn starts_drill(writes: &[Write]) -> bool {
    writes
        .iter()
        .any(|write| write.path == "drill" && write.value.is_true())
}

/// Puts a returned record aside, and what was done as one with it.
pub(crate) async fn discard(phone: &Phone, request: IntentId) -> Outcome<Changed> {
    phone
        .act(move |tx, _| {
            let intent: Id = id(&request.intent)?;
            store::discard(tx, intent)?;
            meta::keep_draft(tx, &format!("mend:{intent}"), None)?;
            Ok(Changed {
                topics: vec![Topic::Outbox],
                ..Changed::default()
            })
        })
        .await
}

/// Starts a sync and answers at once with how things stand; the rest comes as events.
pub(crate) async fn sync(phone: &Phone, _: Empty) -> Outcome<SyncState> {
    phone.resumed();
    Ok(phone.sync_state())
}

#[cfg(test)]
mod tests;
