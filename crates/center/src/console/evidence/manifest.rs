//! `manifest.json`: what a bundle holds, and what it should hold and doesn't. Times are UTC;
//! people are ids, so that the file names nobody to whom it is passed on.

use serde::Serialize;

use crate::console::api::cases::Place;

/// Says how to read it.
pub(super) const FORMAT: &str = "linli-evidence-1";
/// Its bytes never came.
pub(super) const NOT_ARRIVED: &str = "not_arrived";
/// Its bytes came, and are no longer there, or no longer what they were.
pub(super) const DAMAGED: &str = "damaged";

/// The whole.
#[derive(Debug, Serialize)]
pub(super) struct Manifest {
    pub(super) format: &'static str,
    /// Name of the center.
    pub(super) center: String,
    pub(super) case: About,
    /// The steps of the case, in order.
    pub(super) events: Vec<Event>,
    pub(super) generated_at: String,
    /// Person id.
    pub(super) generated_by: String,
    pub(super) photos: Vec<Picture>,
    /// Photos of the record that are not in the bundle.
    pub(super) missing: Vec<Missing>,
}

/// Which case it is.
#[derive(Debug, Serialize)]
pub(super) struct About {
    pub(super) id: String,
    pub(super) no: String,
    pub(super) category: String,
    /// In Chinese.
    pub(super) category_name: String,
    pub(super) received_at: String,
}

/// A step.
#[derive(Debug, Serialize)]
pub(super) struct Event {
    pub(super) id: String,
    /// State it led to.
    pub(super) to: String,
    pub(super) reason: String,
    /// Person id.
    pub(super) by: Option<String>,
    /// By its author's clock.
    pub(super) at: String,
    /// By the center's.
    pub(super) received_at: Option<String>,
}

/// A photo.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Picture {
    /// Its name in the bundle.
    pub(super) file: String,
    pub(super) media_id: String,
    pub(super) sha256: String,
    pub(super) bytes: i64,
    /// By the phone's clock; of one that the camera didn't take, when it was put into the record.
    pub(super) taken_at: String,
    /// `camera`, `album` or `share`.
    pub(super) source: String,
    /// Person id of who put it into the record.
    pub(super) by: Option<String>,
    pub(super) position: Option<Position>,
    /// When the center received the record with the hash.
    pub(super) recorded_at: String,
    /// When the center received the bytes.
    pub(super) arrived_at: Option<String>,
    #[serde(skip)]
    pub(super) content: [u8; 32],
}

/// Where it was taken, WGS-84.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Position {
    lon: f64,
    lat: f64,
    accuracy_m: Option<f64>,
    /// `gnss`, `tap` or `building`.
    source: String,
    /// The phone's system said that another app made it up.
    mocked: bool,
}

impl Position {
    pub(super) fn of(place: Place) -> Self {
        Self {
            lon: place.lon,
            lat: place.lat,
            accuracy_m: place.accuracy_m,
            source: place.source,
            mocked: place.mocked,
        }
    }
}

/// A photo that isn't in the bundle, with the hash by which it can be known should it turn up.
#[derive(Debug, Serialize)]
pub(super) struct Missing {
    why: &'static str,
    media_id: String,
    sha256: String,
    bytes: i64,
    taken_at: String,
    recorded_at: String,
}

impl Missing {
    pub(super) fn new(picture: Picture, why: &'static str) -> Self {
        Self {
            why,
            media_id: picture.media_id,
            sha256: picture.sha256,
            bytes: picture.bytes,
            taken_at: picture.taken_at,
            recorded_at: picture.recorded_at,
        }
    }
}
