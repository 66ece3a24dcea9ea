//! Actors and clocks: who wrote a change, and the order of one device's own actions.

use std::fmt;

use minicbor::{Decode, Encode};

/// What the center issues for one person on one device; the first half of its actors.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Encode, Decode)]
#[cbor(transparent)]
pub struct EnrolmentId(#[cbor(with = "minicbor::bytes")] pub [u8; 8]);

impl EnrolmentId {
    /// The center's own hand, for documents it writes itself.
    pub const CENTER: Self = Self(*b"center00");
}

impl fmt::Display for EnrolmentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for EnrolmentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EnrolmentId({self})")
    }
}

/// An Automerge actor: enrolment ‖ counter. A fresh actor needs no registration, and every
/// change names its author.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Actor {
    /// Whose.
    pub enrolment: EnrolmentId,
    /// A new one where the last can't be used (an edit at older heads, a rebase).
    pub counter: u32,
}

impl Actor {
    /// The 12 bytes Automerge sees.
    pub fn to_bytes(self) -> [u8; 12] {
        let mut bytes = [0; 12];
        bytes[..8].copy_from_slice(&self.enrolment.0);
        bytes[8..].copy_from_slice(&self.counter.to_be_bytes());
        bytes
    }

    /// From the bytes in a change; none for a genesis actor (16 bytes) or a stranger's.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (enrolment, counter) = bytes.split_first_chunk::<8>()?;
        Some(Self {
            enrolment: EnrolmentId(*enrolment),
            counter: u32::from_be_bytes(counter.try_into().ok()?),
        })
    }
}

/// Hybrid logical clock of one device. Orders that device's own intents and is never merged
/// from others: a wrong clock stays its owner's problem.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(array)]
pub struct Hlc {
    /// Milliseconds since 1970 as this device believes, never going back.
    #[n(0)]
    pub ms: u64,
    /// Tie-breaker within a millisecond, or while the wall clock stands behind.
    #[n(1)]
    pub count: u32,
}

impl Hlc {
    /// The next reading, given the wall clock.
    pub fn tick(self, wall_ms: u64) -> Self {
        if wall_ms > self.ms {
            Self {
                ms: wall_ms,
                count: 0,
            }
        } else {
            Self {
                ms: self.ms,
                count: self.count.saturating_add(1),
            }
        }
    }

    /// Seconds, as Automerge stores a change's time.
    pub fn seconds(self) -> i64 {
        i64::try_from(self.ms / 1000).unwrap_or(i64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actors_round_trip_and_genesis_actors_are_nobody() {
        let actor = Actor {
            enrolment: EnrolmentId([9; 8]),
            counter: 258,
        };
        assert_eq!(Actor::from_bytes(&actor.to_bytes()), Some(actor));
        assert_eq!(actor.to_bytes()[8..], [0, 0, 1, 2]);
        assert_eq!(Actor::from_bytes(&[1; 16]), None);
        assert_eq!(Actor::from_bytes(&[1; 3]), None);
    }

    #[test]
    fn the_clock_never_goes_back() {
        let start = Hlc {
            ms: 1_000,
            count: 0,
        };
        let next = start.tick(400);
        assert!(next > start);
        assert!(next.tick(400) > next);
        assert_eq!(
            next.tick(2_000),
            Hlc {
                ms: 2_000,
                count: 0
            }
        );
    }
}
