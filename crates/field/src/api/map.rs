//! The schematic map: outlines that need no tiles and no licence.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An outline with a name.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Shape {
    /// Document id or grid code.
    pub id: String,
    /// `grid`, `building`, `estate`, `water`, `road`.
    pub kind: String,
    /// Name.
    pub name: String,
    /// `[lon, lat]` pairs, closed or a line.
    pub line: Vec<[f64; 2]>,
    /// Belongs to the own area.
    pub own: bool,
}

/// A point with a name.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Spot {
    /// Document id.
    pub id: String,
    /// `shelter`, `hazard`, `shop` or `case`.
    pub kind: String,
    /// Name, or category code of a case.
    pub name: String,
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
}

/// The map of the own area.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MapData {
    /// Outlines.
    pub shapes: Vec<Shape>,
    /// Points.
    pub spots: Vec<Spot>,
}
