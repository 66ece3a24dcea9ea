//! Where photos come from: the `MediaSource` seam. The phone names a file (command `take_media`
//! and [`linli_field::Phone::incoming_file`]), a source fills it, the command `import_media` takes
//! it in. A source may be killed with its file half written, or bring one after the app was
//! started anew: the phone deals with both.

use serde::Serialize;

#[cfg(target_os = "android")]
mod android;
#[cfg(desktop)]
mod dialog;
mod incoming;

#[cfg(target_os = "android")]
pub(crate) use android::pick;
#[cfg(desktop)]
pub(crate) use dialog::pick;

/// The photo lies where it was wanted, ready for the field command that takes it in.
#[derive(Debug, Serialize)]
pub(crate) struct Picked {
    /// `camera` or `album`: where it really came from, so that others can be marked.
    pub(crate) source: &'static str,
}
