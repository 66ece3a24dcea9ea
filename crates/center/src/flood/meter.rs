//! A budget of calls for each token that is somebody's.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::limits::Limits;

/// Tokens remembered; beyond that those at rest go.
const TOKENS: usize = 100_000;

/// For each token the time, milliseconds, at which its whole budget will be there again.
#[derive(Default)]
pub(crate) struct Meter {
    full_at: Mutex<HashMap<[u8; 32], i64>>,
}

impl Meter {
    /// Spends one call of a token: whether it may, or how many seconds it has to wait. None when
    /// the token was not met before.
    pub(crate) fn spend(
        &self,
        token: &[u8; 32],
        limits: &Limits,
        now: i64,
    ) -> Option<Result<(), u32>> {
        let mut all = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        all.get_mut(token).map(|full_at| take(full_at, limits, now))
    }

    /// Notes that a token is somebody's; the call that showed it is the first one spent.
    pub(crate) fn know(&self, token: [u8; 32], limits: &Limits, now: i64) {
        let mut all = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= TOKENS {
            all.retain(|_, full_at| *full_at > now);
            if all.len() >= TOKENS {
                all.clear();
            }
        }
        let _first = take(all.entry(token).or_insert(now), limits, now);
    }
}

fn take(full_at: &mut i64, limits: &Limits, now: i64) -> Result<(), u32> {
    let each = 1_000 / i64::from(limits.calls_per_second.max(1));
    let budget = each * i64::from(limits.calls.max(1));
    // Never beyond an empty budget: the clock may have been set back.
    *full_at = (*full_at).clamp(now, now.saturating_add(budget));
    let left = *full_at + each - now.saturating_add(budget);
    if left > 0 {
        return Err(u32::try_from(left / 1_000 + 1).unwrap_or(1));
    }
    *full_at += each;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_is_spent_at_once_and_comes_back_with_time() {
        let limits = Limits {
            calls: 3,
            calls_per_second: 2,
            ..Limits::default()
        };
        let (meter, token) = (Meter::default(), [1; 32]);
        assert_eq!(meter.spend(&token, &limits, 0), None);
        meter.know(token, &limits, 0);
        let spend = |now| meter.spend(&token, &limits, now).expect("known");
        assert_eq!([spend(0), spend(0)], [Ok(()), Ok(())]);
        assert_eq!(spend(0), Err(1));
        assert_eq!([spend(499), spend(500)], [Err(1), Ok(())]);
        // Set back by a day, the clock costs nobody more than a budget.
        assert_eq!(spend(-86_400_000), Err(1));
        assert_eq!(spend(-86_400_000 + 500), Ok(()));
    }
}
