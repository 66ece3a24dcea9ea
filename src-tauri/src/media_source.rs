//! Where photos come from: the `MediaSource` seam. The phone names a file (command `take_media`
//! and [`linli_field::Phone::incoming_file`]), a source fills it, the command `import_media` takes
//! it in. A source may be killed with its file half written, or bring one after the app was
//! started anew: the phone deals with both.

//!
//! Another app may share pictures into this one: they wait, outside, until the page has a report
//! for them and picks them one by one.

use serde::{Deserialize, Serialize};

#[cfg(target_os = "android")]
mod android;
#[cfg(desktop)]
mod arguments;
#[cfg(desktop)]
mod dialog;
mod incoming;

#[cfg(target_os = "android")]
pub(crate) use android::{forget_shared, pick, shared};
#[cfg(desktop)]
pub(crate) use arguments::Arguments;
#[cfg(desktop)]
pub(crate) use dialog::{forget_shared, pick, shared};

/// So many pictures wait at most: a report takes no more. `Shared.kt` has the same number.
#[cfg(desktop)]
const MOST_SHARED: usize = 9;

/// Pictures that were shared into the app.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Shared {
    /// How many wait to be picked.
    pub(crate) waiting: u32,
    /// How many were too many.
    pub(crate) left_out: u32,
}

/// The photo lies where it was wanted, ready for the field command that takes it in.
#[derive(Debug, Serialize)]
pub(crate) struct Picked {
    /// `camera`, `album` or `share`: where it really came from, so that others can be marked.
    pub(crate) source: &'static str,
}
