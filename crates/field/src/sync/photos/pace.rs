//! How many bytes of a photo go in one request. The center keeps what came of a broken one, so a
//! piece only bounds how long a record that was just written has to wait, and how often the screen
//! hears how far a photo is.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// The first piece: three seconds on a link of 40 KB a second.
const FIRST: usize = 128 * 1024;
const LEAST: usize = 16 * 1024;
const MOST: usize = 1024 * 1024;
/// A piece that was quicker makes the next one twice as large…
const QUICK_MS: u64 = 1_000;
/// …and one that was slower half.
const SLOW_MS: u64 = 6_000;

/// The size of pieces on the link as it was last.
#[derive(Debug)]
pub(crate) struct Pace {
    piece: AtomicUsize,
    /// A piece arrived since that was asked.
    moved: AtomicBool,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            piece: AtomicUsize::new(FIRST),
            moved: AtomicBool::new(false),
        }
    }
}

impl Pace {
    /// Bytes of the next piece.
    pub(crate) fn piece(&self) -> usize {
        self.piece.load(Ordering::Relaxed)
    }

    /// A piece of so many bytes took so long.
    pub(crate) fn took(&self, bytes: usize, ms: u64) {
        self.moved.store(true, Ordering::Relaxed);
        let piece = self.piece();
        let next = if ms > SLOW_MS {
            piece / 2
        } else if ms < QUICK_MS && bytes >= piece {
            piece * 2
        } else {
            return;
        };
        self.piece.store(next.clamp(LEAST, MOST), Ordering::Relaxed);
    }

    /// Whether a piece arrived since this was asked last.
    pub(crate) fn has_moved(&self) -> bool {
        self.moved.swap(false, Ordering::Relaxed)
    }

    /// The link broke.
    pub(crate) fn broke(&self) {
        let next = (self.piece() / 2).max(LEAST);
        self.piece.store(next, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_follow_the_link_within_their_bounds() {
        let pace = Pace::default();
        pace.took(10, 1);
        assert_eq!(pace.piece(), FIRST, "a small rest says nothing");
        for _ in 0..9 {
            pace.took(pace.piece(), 100);
        }
        assert_eq!(pace.piece(), MOST);
        pace.took(MOST, 3_000);
        assert_eq!(pace.piece(), MOST);
        pace.took(MOST, 20_000);
        assert_eq!(pace.piece(), MOST / 2);
        for _ in 0..9 {
            pace.broke();
        }
        assert_eq!(pace.piece(), LEAST);
    }
}
