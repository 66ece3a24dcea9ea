//! Photos: in as a file, out as a picture of the wanted size.
//!
//! Taking one is three calls: [`TakeMedia`] names a file, a `MediaSource` (camera, album, file
//! dialog) fills it, [`ImportMedia`] takes it in. Until a report names it, it can be placed,
//! masked and dropped.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Position, Receipt};

/// Before a camera or an album opens: make room for a photo.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TakeMedia {
    /// `camera`, `album` or `share`.
    pub source: String,
    /// Position, when one is known already.
    pub position: Option<Position>,
}

/// The file is there: take it in.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ImportMedia {
    /// Media id, from [`TakeMedia`].
    pub id: String,
    /// What the source really was: `camera`, `album` or `share`. Pictures from elsewhere are
    /// marked, and placed by hand.
    pub source: String,
}

/// Say where a photo was taken, while no report names it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PlaceMedia {
    /// Media id.
    pub id: String,
    /// Where; none when it is not to be placed. One from satellites is taken only for photos of
    /// the own camera: where somebody stands now says nothing of an album's picture.
    pub position: Option<Position>,
    /// Where the camera looked, degrees from true north.
    pub direction: Option<f64>,
    /// A better position isn't coming: finish the photo now.
    pub settled: bool,
}

/// Make parts of a photo unrecognisable, for good, while no report names it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MaskMedia {
    /// Media id.
    pub id: String,
    /// Strokes of the brush.
    pub strokes: Vec<MaskStroke>,
}

/// One stroke of the brush over the upright picture.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MaskStroke {
    /// Where the finger went: shares (0 to 1) of the width from left and the height from top.
    pub points: Vec<[f64; 2]>,
    /// Half the brush's width as a share of the picture's long side.
    pub radius: f64,
}

/// A photo.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MediaItem {
    /// Media id: show it with the photo scheme.
    pub id: String,
    /// Pixels; 0 while the picture isn't unfolded.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Bytes of the finished picture; 0 before.
    pub bytes: u64,
    /// Bytes the center has so far.
    pub sent_bytes: u64,
    /// Where it is.
    pub receipt: Receipt,
    /// The picture or its thumbnail is on this phone (else only its facts).
    pub here: bool,
    /// Somebody else's, and the center didn't have it when it was asked.
    pub awaited: bool,
    /// Only the thumbnail is on this phone: the picture comes from the center when asked for.
    pub thinned: bool,
    /// It isn't finished yet: it waits for its position, or to be unfolded.
    pub processing: bool,
    /// Parts were made unrecognisable.
    pub masked: bool,
    /// Code of why its file can't be unfolded here. It is kept as it came; no report can name it.
    pub unreadable: Option<String>,
    /// `camera`, `album` or `share`.
    pub source: String,
    /// When taken, by the phone's clock.
    pub taken_at: i64,
    /// Among a report's photos: when the center received the record that names it. It was taken
    /// before that, whatever the phone's clock said.
    pub named_at: Option<i64>,
    /// Where taken, when known.
    pub position: Option<Position>,
}

/// Which photo.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MediaId {
    /// Media id.
    pub id: String,
}
