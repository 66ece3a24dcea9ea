//! What a phone does next to get in step: events in, actions out. No clock, no network, no
//! database; the same decisions run on a phone and in the simulator.

use linli_protocol::limits::{MAX_PAGE, MIN_PAGE};

/// First and longest wait after a failure, milliseconds (DESIGN §4; jitter is added).
const BACKOFF_MS: (u64, u64) = (100, 30_000);
/// How long a phone at rest waits before it asks again, unless woken.
const REST_MS: u64 = 20_000;
/// Shortest wait after a failure that the link is not to blame for.
const OTHER_MS: u64 = 5_000;
/// Longest wait a center can ask for, seconds.
const BUSY_S: u32 = 600;
/// First page asked for: small enough for 2G, and one of three round trips to the largest.
const FIRST_PAGE: u32 = 64 * 1024;
/// An exchange that takes longer than this makes the next one smaller…
const SLOW_MS: u64 = 8_000;
/// …and one that is quicker makes it larger.
const QUICK_MS: u64 = 2_000;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    /// Something was written, the app came to the front, the network changed, somebody pulled
    /// the list down, or the rest is over.
    Begin,
    /// The center answered, and the answer is kept.
    Exchanged(Exchanged),
    /// Photos went as far as they go now.
    PhotosDone,
    /// The link gave out, or the center refused.
    Failed(Failure),
}

/// What an exchange brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Exchanged {
    /// The center has more operations.
    pub(crate) more: bool,
    /// The cursor moved, or an intent got its final verdict: asking again gets further.
    pub(crate) moved: bool,
    /// Intents still without a final verdict.
    pub(crate) waiting: bool,
    /// How long it took, milliseconds.
    pub(crate) took_ms: u64,
}

/// Why nothing came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The way to the center: trying again is cheap and may help at once.
    Link,
    /// The center or this phone: trying again soon won't help.
    Other,
    /// The center asked to wait so many seconds.
    Busy(u32),
}

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    /// `POST /v1/sync` with at most this many bytes each way.
    Exchange {
        /// Bytes before compression.
        page: u32,
    },
    /// Photos up, thumbnails down: after the records.
    Photos,
    /// Nothing, for so long or until something happens.
    Rest {
        /// Milliseconds.
        ms: u64,
    },
}

/// Decides what a phone does to get in step.
#[derive(Debug, Clone)]
pub(crate) struct Engine {
    page: u32,
    failures: u32,
    photo_failures: u32,
    /// Exchanges that go without photos, after photos failed more than once without getting any
    /// further: what breaks on a picture must not be tried again and again on the owner's data plan.
    without_photos: u32,
    /// What was asked for last.
    at_photos: bool,
}

impl Default for Engine {
    fn default() -> Self {
        Self {
            page: FIRST_PAGE,
            failures: 0,
            photo_failures: 0,
            without_photos: 0,
            at_photos: false,
        }
    }
}

impl Engine {
    /// What to do after `event`; `dice` is a random byte.
    pub(crate) fn handle(&mut self, event: Event, dice: u8) -> Action {
        let at_photos = std::mem::take(&mut self.at_photos);
        match event {
            Event::Begin => self.exchange(),
            Event::Exchanged(done) => {
                self.failures = 0;
                self.adapt(done);
                if done.moved && (done.more || done.waiting) {
                    self.exchange()
                } else if self.without_photos > 0 {
                    self.without_photos -= 1;
                    Action::Rest { ms: REST_MS }
                } else {
                    // Where nothing moves, asking again at once wouldn't help.
                    self.at_photos = true;
                    Action::Photos
                }
            }
            Event::PhotosDone => {
                self.photo_failures = 0;
                Action::Rest { ms: REST_MS }
            }
            Event::Failed(failure) => {
                let failures = if at_photos {
                    self.photo_failures = self.photo_failures.saturating_add(1);
                    self.without_photos = (1 << (self.photo_failures - 1).min(3)) - 1;
                    self.photo_failures
                } else {
                    self.failures = self.failures.saturating_add(1);
                    if failure == Failure::Link {
                        self.page = (self.page / 2).max(MIN_PAGE);
                    }
                    self.failures
                };
                let least = match failure {
                    Failure::Link => 0,
                    Failure::Other => OTHER_MS,
                    Failure::Busy(seconds) => u64::from(seconds.min(BUSY_S)) * 1_000,
                };
                Action::Rest {
                    ms: backoff(failures, dice).max(least),
                }
            }
        }
    }

    /// A piece of a photo arrived: what fails next is not what failed before.
    pub(crate) fn photos_moved(&mut self) {
        self.photo_failures = 0;
    }

    fn exchange(&self) -> Action {
        Action::Exchange { page: self.page }
    }

    fn adapt(&mut self, done: Exchanged) {
        if done.took_ms > SLOW_MS {
            self.page = (self.page / 2).max(MIN_PAGE);
        } else if done.took_ms < QUICK_MS && (done.more || done.waiting) {
            self.page = (self.page * 2).min(MAX_PAGE);
        }
    }
}

/// Doubles from the first wait to the longest, each 75 to 125 % of that: phones that lost
/// their center together don't come back together.
fn backoff(failures: u32, dice: u8) -> u64 {
    let (first, longest) = BACKOFF_MS;
    let doubled = first << (failures.saturating_sub(1)).min(16);
    let wait = doubled.min(longest);
    wait * 3 / 4 + wait * u64::from(dice) / 512
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(more: bool, moved: bool, waiting: bool, took_ms: u64) -> Event {
        Event::Exchanged(Exchanged {
            more,
            moved,
            waiting,
            took_ms,
        })
    }

    #[test]
    fn records_go_before_photos_and_then_it_rests() {
        let mut engine = Engine::default();
        assert!(matches!(
            engine.handle(Event::Begin, 0),
            Action::Exchange { .. }
        ));
        assert!(matches!(
            engine.handle(done(true, true, false, 10), 0),
            Action::Exchange { .. }
        ));
        assert!(matches!(
            engine.handle(done(false, true, true, 10), 0),
            Action::Exchange { .. }
        ));
        assert_eq!(
            engine.handle(done(false, true, false, 10), 0),
            Action::Photos
        );
        assert_eq!(
            engine.handle(Event::PhotosDone, 0),
            Action::Rest { ms: REST_MS }
        );
    }

    #[test]
    fn where_nothing_moves_it_does_not_ask_again() {
        let mut engine = Engine::default();
        engine.handle(Event::Begin, 0);
        assert_eq!(
            engine.handle(done(true, false, true, 10), 0),
            Action::Photos
        );
    }

    #[test]
    fn photos_that_fail_wait_longer_and_longer_and_records_go_on() {
        let mut engine = Engine::default();
        let calm = done(false, false, false, 10);
        let mut sent = Vec::new();
        let mut page = 0;
        for round in 0..60 {
            match engine.handle(Event::Begin, 0) {
                Action::Exchange { page: now } => page = now,
                other => panic!("{other:?}"),
            }
            if engine.handle(calm, 0) == Action::Photos {
                sent.push(round);
                engine.handle(Event::Failed(Failure::Link), 0);
            }
        }
        assert_eq!(sent, [0, 1, 3, 7, 15, 23, 31, 39, 47, 55]);
        assert_eq!(page, FIRST_PAGE, "a picture says nothing of the pages");
        for _ in 0..9 {
            engine.handle(Event::Begin, 0);
            if engine.handle(calm, 0) == Action::Photos {
                engine.handle(Event::PhotosDone, 0);
            }
        }
        engine.handle(Event::Begin, 0);
        assert_eq!(engine.handle(calm, 0), Action::Photos, "all is well again");
    }

    #[test]
    fn a_center_that_asks_to_wait_is_not_asked_before() {
        let mut engine = Engine::default();
        engine.handle(Event::Begin, 0);
        let wait = engine.handle(Event::Failed(Failure::Busy(30)), 0);
        assert_eq!(wait, Action::Rest { ms: 30_000 });
    }

    #[test]
    fn pages_follow_the_link_within_their_bounds() {
        let mut engine = Engine::default();
        let mut page = |event| match engine.handle(event, 0) {
            Action::Exchange { page } => page,
            _ => match engine.handle(Event::Begin, 0) {
                Action::Exchange { page } => page,
                other => panic!("{other:?}"),
            },
        };
        assert_eq!(page(Event::Begin), FIRST_PAGE);
        for _ in 0..5 {
            page(done(true, true, false, 100));
        }
        assert_eq!(page(Event::Begin), MAX_PAGE);
        assert_eq!(page(done(true, true, false, 20_000)), MAX_PAGE / 2);
        for _ in 0..9 {
            page(Event::Failed(Failure::Link));
        }
        assert_eq!(page(Event::Begin), MIN_PAGE);
        assert_eq!(
            page(Event::Failed(Failure::Other)),
            MIN_PAGE,
            "a refusal says nothing of the link"
        );
    }

    #[test]
    fn waits_grow_from_a_tenth_of_a_second_to_half_a_minute_and_differ() {
        let mut engine = Engine::default();
        let mut wait = |dice| match engine.handle(Event::Failed(Failure::Link), dice) {
            Action::Rest { ms } => ms,
            other => panic!("{other:?}"),
        };
        assert_eq!(wait(0), 75);
        assert_eq!(wait(128), 200);
        for _ in 0..30 {
            wait(0);
        }
        assert_eq!(wait(0), 22_500);
        assert!(wait(255) > 37_000);
        engine.handle(done(false, false, false, 1), 0);
        assert_eq!(
            engine.handle(Event::Failed(Failure::Link), 0),
            Action::Rest { ms: 75 }
        );
    }
}
