//! How long people's data may be shown without having met the center (DESIGN §4.11): a phone
//! that nobody can reach must not stay a register of residents for ever. Reporting, the outbox
//! and the emergency telephones stay open.
//!
//! Counted is time that has really passed: while the app runs by a clock that can't be set, and
//! across a restart what the wall clock went forward, so that setting it back gains nothing.

use std::sync::{Mutex, PoisonError};

use linli_protocol::limits::{LEASE_EMERGENCY_S, LEASE_S};
use linli_store::read::work;
use linli_store::{Store, StoreError, Transaction, meta};

use crate::env::Env;

/// Milliseconds left, and the wall clock when that was noted.
const LEFT: &str = "lease_left_ms";
const NOTED: &str = "lease_noted_at";

/// What is left.
#[derive(Debug, Default)]
pub(crate) struct Lease {
    now: Mutex<Option<Running>>,
}

#[derive(Debug, Clone, Copy)]
struct Running {
    left_ms: i64,
    /// [`Env::elapsed_ms`] when that was left.
    since: u64,
}

impl Lease {
    /// Goes on after a start, with what was noted last.
    pub(crate) fn resume(&self, store: &Store, env: &dyn Env) -> Result<(), StoreError> {
        let wall = env.now_ms();
        let left_ms = store.read(|tx| {
            let noted = meta::number(tx, NOTED)?;
            if noted == 0 {
                return Ok::<_, StoreError>(i64::from(LEASE_S) * 1_000);
            }
            Ok(meta::number(tx, LEFT)?.saturating_sub((wall - noted).max(0)))
        })?;
        self.set(left_ms, env);
        Ok(())
    }

    /// Notes what is left, for the next start.
    pub(crate) fn note(&self, tx: &Transaction<'_>, env: &dyn Env) -> Result<(), StoreError> {
        match self.left_ms(env) {
            Some(left) => keep(tx, left, env.now_ms()),
            None => Ok(()),
        }
    }

    /// The center was met: how long it may be until the next time. Call [`Self::set`] with it
    /// once that is kept.
    pub(crate) fn renew(tx: &Transaction<'_>, now_ms: i64) -> Result<i64, StoreError> {
        let real = work::open_muster(tx)?.is_some_and(|muster| !muster.drill);
        let left_ms = i64::from(if real { LEASE_EMERGENCY_S } else { LEASE_S }) * 1_000;
        keep(tx, left_ms, now_ms)?;
        Ok(left_ms)
    }

    pub(crate) fn set(&self, left_ms: i64, env: &dyn Env) {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner) = Some(Running {
            left_ms,
            since: env.elapsed_ms(),
        });
    }

    /// Whether it has run out.
    pub(crate) fn is_over(&self, env: &dyn Env) -> bool {
        self.left_ms(env).is_some_and(|left| left <= 0)
    }

    fn left_ms(&self, env: &dyn Env) -> Option<i64> {
        let running = *self.now.lock().unwrap_or_else(PoisonError::into_inner);
        running.map(|Running { left_ms, since }| {
            let passed = env.elapsed_ms().saturating_sub(since);
            left_ms.saturating_sub(i64::try_from(passed).unwrap_or(i64::MAX))
        })
    }
}

fn keep(tx: &Transaction<'_>, left_ms: i64, now_ms: i64) -> Result<(), StoreError> {
    meta::set(tx, LEFT, left_ms)?;
    // 0 stands for never.
    meta::set(tx, NOTED, if now_ms == 0 { 1 } else { now_ms })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};

    use serde_json::{Value, json};

    use super::*;
    use crate::Phone;
    use crate::env::SystemEnv;
    use crate::trial::{config, enrolled_folder};

    const DAY: i64 = 86_400_000;

    /// Clocks that only the test moves.
    #[derive(Debug, Default)]
    struct Clocks {
        wall: AtomicI64,
        elapsed: AtomicI64,
    }

    impl Clocks {
        fn pass(&self, ms: i64) {
            self.wall.fetch_add(ms, Ordering::SeqCst);
            self.elapsed.fetch_add(ms, Ordering::SeqCst);
        }

        fn set_wall(&self, by_ms: i64) {
            self.wall.fetch_add(by_ms, Ordering::SeqCst);
        }
    }

    impl Env for Clocks {
        fn now_ms(&self) -> i64 {
            1_800_000_000_000 + self.wall.load(Ordering::SeqCst)
        }
        fn elapsed_ms(&self) -> u64 {
            self.elapsed.load(Ordering::SeqCst).unsigned_abs()
        }
        fn random(&self, buffer: &mut [u8]) {
            SystemEnv.random(buffer);
        }
    }

    async fn code(phone: &Phone, name: &str) -> Option<String> {
        phone.call(name, json!({})).await.err().map(|e| e.code)
    }

    async fn boot(phone: &Phone) -> Value {
        phone.call("status", json!({})).await.expect("status")["boot"].clone()
    }

    #[tokio::test]
    async fn after_a_week_people_are_hidden_and_ones_own_work_is_not() {
        let (folder, clocks) = (enrolled_folder(), std::sync::Arc::new(Clocks::default()));
        let config = || crate::PhoneConfig {
            env: clocks.clone(),
            ..config(folder.path())
        };
        let phone = Phone::open(config());
        clocks.pass(7 * DAY - 1);
        assert_eq!(boot(&phone).await, "ready");
        clocks.set_wall(-30 * DAY);
        clocks.pass(1);
        assert_eq!(
            boot(&phone).await,
            "lapsed",
            "setting the clock gains nothing"
        );
        for closed in ["today", "buildings", "notices"] {
            assert_eq!(code(&phone, closed).await.as_deref(), Some("lapsed"));
        }
        for open in ["outbox", "my_reports", "emergency", "sync"] {
            assert_eq!(code(&phone, open).await, None, "{open}");
        }
        let found = phone.call("emergency", json!({})).await.expect("phones");
        assert_eq!(found["can_start"], false);

        // The center is met.
        let left = phone
            .transact(|tx, desk| Ok(Lease::renew(tx, desk.now_ms)?))
            .await
            .expect("renewed");
        phone.inner.lease.set(left, clocks.as_ref());
        assert_eq!(boot(&phone).await, "ready");

        // Across a restart only the wall clock tells, and only forward.
        clocks.pass(2 * DAY);
        let shared = phone.inner.clone();
        phone
            .transact(move |tx, desk| Ok(shared.lease.note(tx, desk.env.as_ref())?))
            .await
            .expect("noted");
        drop(phone);
        clocks.set_wall(-DAY);
        let phone = Phone::open(config());
        clocks.pass(5 * DAY - 1);
        assert_eq!(boot(&phone).await, "ready");
        drop(phone);
        clocks.set_wall(2 * DAY);
        let phone = Phone::open(config());
        assert_eq!(boot(&phone).await, "lapsed");
    }
}
