//! Where photos come from. A picture enters as a file in the incoming folder; the page
//! only ever learns its name there.

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

/// A photo that lies in the incoming folder, ready for the field command that takes it in.
#[derive(Debug, Serialize)]
pub(crate) struct Picked {
    /// File name inside the incoming folder.
    pub(crate) file: String,
    /// `camera` or `album`: where it really came from, so that others can be marked.
    pub(crate) source: &'static str,
}
