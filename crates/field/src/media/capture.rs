//! What is known of how a photo was taken, beside its pixels.

use linli_model::document::Document;
use linli_model::fields::Fields;
use linli_model::ids::DocId;
use linli_model::kinds::media::{self, Fact};
use linli_store::Transaction;
use linli_store::document::change_facts;
use linli_store::media::{self as rows, Photo, Stage};
use serde::{Deserialize, Serialize};

use crate::api::media::MediaItem;
use crate::api::{Position, Receipt};
use crate::error::Outcome;
use crate::locate::fix;

/// Kept beside a photo until a report names it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Capture {
    /// Where.
    pub position: Option<Position>,
    /// Where the camera looked, degrees from true north.
    #[serde(default)]
    pub direction: Option<f64>,
    /// A better position isn't coming.
    #[serde(default)]
    pub settled: bool,
    /// Parts were made unrecognisable.
    #[serde(default)]
    pub masked: bool,
    /// Why its file can't be unfolded. A camera's file is the only one there is: it is kept as it
    /// came until the person drops it.
    #[serde(default)]
    pub unreadable: Option<String>,
}

impl Capture {
    /// As it was kept; what can't be read is unknown.
    pub(crate) fn read(facts: &[u8]) -> Self {
        serde_json::from_slice(facts).unwrap_or_default()
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }
}

/// Whether a position may place a photo of this source. A picture from elsewhere is placed by
/// hand: where the person stands now is not where it was taken, and what its file says may be
/// anybody's.
pub(crate) fn may_place(source: &str, position: &Position) -> bool {
    source == "camera" || position.source != "gnss"
}

/// What a record says of a finished photo.
pub(crate) fn fact(photo: &Photo, capture: &Capture) -> Fact {
    Fact {
        id: photo.id,
        sha256: photo.sha256,
        bytes: photo.bytes,
        width: photo.width,
        height: photo.height,
        taken_at: photo.taken_at,
        source: photo.source.clone(),
        position: capture.position.as_ref().map(fix),
    }
}

/// A photo at the edge.
pub(crate) fn item(photo: &Photo, capture: &Capture) -> MediaItem {
    let receipt = match (photo.own, photo.state) {
        (false, _) | (true, 2) => Receipt::Accepted,
        (true, 1) => Receipt::Sent,
        (true, 3) => Receipt::Attention,
        _ => Receipt::Here,
    };
    let number = |value: i64| u32::try_from(value).unwrap_or(0);
    let size = u64::try_from(photo.bytes).unwrap_or(0);
    MediaItem {
        id: photo.id.to_string(),
        width: number(photo.width),
        height: number(photo.height),
        bytes: size,
        sent_bytes: if receipt == Receipt::Accepted {
            size
        } else {
            u64::try_from(photo.sent).unwrap_or(0).min(size)
        },
        receipt,
        here: photo.here,
        awaited: !photo.own && !photo.here && photo.asked > 0,
        thinned: photo.thinned,
        processing: photo.stage < Stage::Finished,
        masked: capture.masked,
        unreadable: capture.unreadable.clone(),
        source: photo.source.clone(),
        taken_at: photo.taken_at,
        named_at: None,
        position: capture.position.clone(),
    }
}

/// The photos of a record at the edge, with where the record says they were taken.
pub(crate) fn of_record(
    tx: &Transaction<'_>,
    doc: DocId,
    document: &Document,
    fields: &Fields,
) -> Outcome<Vec<MediaItem>> {
    let facts = media::read(fields);
    let photos = rows::of_doc(tx, doc)?;
    let items = photos.iter().map(|photo| {
        let said = facts.iter().find(|fact| fact.id == photo.id);
        let position = said
            .and_then(|fact| fact.position.as_ref())
            .map(|at| Position {
                lon: at.lon,
                lat: at.lat,
                accuracy_m: at.accuracy_m,
                source: at.source.clone(),
                at: at.at,
                mocked: at.mocked,
            });
        let capture = Capture {
            position,
            ..Capture::default()
        };
        let named = document.change_at(&format!("media/{}/sha256", photo.id));
        let named = named.map(|change| change_facts(tx, change)).transpose()?;
        Ok(MediaItem {
            named_at: named.flatten().and_then(|(received, _)| received),
            ..item(photo, &capture)
        })
    });
    items.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_from_elsewhere_is_placed_by_hand_only() {
        let at = |source: &str| Position {
            lon: 102.9,
            lat: 29.8,
            accuracy_m: None,
            source: source.into(),
            at: 0,
            mocked: false,
        };
        for (source, position, may) in [
            ("camera", "gnss", true),
            ("camera", "tap", true),
            ("album", "gnss", false),
            ("share", "gnss", false),
            ("album", "tap", true),
            ("share", "building", true),
        ] {
            assert_eq!(may_place(source, &at(position)), may, "{source} {position}");
        }
    }

    #[test]
    fn what_an_older_app_kept_is_read() {
        let capture = Capture::read(br#"{"position":null}"#);
        assert_eq!(capture, Capture::default());
        assert_eq!(Capture::read(b"?"), Capture::default());
    }
}
