//! Keeping in step with the center: records first, then photos. Runs by itself, wakes on
//! every change, and never holds up a screen.

pub(crate) mod http;
mod photos;
mod round;
mod tls;

use std::time::Duration;

use linli_store::meta;

use crate::EdgeError;
use crate::api::change::Topic;
use crate::api::start::SyncPhase;
use crate::phone::Phone;
use http::{Link, LinkError};

/// How long a phone at rest waits before it asks again, unless woken.
const REST: Duration = Duration::from_secs(20);
/// First and longest wait after a failure (DESIGN §4; jitter is added).
const BACKOFF: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(30));

/// Runs for ever.
pub(crate) async fn keep_in_step(phone: Phone) {
    let mut failures = 0_u32;
    loop {
        if phone.state().session.is_some() {
            failures = if once(&phone).await {
                0
            } else {
                failures.saturating_add(1)
            };
        }
        let wait = if failures == 0 {
            REST
        } else {
            backoff(&phone, failures)
        };
        tokio::select! {
            () = phone.inner.wake.notified() => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
}

fn backoff(phone: &Phone, failures: u32) -> Duration {
    let wait = BACKOFF
        .0
        .saturating_mul(1 << failures.min(10))
        .min(BACKOFF.1);
    let [dice] = phone.random::<1>();
    wait.mul_f64(0.75 + f64::from(dice) / 512.0)
}

/// One attempt to get in step. True when it succeeded.
pub(crate) async fn once(phone: &Phone) -> bool {
    let _only_one = phone.inner.syncing.lock().await;
    let Some(session) = phone.state().session else {
        return false;
    };
    phone.update_sync(|state| {
        state.phase = SyncPhase::Syncing;
        state.received = 0;
    });
    let outcome = async {
        let link = Link::new(&session.address, session.pins())?.with_token(&session.enrolled.token);
        round::records(phone, &link).await?;
        photos::upload(phone, &link).await?;
        photos::fetch(phone, &link).await
    }
    .await;
    finish(phone, outcome).await
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

async fn finish(phone: &Phone, outcome: Result<(), SyncError>) -> bool {
    let (phase, error) = match outcome {
        Ok(()) => (SyncPhase::Online, None),
        Err(SyncError::Link(LinkError::Unreachable | LinkError::Broken)) => {
            (SyncPhase::Offline, None)
        }
        Err(SyncError::Link(LinkError::WrongCertificate)) => (
            SyncPhase::Failed,
            Some(EdgeError::code("center_wrong_certificate")),
        ),
        Err(SyncError::Link(LinkError::Refused(code))) => {
            tracing::warn!(code, "the center refused a sync");
            let code = if code == "revoked" {
                "revoked"
            } else {
                "center_refused"
            };
            (SyncPhase::Failed, Some(EdgeError::code(code)))
        }
        Err(SyncError::Link(LinkError::Nonsense)) => {
            (SyncPhase::Failed, Some(EdgeError::code("center_refused")))
        }
        Err(SyncError::Phone(error)) => (SyncPhase::Failed, Some(error)),
    };
    let ok = phase == SyncPhase::Online;
    if ok {
        let noted = phone
            .transact(|tx, desk| Ok(meta::set(tx, "last_ok", desk.now_ms)?))
            .await;
        if let Err(error) = noted {
            tracing::warn!(%error, "the time of the sync can't be noted");
        }
    }
    phone.recount();
    phone.update_sync(|state| {
        state.phase = phase;
        state.error = error;
        state.received = 0;
    });
    phone.tell(vec![Topic::Outbox]);
    ok
}
