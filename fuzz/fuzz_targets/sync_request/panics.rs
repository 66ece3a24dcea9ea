//! Telling panics apart. Automerge may panic on bytes that make no sense: the gate catches that.
//! A panic in our own code is a fault, caught or not.

use std::panic;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// Panics in the engine so far.
pub(crate) static IN_THE_ENGINE: AtomicU64 = AtomicU64::new(0);
/// Where our own code panicked.
static OURS: Mutex<Option<String>> = Mutex::new(None);

/// Folders of the engine's crates.
const ENGINE: [&str; 2] = ["/automerge-", "/hexane-"];

/// Replaces the fuzzer's hook, which ends the process at any panic.
pub(crate) fn count_quietly() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        if ENGINE.iter().any(|folder| place.contains(folder)) {
            IN_THE_ENGINE.fetch_add(1, Ordering::Relaxed);
        } else if let Ok(mut ours) = OURS.lock() {
            ours.get_or_insert(format!("{place}: {info}"));
        }
    }));
}

/// Where our own code panicked, if it did.
pub(crate) fn ours() -> Option<String> {
    OURS.lock().ok().and_then(|mut ours| ours.take())
}

/// Ends the process so that the fuzzer keeps the input.
pub(crate) fn fail(why: &str) -> ! {
    eprintln!("FAULT: {why}");
    std::process::abort()
}
