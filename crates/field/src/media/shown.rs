//! Pictures that were shown lately, decrypted: a list that scrolls asks for the same ones again.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use linli_model::ids::MediaId;

/// Thumbnails weigh about 12 KB: this holds some 300 of them, bytes.
const MOST_BYTES: usize = 4 * 1024 * 1024;

/// Least recently shown go first. Only thumbnails: a full picture is looked at once.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    kept: Mutex<VecDeque<(MediaId, Vec<u8>)>>,
    /// Counts what was forgotten: a picture that was read before that may be of before.
    forgotten: AtomicU64,
}

impl Shown {
    /// A picture shown lately.
    pub(crate) fn get(&self, id: MediaId) -> Option<Vec<u8>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let at = kept.iter().position(|(known, _)| *known == id)?;
        let entry = kept.remove(at)?;
        let bytes = entry.1.clone();
        kept.push_back(entry);
        Some(bytes)
    }

    /// To be asked before a picture is read that is to be kept.
    pub(crate) fn age(&self) -> u64 {
        self.forgotten.load(Ordering::SeqCst)
    }

    /// Keeps a picture, unless one was forgotten since it had this `age`.
    pub(crate) fn keep(&self, id: MediaId, bytes: &[u8], age: u64) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if self.age() != age {
            return;
        }
        kept.retain(|(known, _)| *known != id);
        kept.push_back((id, bytes.to_vec()));
        let mut sum: usize = kept.iter().map(|(_, bytes)| bytes.len()).sum();
        while sum > MOST_BYTES
            && let Some((_, gone)) = kept.pop_front()
        {
            sum -= gone.len();
        }
    }

    /// A picture changed.
    pub(crate) fn forget(&self, id: MediaId) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        self.forgotten.fetch_add(1, Ordering::SeqCst);
        kept.retain(|(known, _)| *known != id);
    }

    /// Nothing may stay in memory.
    pub(crate) fn clear(&self) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        self.forgotten.fetch_add(1, Ordering::SeqCst);
        kept.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_shown_longest_ago_goes_first() {
        let shown = Shown::default();
        let id = |n: u8| MediaId::from_bytes([n; 16]);
        let third = vec![0; MOST_BYTES / 3];
        for n in 1..=3 {
            shown.keep(id(n), &third, shown.age());
        }
        assert!(shown.get(id(1)).is_some());
        shown.keep(id(4), &third, 0);
        assert!(shown.get(id(2)).is_none(), "2 was not shown since");
        assert!(shown.get(id(1)).is_some() && shown.get(id(4)).is_some());
        // Read before it was masked, kept after: it would show what was covered.
        let before = shown.age();
        shown.forget(id(1));
        shown.keep(id(1), b"unmasked", before);
        assert!(shown.get(id(1)).is_none());
        shown.clear();
        assert!(shown.get(id(4)).is_none());
    }
}
