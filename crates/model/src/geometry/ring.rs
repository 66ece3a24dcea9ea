//! The outline of a grid or a building.

use geo::coordinate_position::{CoordPos, CoordinatePosition};
use geo::{
    Area, BoundingRect, Centroid, Closest, ClosestPoint, ConvexHull, Coord, LineString, MapCoords,
    Point, Polygon, Validation,
};

use super::{LonLat, Plane};

/// A closed outline without holes, in WGS-84 degrees.
#[derive(Debug, Clone, PartialEq)]
pub struct Ring {
    polygon: Polygon<f64>,
}

/// Why a list of points is no outline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RingError {
    /// Fewer than three different points.
    #[error("an outline needs three different points, this has {0}")]
    TooFewPoints(usize),
    /// The point at this index is not a longitude and a latitude.
    #[error("point {0} is not a longitude and a latitude")]
    NotOnEarth(usize),
    /// All points lie on one line.
    #[error("the outline encloses nothing")]
    Flat,
}

/// The point of an outline that is nearest to somewhere.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Touch {
    /// Metres from there to the outline, whether from inside or outside.
    pub(super) distance_m: f64,
    /// Metres east and north from the outline to there.
    pub(super) offset: [f64; 2],
}

impl Ring {
    /// Takes the points in order, in either direction, the first one repeated at the end or
    /// not.
    ///
    /// # Errors
    /// [`RingError`] when the points enclose nothing or are not on earth.
    pub fn new(points: impl IntoIterator<Item = LonLat>) -> Result<Self, RingError> {
        let mut outline: Vec<Coord<f64>> = Vec::new();
        for (index, [x, y]) in points.into_iter().enumerate() {
            if !((-180.0..=180.0).contains(&x) && (-90.0..=90.0).contains(&y)) {
                return Err(RingError::NotOnEarth(index));
            }
            let point = Coord { x, y };
            if outline.last() != Some(&point) {
                outline.push(point);
            }
        }
        if outline.len() > 1 && outline.first() == outline.last() {
            outline.pop();
        }
        if outline.len() < 3 {
            return Err(RingError::TooFewPoints(outline.len()));
        }
        let polygon = Polygon::new(LineString::new(outline), Vec::new());
        // Zero up to rounding: a square millimetre is some 1e-16 square degrees.
        if polygon.convex_hull().unsigned_area() < 1e-16 {
            return Err(RingError::Flat);
        }
        Ok(Self { polygon })
    }

    /// The points in order, the first one not repeated.
    pub fn outline(&self) -> impl ExactSizeIterator<Item = LonLat> {
        let points = &self.polygon.exterior().0;
        points[..points.len() - 1].iter().map(|c| [c.x, c.y])
    }

    /// Whether the point is inside or on the outline.
    pub fn covers(&self, point: LonLat) -> bool {
        self.position(point) != CoordPos::Outside
    }

    /// Whether the point is inside and not on the outline.
    pub fn contains(&self, point: LonLat) -> bool {
        self.position(point) == CoordPos::Inside
    }

    /// South-west and north-east corners of the surrounding rectangle.
    pub fn bounds(&self) -> [LonLat; 2] {
        let mut points = self.outline();
        let first = points.next().unwrap_or_default();
        points.fold([first, first], |[low, high], p| {
            [
                [low[0].min(p[0]), low[1].min(p[1])],
                [high[0].max(p[0]), high[1].max(p[1])],
            ]
        })
    }

    /// Centre of the area; for a horseshoe it lies outside.
    pub fn centre(&self) -> LonLat {
        let [low, high] = self.bounds();
        let middle = [(low[0] + high[0]) / 2.0, (low[1] + high[1]) / 2.0];
        self.polygon.centroid().map_or(middle, |c| [c.x(), c.y()])
    }

    /// Enclosed area in square metres, to 0.5 % for the size of a county.
    pub fn area_m2(&self) -> f64 {
        let plane = Plane::at(self.centre());
        self.polygon.map_coords(|c| on(&plane, c)).unsigned_area()
    }

    /// Whether the outline crosses or touches itself, which an editor must not let pass: then
    /// what is inside is anybody's guess.
    pub fn crosses_itself(&self) -> bool {
        !self.polygon.is_valid()
    }

    /// Metres from the point to the outline; 0 inside.
    pub fn distance_m(&self, point: LonLat) -> f64 {
        if self.covers(point) {
            return 0.0;
        }
        self.touch(point).distance_m
    }

    /// The nearest point of the outline, seen from a point inside or outside.
    pub(super) fn touch(&self, point: LonLat) -> Touch {
        let plane = Plane::at(point);
        let outline = self.polygon.exterior().map_coords(|c| on(&plane, c));
        let nearest = match outline.closest_point(&Point::new(0.0, 0.0)) {
            Closest::SinglePoint(p) | Closest::Intersection(p) => p,
            Closest::Indeterminate => {
                let rect = outline.bounding_rect();
                rect.map_or(Point::new(f64::MAX, f64::MAX), |r| r.center().into())
            }
        };
        Touch {
            distance_m: nearest.x().hypot(nearest.y()),
            offset: [-nearest.x(), -nearest.y()],
        }
    }

    fn position(&self, point: LonLat) -> CoordPos {
        self.polygon.coordinate_position(&Coord {
            x: point[0],
            y: point[1],
        })
    }
}

fn on(plane: &Plane, c: Coord<f64>) -> Coord<f64> {
    let [x, y] = plane.to_metres([c.x, c.y]);
    Coord { x, y }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: LonLat = [102.9, 30.0];

    fn metres(points: &[[f64; 2]]) -> Vec<LonLat> {
        points
            .iter()
            .map(|p| Plane::at(HERE).to_lon_lat(*p))
            .collect()
    }

    fn ring(points: &[[f64; 2]]) -> Ring {
        Ring::new(metres(points)).unwrap()
    }

    #[test]
    fn refuses_what_encloses_nothing() {
        let two = [[1.0, 1.0], [2.0, 2.0], [2.0, 2.0], [1.0, 1.0]];
        assert_eq!(Ring::new(two), Err(RingError::TooFewPoints(2)));
        assert_eq!(Ring::new([]), Err(RingError::TooFewPoints(0)));
        let line = [[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]];
        assert_eq!(Ring::new(line), Err(RingError::Flat));
        let swapped = [[30.0, 102.0], [30.1, 102.0], [30.1, 102.1]];
        assert_eq!(Ring::new(swapped), Err(RingError::NotOnEarth(0)));
        let nan = [[1.0, 1.0], [2.0, f64::NAN], [3.0, 3.0]];
        assert_eq!(Ring::new(nan), Err(RingError::NotOnEarth(1)));
    }

    #[test]
    fn closed_or_open_is_the_same() {
        let open = metres(&[[0.0, 0.0], [10.0, 0.0], [10.0, 10.0]]);
        let mut closed = open.clone();
        closed.push(open[0]);
        assert_eq!(Ring::new(open.clone()), Ring::new(closed.clone()));
        let outline: Vec<LonLat> = Ring::new(closed).unwrap().outline().collect();
        assert_eq!(outline, open);
    }

    #[test]
    fn measures_in_metres() {
        let ring = ring(&[[0.0, 0.0], [40.0, 0.0], [40.0, 12.0], [0.0, 12.0]]);
        assert!((ring.area_m2() - 480.0).abs() < 0.01, "{}", ring.area_m2());
        let at = |p| Plane::at(HERE).to_lon_lat(p);
        assert_eq!(ring.distance_m(at([20.0, 6.0])), 0.0);
        assert!((ring.distance_m(at([20.0, 17.0])) - 5.0).abs() < 0.001);
        assert!((ring.distance_m(at([43.0, 16.0])) - 5.0).abs() < 0.001);
        assert!((ring.touch(at([20.0, 5.0])).distance_m - 5.0).abs() < 0.001);
    }

    #[test]
    fn the_outline_belongs_to_it() {
        let square = Ring::new([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]]).unwrap();
        assert!(square.covers([0.5, 0.0]) && !square.contains([0.5, 0.0]));
        assert!(square.covers([1.0, 1.0]) && square.contains([0.5, 0.5]));
        assert!(!square.covers([1.0, 1.1]));
    }

    #[test]
    fn tells_a_bow_tie() {
        let simple = ring(&[[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0]]);
        let crossed = ring(&[[0.0, 0.0], [10.0, 0.0], [0.0, 10.0], [10.0, 11.0]]);
        assert!(!simple.crosses_itself());
        assert!(crossed.crosses_itself());
    }
}
