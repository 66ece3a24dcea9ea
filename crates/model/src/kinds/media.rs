//! Photos as facts in a record: the hash of the finished picture and how it was taken. The
//! bytes travel apart.

use super::position::Position;
use crate::fields::Fields;
use crate::ids::MediaId;
use crate::value::Write;

/// What a record says of a photo.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// Given at capture.
    pub id: MediaId,
    /// SHA-256 of the finished JPEG.
    pub sha256: [u8; 32],
    /// Bytes of the finished JPEG.
    pub bytes: i64,
    /// Pixels.
    pub width: i64,
    /// Pixels.
    pub height: i64,
    /// When the shutter was pressed, milliseconds.
    pub taken_at: i64,
    /// `camera`, `album` or `share`.
    pub source: String,
    /// Where, when known.
    pub position: Option<Position>,
}

/// Reads the photos of a document.
pub fn read(fields: &Fields) -> Vec<Fact> {
    fields
        .keys("media")
        .into_iter()
        .filter_map(|key| {
            let at = |name: &str| format!("media/{key}/{name}");
            let prefix = format!("media/{key}/");
            let taken_at = fields.int(&at("taken_at"));
            Some(Fact {
                id: key.parse().ok()?,
                sha256: fields.get(&at("sha256")).bytes().try_into().ok()?,
                bytes: fields.int(&at("bytes")),
                width: fields.int(&at("width")),
                height: fields.int(&at("height")),
                taken_at,
                source: fields.text(&at("source")).to_owned(),
                position: super::position::point(fields, &prefix).map(|(lon, lat)| Position {
                    lon,
                    lat,
                    #[allow(clippy::cast_precision_loss, reason = "a small number")]
                    accuracy_m: fields
                        .get(&at("accuracy_dm"))
                        .int()
                        .map(|dm| dm as f64 / 10.0),
                    source: fields.text(&at("position_source")).to_owned(),
                    at: taken_at,
                    mocked: fields.get(&at("mocked")).is_true(),
                }),
            })
        })
        .collect()
}

impl Fact {
    /// The writes that put it into a record.
    pub fn writes(&self) -> Vec<Write> {
        let prefix = format!("media/{}/", self.id);
        let at = |name: &str| format!("{prefix}{name}");
        let mut writes = vec![
            Write::new(at("sha256"), self.sha256.to_vec()),
            Write::new(at("bytes"), self.bytes),
            Write::new(at("width"), self.width),
            Write::new(at("height"), self.height),
            Write::new(at("taken_at"), self.taken_at),
            Write::new(at("source"), self.source.as_str()),
        ];
        if let Some(position) = &self.position {
            writes.extend(position.writes(&prefix));
        }
        writes
    }
}
