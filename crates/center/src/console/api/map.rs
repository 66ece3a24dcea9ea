//! The schematic map: outlines that need no tiles and no licence.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An outline with a name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Shape {
    /// Place document.
    pub id: String,
    /// `grid`, `estate`, `building`, `water` or `road`.
    pub kind: String,
    /// Name.
    pub name: String,
    /// Division code of the org node it belongs to.
    pub org: String,
    /// `[lon, lat]` pairs: a ring, or a line for roads and water.
    pub line: Vec<[f64; 2]>,
}

/// A point with a name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Spot {
    /// Document.
    pub id: String,
    /// `shelter`, `hazard` or `case`.
    pub kind: String,
    /// Name; category code of a case.
    pub name: String,
    /// Urgency of a case, else 0.
    pub urgency: u8,
    /// Division code of the org node it belongs to.
    pub org: String,
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
}

/// A map.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct MapData {
    /// Outlines.
    pub shapes: Vec<Shape>,
    /// Points.
    pub spots: Vec<Spot>,
    /// Open cases that have no position, and so are not on the map.
    pub unplaced: u32,
    /// Open cases beyond the most that a map takes.
    pub left_out: u32,
}
