//! Slows down whoever guesses: failures per address, forgotten with time.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// Failures an address may have within [`WINDOW_MS`], when nothing else is said.
const MOST: u32 = 10;
const WINDOW_MS: i64 = 60_000;
/// Addresses remembered; beyond that the oldest window goes.
const ADDRESSES: usize = 10_000;

/// Failures by address.
pub(crate) struct Limiter {
    most: u32,
    seen: Mutex<HashMap<IpAddr, (i64, u32)>>,
}

impl Default for Limiter {
    fn default() -> Self {
        Self::of(MOST)
    }
}

impl Limiter {
    /// One that lets so many failures pass.
    pub(crate) fn of(most: u32) -> Self {
        Self {
            most,
            seen: Mutex::default(),
        }
    }

    /// Seconds to wait, when the address has failed too often.
    pub(crate) fn wait(&self, address: IpAddr, now: i64) -> Option<u32> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let (start, failures) = *seen.get(&address)?;
        let left = start + WINDOW_MS - now;
        (failures >= self.most && left > 0).then(|| u32::try_from(left / 1000 + 1).unwrap_or(60))
    }

    /// Counts a failure.
    pub(crate) fn failed(&self, address: IpAddr, now: i64) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= ADDRESSES && !seen.contains_key(&address) {
            seen.retain(|_, (start, _)| *start + WINDOW_MS > now);
            if seen.len() >= ADDRESSES {
                seen.clear();
            }
        }
        let entry = seen.entry(address).or_insert((now, 0));
        if entry.0 + WINDOW_MS <= now {
            *entry = (now, 0);
        }
        entry.1 += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_failures_a_minute_and_then_a_pause() {
        let limiter = Limiter::default();
        let here = IpAddr::from([127, 0, 0, 1]);
        for _ in 0..MOST {
            assert_eq!(limiter.wait(here, 1_000), None);
            limiter.failed(here, 1_000);
        }
        assert_eq!(limiter.wait(here, 31_000), Some(31));
        assert_eq!(limiter.wait(IpAddr::from([10, 0, 0, 1]), 31_000), None);
        assert_eq!(limiter.wait(here, 61_000), None);
    }
}
