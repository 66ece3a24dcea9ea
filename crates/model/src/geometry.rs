//! Where a point lies: in which grid, next to which building, how sure one can be.
//!
//! Points are WGS-84 `[longitude, latitude]` in degrees, as a phone's receiver gives them.
//! Whether a point is inside is decided on those numbers exactly; distances are taken in metres
//! on a plane laid at the point.

pub mod buildings;
pub mod compass;
pub mod grids;
pub mod plane;
pub mod ring;

pub use buildings::{BuildingIndex, Nearby};
pub use compass::Compass;
pub use grids::{Certainty, GridIndex, Located};
pub use plane::Plane;
pub use ring::{Ring, RingError};

/// A WGS-84 position, `[longitude, latitude]` in degrees.
pub type LonLat = [f64; 2];

/// Metres between two positions, good to 0.1 % over distances up to 10 km.
pub fn distance_m(a: LonLat, b: LonLat) -> f64 {
    let middle = [(a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0];
    let plane = Plane::at(middle);
    let ([ax, ay], [bx, by]) = (plane.to_metres(a), plane.to_metres(b));
    (ax - bx).hypot(ay - by)
}
