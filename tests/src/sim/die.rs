//! Chance and time, both from the seed.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use linli_center::World;
use linli_field::Env;
use rand::rngs::ChaCha8Rng;
use rand::{Rng, RngExt, SeedableRng};

use super::death::copy_after_death;

/// A source of chance that several parts may share.
#[derive(Debug, Clone)]
pub(super) struct Die(Arc<Mutex<ChaCha8Rng>>);

impl Die {
    /// Chance for one part of one run: parts don't disturb each other's luck.
    pub(super) fn new(seed: u64, part: &str) -> Self {
        let salt = part.bytes().fold(seed, |salt, byte| {
            salt.wrapping_mul(0x0100_0000_01b3) ^ u64::from(byte)
        });
        Self(Arc::new(Mutex::new(ChaCha8Rng::seed_from_u64(salt))))
    }

    /// True `percent` times in a hundred.
    pub(super) fn chance(&self, percent: u32) -> bool {
        self.below(100) < percent as usize
    }

    /// A number from 0 to `limit` - 1; 0 for a limit of 0.
    pub(super) fn below(&self, limit: usize) -> usize {
        if limit == 0 {
            return 0;
        }
        self.rng().random_range(0..limit)
    }

    /// One of several.
    pub(super) fn pick<'a, T>(&self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }

    pub(super) fn fill(&self, bytes: &mut [u8]) {
        self.rng().fill_bytes(bytes);
    }

    fn rng(&self) -> std::sync::MutexGuard<'_, ChaCha8Rng> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The time that is right, milliseconds.
#[derive(Debug, Clone)]
pub(super) struct Clock(Arc<AtomicI64>);

impl Clock {
    pub(super) fn at(ms: i64) -> Self {
        Self(Arc::new(AtomicI64::new(ms)))
    }

    pub(super) fn now(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }

    pub(super) fn pass(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

/// What a simulated phone or center is given: a clock that may be off, its own luck, and
/// sometimes a death.
#[derive(Debug, Clone)]
pub(super) struct Sky {
    clock: Clock,
    off: Arc<AtomicI64>,
    die: Die,
    doom: Arc<Mutex<Doom>>,
}

/// When a phone dies, and where what is on its disk at that moment goes. A phone looks at its
/// clock before each transaction, so that counting looks falls between any two commits.
#[derive(Debug, Default)]
struct Doom {
    looks_left: Option<usize>,
    from: PathBuf,
    to: PathBuf,
    struck: Option<Result<(), String>>,
}

impl Sky {
    pub(super) fn new(clock: Clock, die: Die) -> Self {
        Self {
            clock,
            off: Arc::default(),
            die,
            doom: Arc::default(),
        }
    }

    /// Sets the clock wrong by so many milliseconds.
    pub(super) fn set_off(&self, ms: i64) {
        self.off.store(ms, Ordering::SeqCst);
    }

    /// The phone in `from` dies at its `looks`th look at the clock, unless that never comes;
    /// its disk as of then is copied to `to`.
    pub(super) fn doom(&self, looks: usize, from: &Path, to: &Path) {
        *self.the_doom() = Doom {
            looks_left: Some(looks),
            from: from.to_owned(),
            to: to.to_owned(),
            struck: None,
        };
    }

    /// Whether it struck, and how the copy went; the next life begins without one.
    pub(super) fn struck(&self) -> Option<Result<(), String>> {
        let mut doom = self.the_doom();
        doom.struck
            .is_some()
            .then(|| std::mem::take(&mut *doom))?
            .struck
    }

    /// Takes a doom away that has not struck.
    pub(super) fn spare(&self) {
        self.the_doom().looks_left = None;
    }

    /// The phone is dead: what its program still does reaches nobody.
    pub(super) fn has_struck(&self) -> bool {
        self.the_doom().struck.is_some()
    }

    /// Copies what is on a disk after a death of a kind that chance decides.
    pub(super) fn copy_after_death(&self, from: &Path, to: &Path) -> Result<(), String> {
        copy_after_death(from, to, &self.die)
    }

    fn the_doom(&self) -> std::sync::MutexGuard<'_, Doom> {
        self.doom.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn look(&self) {
        let mut doom = self.the_doom();
        match doom.looks_left {
            Some(0) if doom.struck.is_none() => {
                doom.struck = Some(copy_after_death(&doom.from, &doom.to, &self.die));
            }
            Some(left) => doom.looks_left = Some(left.saturating_sub(1)),
            None => {}
        }
    }
}

impl Env for Sky {
    fn now_ms(&self) -> i64 {
        self.look();
        self.clock.now() + self.off.load(Ordering::SeqCst)
    }

    fn elapsed_ms(&self) -> u64 {
        u64::try_from(self.clock.now()).unwrap_or(0)
    }

    fn random(&self, buffer: &mut [u8]) {
        self.die.fill(buffer);
    }
}

impl World for Sky {
    fn now(&self) -> i64 {
        self.clock.now()
    }

    fn random(&self, bytes: &mut [u8]) {
        self.die.fill(bytes);
    }
}
