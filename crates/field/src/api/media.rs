//! Photos: in as a file path, out as a thumbnail.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Position, Receipt};

/// Take in a file that a `MediaSource` put into the incoming folder.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ImportMedia {
    /// File name inside the incoming folder.
    pub file: String,
    /// `camera`, `album` or `share`: pictures from elsewhere are marked.
    pub source: String,
    /// Position at capture, when the user gave one.
    pub position: Option<Position>,
    /// When the shutter was pressed; now, when absent.
    pub taken_at: Option<i64>,
}

/// A photo.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MediaItem {
    /// Media id: show it with the photo scheme.
    pub id: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Bytes of the stored picture.
    pub bytes: u64,
    /// Bytes the center has so far.
    pub sent_bytes: u64,
    /// Where it is.
    pub receipt: Receipt,
    /// The picture is on this phone (else only its facts).
    pub here: bool,
    /// `camera`, `album` or `share`.
    pub source: String,
    /// When taken.
    pub taken_at: i64,
}

/// Which photo.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MediaId {
    /// Media id.
    pub id: String,
}
