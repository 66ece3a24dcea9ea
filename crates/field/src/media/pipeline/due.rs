//! What becomes due by itself: pictures that a kill left are unfolded, those that have waited long
//! enough are finished, and the incoming folder is emptied of what nobody fetches.

use std::time::Duration;

use linli_store::media::{Photo, Stage, pending};

use super::{Capture, at_work, incoming};
use crate::api::change::Topic;
use crate::phone::Phone;

/// How long a photo waits for its position (DESIGN §6), milliseconds.
pub(super) const SETTLE_MS: i64 = 30_000;
/// How long until a camera that may still be open is looked at again, and a file that couldn't be
/// taken over.
const LOOK: Duration = Duration::from_secs(30);
/// How long the loop rests when it waits for nothing.
pub(super) const IDLE: Duration = Duration::from_secs(3_600);

/// Runs for ever: unfolds what a kill left, finishes what has waited long enough.
pub(crate) async fn keep_developing(phone: Phone) {
    loop {
        let rest = develop_due(&phone).await;
        tokio::select! {
            () = phone.inner.develop.notified() => {}
            () = tokio::time::sleep(rest) => {}
        }
    }
}

/// Does what can be done now; how long until there is more to do.
pub(crate) async fn develop_due(phone: &Phone) -> Duration {
    let mut rest = clear_incoming(phone).await;
    let unfinished = phone.read(|tx, _| Ok(pending::unfinished(tx)?)).await;
    for (photo, facts) in unfinished.unwrap_or_default() {
        let id = photo.id;
        let capture = Capture::read(&facts);
        if capture.unreadable.is_some() {
            continue;
        }
        let waits = waits_ms(&photo, &capture, phone.now_ms());
        if photo.stage == Stage::Taking {
            // A camera that is still open is looked at now and then.
            rest = rest.min(LOOK);
            continue;
        }
        if photo.stage == Stage::Working && waits > 0 {
            rest = rest.min(Duration::from_millis(waits.unsigned_abs()));
            continue;
        }
        let done = at_work(phone, move |room| {
            room.develop(id)?;
            if waits <= 0 {
                room.finish(id)?;
            }
            Ok(())
        })
        .await;
        phone.inner.shown.forget(id);
        if let Err(error) = done {
            tracing::error!(code = error.code, "a photo can't be finished yet");
            continue;
        }
        if waits > 0 {
            rest = rest.min(Duration::from_millis(waits.unsigned_abs()));
        }
        phone.tell(vec![Topic::Media]);
    }
    rest
}

/// Takes over what lies in the incoming folder and nobody fetches: the page that asked for it has
/// died, its photo was dropped meanwhile, or the disk was full when the app started. How long
/// until the next look.
async fn clear_incoming(phone: &Phone) -> Duration {
    let lying = incoming::files(&phone.inner.config.data_dir);
    if lying.is_empty() {
        return IDLE;
    }
    let done = at_work(phone, move |room| {
        let env = room.desk.env.clone();
        let mut rest = IDLE;
        for path in lying {
            let left = incoming::left_lying(&path, &room.store, &room.desk.vault, env.as_ref());
            match left {
                Ok(None) => {}
                Ok(Some(ms)) => rest = rest.min(Duration::from_millis(ms.unsigned_abs())),
                Err(error) => {
                    tracing::error!(code = error.code, "a file stays in the incoming folder");
                    rest = rest.min(LOOK);
                }
            }
        }
        Ok(rest)
    });
    // A phone that lost its key has nothing to encrypt with before it is enrolled again.
    done.await.unwrap_or(LOOK)
}

/// How long a photo still waits for its position, milliseconds. A clock that was set back must
/// not make it wait for a month.
fn waits_ms(photo: &Photo, capture: &Capture, now_ms: i64) -> i64 {
    let waited = now_ms.saturating_sub(photo.taken_at);
    if capture.settled || waited < 0 {
        return 0;
    }
    SETTLE_MS.saturating_sub(waited).max(0)
}
