//! Keeping in step with the center: records first, then photos. Runs by itself, wakes on
//! every change, and never holds up a screen.
//!
//! [`engine`] decides, this module performs, [`wire`] carries.

mod engine;
mod exchange;
mod hand_back;
mod https;
pub(crate) mod order;
pub(crate) mod photos;
mod repair;
mod tls;
mod unpack;
pub mod wire;

use std::time::Duration;

use linli_store::meta;

use crate::api::change::Topic;
use crate::api::start::SyncPhase;
use crate::error::Outcome;
use crate::phone::Phone;
use crate::{EdgeError, wipe};
pub(crate) use engine::Engine;
use engine::{Action, Event, Failure};
pub use https::Https;
use wire::{Link, LinkError, WireError};

/// Runs for ever.
pub(crate) async fn keep_in_step(phone: Phone) {
    loop {
        let rest = until_rest(&phone).await;
        tokio::select! {
            () = phone.inner.wake.notified() => {}
            () = tokio::time::sleep(rest) => {}
        }
    }
}

/// Gets in step as far as it goes now; how long to rest before the next try.
pub(crate) async fn until_rest(phone: &Phone) -> Duration {
    // One at a time, and with one memory of how the link behaves.
    let mut engine = phone.inner.engine.lock().await;
    // Before anything is asked of the center: what was begun, and what was ordered before a kill.
    if !wipe::go_on(phone).await {
        return Duration::from_millis(WIPE_AGAIN_MS);
    }
    if let Some(rest) = forgot(phone).await {
        return rest;
    }
    let mut event = Event::Begin;
    let mut begun = false;
    let lapsed = phone.lapsed();
    loop {
        let [dice] = phone.random::<1>();
        let action = engine.handle(event, dice);
        let done = match action {
            Action::Rest { ms } => {
                if lapsed != note_lease(phone).await {
                    phone.tell(Topic::ALL.to_vec());
                }
                return Duration::from_millis(ms);
            }
            Action::Exchange { page } => {
                let Some(link) = link(phone) else {
                    return Duration::from_millis(NOT_ENROLLED_MS);
                };
                if !begun {
                    begin(phone);
                    begun = true;
                }
                exchange::exchange(phone, &link, page)
                    .await
                    .map(Event::Exchanged)
            }
            Action::Photos => match link(phone) {
                Some(link) => photos::both_ways(phone, &link)
                    .await
                    .map(|went| match went {
                        photos::Went::Through => Event::PhotosDone,
                        photos::Went::Aside => Event::Begin,
                    }),
                None => Ok(Event::PhotosDone),
            },
        };
        event = match done {
            Ok(event) => {
                if event == Event::PhotosDone {
                    in_step(phone).await;
                }
                if let Some(rest) = forgot(phone).await {
                    return rest;
                }
                event
            }
            Err(error) => {
                if phone.inner.pace.has_moved() {
                    engine.photos_moved();
                }
                stopped(phone, error)
            }
        };
    }
}

/// Forgets everything if that is ordered and due; then, how long to rest.
async fn forgot(phone: &Phone) -> Option<Duration> {
    phone.state().session?;
    let done = order::obey(phone).await;
    if let Err(error) = &done {
        tracing::error!(code = error.code, "the order to forget");
    }
    // Begun is begun, whatever was in the way.
    let begun = phone.state().session.is_none();
    let rest = if done.is_ok() {
        NOT_ENROLLED_MS
    } else {
        WIPE_AGAIN_MS
    };
    begun.then(|| Duration::from_millis(rest))
}

/// Notes what is left of the lease, for a start after a kill; whether it has run out.
async fn note_lease(phone: &Phone) -> bool {
    let shared = phone.inner.clone();
    let noted = phone
        .transact(move |tx, desk| Ok(shared.lease.note(tx, desk.env.as_ref())?))
        .await;
    if let Err(error) = noted
        && error.code != "not_enrolled"
    {
        tracing::warn!(code = error.code, "the lease can't be noted");
    }
    phone.lapsed()
}

/// A phone that isn't enrolled is woken when it is.
const NOT_ENROLLED_MS: u64 = 3_600_000;
/// How soon a phone that couldn't be emptied tries again.
const WIPE_AGAIN_MS: u64 = 30_000;

fn link(phone: &Phone) -> Option<Link> {
    let session = phone.state().session?;
    let wire = phone.inner.config.wire.clone();
    Some(Link::new(wire, &session.address, session.pins()).with_token(&session.enrolled.token))
}

/// Gets bytes from the center at once, beside whatever sync runs.
pub(crate) async fn get(phone: &Phone, path: &str) -> Outcome<Vec<u8>> {
    let link = link(phone).ok_or_else(|| EdgeError::code("not_enrolled"))?;
    link.get(path).await.map_err(|error| match error {
        LinkError::Refused(code) => EdgeError::code(&code),
        _ => EdgeError::code("center_unreachable"),
    })
}

fn begin(phone: &Phone) {
    phone.update_sync(|state| {
        state.phase = SyncPhase::Syncing;
        state.received = 0;
    });
}

/// Why a sync stopped.
#[derive(Debug)]
pub(crate) enum SyncError {
    /// The way to the center.
    Link(LinkError),
    /// This phone.
    Phone(EdgeError),
}

impl From<LinkError> for SyncError {
    fn from(error: LinkError) -> Self {
        Self::Link(error)
    }
}

impl From<EdgeError> for SyncError {
    fn from(error: EdgeError) -> Self {
        Self::Phone(error)
    }
}

async fn in_step(phone: &Phone) {
    let noted = phone
        .transact(|tx, desk| Ok(meta::set(tx, "last_ok", desk.now_ms)?))
        .await;
    if let Err(error) = noted {
        tracing::warn!(%error, "the time of the sync can't be noted");
    }
    finish(phone, SyncPhase::Online, None);
}

fn stopped(phone: &Phone, error: SyncError) -> Event {
    let (phase, code, failure) = match error {
        SyncError::Link(LinkError::Wire(WireError::Unreachable | WireError::Broken)) => {
            (SyncPhase::Offline, None, Failure::Link)
        }
        SyncError::Link(LinkError::Wire(WireError::WrongCertificate)) => (
            SyncPhase::Failed,
            Some("center_wrong_certificate"),
            Failure::Other,
        ),
        SyncError::Link(LinkError::Busy(seconds)) => (
            SyncPhase::Failed,
            Some("center_refused"),
            Failure::Busy(seconds),
        ),
        SyncError::Link(LinkError::Refused(code)) => {
            tracing::warn!(code, "the center refused a sync");
            let code = match code.as_str() {
                "revoked" => "revoked",
                "enrol_again" => "enrol_again",
                _ => "center_refused",
            };
            (SyncPhase::Failed, Some(code), Failure::Other)
        }
        SyncError::Link(LinkError::Nonsense | LinkError::Wire(WireError::Misconfigured)) => {
            (SyncPhase::Failed, Some("center_refused"), Failure::Other)
        }
        SyncError::Phone(error) => {
            finish(phone, SyncPhase::Failed, Some(error));
            return Event::Failed(Failure::Other);
        }
    };
    finish(phone, phase, code.map(EdgeError::code));
    Event::Failed(failure)
}

fn finish(phone: &Phone, phase: SyncPhase, error: Option<EdgeError>) {
    phone.recount();
    phone.update_sync(|state| {
        state.phase = phase;
        state.error = error;
        state.received = 0;
    });
    phone.tell(vec![Topic::Outbox]);
}
