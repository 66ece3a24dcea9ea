//! Where photos come from. A picture enters as a file in the incoming folder; the page
//! only ever learns its name there.

use serde::Serialize;

#[cfg(desktop)]
mod dialog;
mod incoming;

#[cfg(desktop)]
pub(crate) use dialog::{SOURCES, pick};

/// A photo that lies in the incoming folder, ready for the field command that takes it in.
#[derive(Debug, Serialize)]
pub(crate) struct Picked {
    /// File name inside the incoming folder.
    pub(crate) file: String,
    /// `camera`, `album` or `share`: pictures from elsewhere are marked.
    pub(crate) source: &'static str,
}
