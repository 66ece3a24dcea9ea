//! A flat map in metres around one place.

use super::LonLat;

/// Semi-major axis of WGS-84 in metres.
const A: f64 = 6_378_137.0;
/// First eccentricity of WGS-84, squared.
const E2: f64 = 0.006_694_379_990_14;

/// An equirectangular plane: metres east and north of a centre, with the scales that WGS-84 has
/// at the centre's latitude.
///
/// Lengths drift with the distance north or south of the centre, by about tan(latitude) ×
/// angle: below 40° latitude less than 0.015 % within 1 km, 0.15 % within 10 km and 0.45 %
/// within 30 km, the reach of a county. Nothing here asks for more.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plane {
    centre: LonLat,
    /// Metres in a degree of longitude and of latitude.
    scale: [f64; 2],
}

impl Plane {
    /// The plane around a centre.
    pub fn at(centre: LonLat) -> Self {
        let (sin, cos) = centre[1].to_radians().sin_cos();
        let w2 = 1.0 - E2 * sin * sin;
        let across = A / w2.sqrt();
        let along = A * (1.0 - E2) / (w2 * w2.sqrt());
        Self {
            centre,
            scale: [(across * cos).to_radians(), along.to_radians()],
        }
    }

    /// Metres east and north of the centre.
    pub fn to_metres(&self, point: LonLat) -> [f64; 2] {
        [
            (point[0] - self.centre[0]) * self.scale[0],
            (point[1] - self.centre[1]) * self.scale[1],
        ]
    }

    /// The position so many metres east and north of the centre.
    pub fn to_lon_lat(&self, metres: [f64; 2]) -> LonLat {
        [
            self.centre[0] + metres[0] / self.scale[0],
            self.centre[1] + metres[1] / self.scale[1],
        ]
    }

    /// Half the width and height, in degrees, of the square that holds a circle of this radius
    /// around the centre.
    pub fn reach(&self, radius_m: f64) -> [f64; 2] {
        [radius_m / self.scale[0], radius_m / self.scale[1]]
    }
}

#[cfg(test)]
mod tests {
    use geo::{Distance, Geodesic, Point};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_degree_has_its_known_length() {
        // On the ellipsoid a degree of latitude at 30° is 110,852.4 m, of longitude 96,486.3 m.
        let plane = Plane::at([103.0, 30.0]);
        let [east, _] = plane.to_metres([104.0, 30.0]);
        let [_, north] = plane.to_metres([103.0, 31.0]);
        assert!((east - 96_486.3).abs() < 0.1, "{east}");
        assert!((north - 110_852.4).abs() < 0.1, "{north}");
    }

    proptest! {
        #[test]
        fn it_keeps_its_promise(
            lon in 73.0..135.0, lat in 4.0..40.0,
            km in 0.001..30.0f64, bearing in 0.0..std::f64::consts::TAU,
        ) {
            let plane = Plane::at([lon, lat]);
            let metres = [km * 1000.0 * bearing.sin(), km * 1000.0 * bearing.cos()];
            let [x, y] = plane.to_lon_lat(metres);
            let truth = Geodesic.distance(Point::new(lon, lat), Point::new(x, y));
            let bound = if km <= 1.0 { 0.000_15 } else if km <= 10.0 { 0.0015 } else { 0.0045 };
            prop_assert!((truth / (km * 1000.0) - 1.0).abs() <= bound, "{truth} for {km} km");
        }

        #[test]
        fn there_and_back(lon in 73.0..135.0, lat in 4.0..54.0, x in -3e4..3e4, y in -3e4..3e4) {
            let plane = Plane::at([lon, lat]);
            let [bx, by] = plane.to_metres(plane.to_lon_lat([x, y]));
            prop_assert!((bx - x).abs() < 1e-4 && (by - y).abs() < 1e-4);
        }
    }
}
