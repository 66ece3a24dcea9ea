//! Positions as fields: integers of 1e-7 degrees (about 1 cm), WGS-84.

use crate::fields::Fields;
use crate::value::Write;

/// A place on earth with how it was come by.
#[derive(Debug, Clone, PartialEq)]
pub struct Position {
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
    /// Radius in metres; none when a person tapped the map.
    pub accuracy_m: Option<f64>,
    /// `gnss`, `tap` or `building`.
    pub source: String,
    /// When the fix was taken, milliseconds.
    pub at: i64,
    /// The system said another app made it up.
    pub mocked: bool,
}

/// Degrees to 1e-7 degrees.
#[allow(
    clippy::cast_possible_truncation,
    reason = "a degree fits 32 bits at this scale"
)]
pub fn e7(degrees: f64) -> i64 {
    (degrees * 1e7).round() as i64
}

/// 1e-7 degrees to degrees.
#[allow(clippy::cast_precision_loss, reason = "far below 2^53")]
pub fn degrees(e7: i64) -> f64 {
    e7 as f64 / 1e7
}

/// A point from `lon_e7` and `lat_e7` under `prefix` (empty or `media/<id>/`).
pub fn point(fields: &Fields, prefix: &str) -> Option<(f64, f64)> {
    let lon = fields.get(&format!("{prefix}lon_e7")).int()?;
    let lat = fields.get(&format!("{prefix}lat_e7")).int()?;
    Some((degrees(lon), degrees(lat)))
}

impl Position {
    /// Reads the position of a case.
    pub fn of_case(fields: &Fields) -> Option<Self> {
        let (lon, lat) = point(fields, "")?;
        Some(Self {
            lon,
            lat,
            accuracy_m: fields.get("accuracy_dm").int().map(metres),
            source: fields.text("position_source").to_owned(),
            at: fields.int("position_at"),
            mocked: fields.get("mocked").is_true(),
        })
    }

    /// The fields that photos and cases share.
    pub(crate) fn writes(&self, prefix: &str) -> Vec<Write> {
        let mut writes = vec![
            Write::new(format!("{prefix}lon_e7"), e7(self.lon)),
            Write::new(format!("{prefix}lat_e7"), e7(self.lat)),
            Write::new(format!("{prefix}position_source"), self.source.as_str()),
        ];
        if let Some(accuracy) = self.accuracy_m {
            #[allow(clippy::cast_possible_truncation, reason = "an accuracy in decimetres")]
            writes.push(Write::new(
                format!("{prefix}accuracy_dm"),
                (accuracy * 10.0).round() as i64,
            ));
        }
        if self.mocked {
            writes.push(Write::new(format!("{prefix}mocked"), true));
        }
        writes
    }
}

#[allow(clippy::cast_precision_loss, reason = "a small number")]
fn metres(decimetres: i64) -> f64 {
    decimetres as f64 / 10.0
}

/// Packs an outline: pairs of little-endian 32-bit 1e-7 degrees.
pub fn pack(outline: &[[f64; 2]]) -> Vec<u8> {
    outline
        .iter()
        .flatten()
        .flat_map(|value| i32::try_from(e7(*value)).unwrap_or(i32::MAX).to_le_bytes())
        .collect()
}

/// Unpacks an outline; a torn tail is dropped.
pub fn unpack(bytes: &[u8]) -> Vec<[f64; 2]> {
    let number = |b: &[u8]| degrees(i64::from(i32::from_le_bytes([b[0], b[1], b[2], b[3]])));
    bytes
        .chunks_exact(8)
        .map(|pair| [number(&pair[..4]), number(&pair[4..])])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlines_round_trip_to_a_centimetre() {
        let outline = [[102.930_123_4, 29.870_000_1], [-1.5, -0.000_000_1]];
        assert_eq!(unpack(&pack(&outline)), outline);
        assert_eq!(unpack(&[1, 2, 3]), Vec::<[f64; 2]>::new());
    }
}
