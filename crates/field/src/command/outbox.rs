//! Receipts, and syncing when asked.

use linli_model::ids::{IntentId as Id, MediaId};
use linli_model::kind::Kind;
use linli_model::value::Write;
use linli_store::read::work;
use linli_store::{media, meta, outbox as store};

use crate::EdgeError;
use crate::api::Empty;
use crate::api::change::{Changed, Topic};
use crate::api::outbox::{IntentId, Outbox, OutboxItem, Typed};
use crate::api::start::SyncState;
use crate::desk::id;
use crate::error::Outcome;
use crate::media::capture::{Capture, item};
use crate::phone::Phone;
use crate::view;

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
            Ok(Outbox {
                sync: desk.sync.clone(),
                attention,
                items,
            })
        })
        .await
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

fn names(writes: &[Write], photo: MediaId) -> bool {
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
