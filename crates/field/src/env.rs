//! Time and randomness, passed in.

use std::sync::OnceLock;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// What the outside world gives a phone.
pub trait Env: Send + Sync + std::fmt::Debug {
    /// Wall clock, milliseconds since 1970; may be wrong by months.
    fn now_ms(&self) -> i64;
    /// A clock that only goes forward, milliseconds; only differences mean anything.
    fn elapsed_ms(&self) -> u64;
    /// Fills a buffer with secure randomness.
    fn random(&self, buffer: &mut [u8]);
}

/// The real one.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemEnv;

impl Env for SystemEnv {
    fn now_ms(&self) -> i64 {
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| {
                i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
            })
    }

    fn elapsed_ms(&self) -> u64 {
        static START: OnceLock<Instant> = OnceLock::new();
        let since = START.get_or_init(Instant::now).elapsed();
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    }

    fn random(&self, buffer: &mut [u8]) {
        // Without randomness no key and no id may be made: stopping is the only safe answer.
        #[allow(
            clippy::expect_used,
            reason = "an OS without randomness can't be worked on"
        )]
        getrandom::fill(buffer).expect("the system gives no randomness");
    }
}

/// An array of randomness.
pub(crate) fn random<const N: usize>(env: &dyn Env) -> [u8; N] {
    let mut bytes = [0; N];
    env.random(&mut bytes);
    bytes
}
