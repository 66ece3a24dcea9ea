//! Which building a point is at.

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::{Compass, LonLat, Plane, Ring};

/// Finds the buildings around a point.
#[derive(Debug)]
pub struct BuildingIndex<Id> {
    buildings: Vec<(Id, Ring)>,
    /// Rectangles on `plane`, in metres, so that near means near.
    tree: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>,
    plane: Plane,
}

/// A building as seen from a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nearby<Id> {
    /// Which.
    pub id: Id,
    /// Metres from the point to the outline; 0 inside.
    pub distance_m: f64,
    /// On which side of the building the point is; `None` inside.
    pub side: Option<Compass>,
}

/// How much shorter than in truth a distance on the index's plane may come out, with margin.
const SHRINK: f64 = 0.98;

impl<Id: Copy + Ord> BuildingIndex<Id> {
    /// Indexes the buildings of a county or less. Their order does not matter.
    pub fn new(buildings: impl IntoIterator<Item = (Id, Ring)>) -> Self {
        let mut buildings: Vec<(Id, Ring)> = buildings.into_iter().collect();
        buildings.sort_by_key(|(id, _)| *id);
        let centres = buildings.iter().map(|(_, ring)| ring.centre());
        let sum = centres.fold([0.0, 0.0], |sum, c| [sum[0] + c[0], sum[1] + c[1]]);
        let count = buildings.len().max(1) as f64;
        let plane = Plane::at([sum[0] / count, sum[1] / count]);
        let boxes = buildings.iter().enumerate().map(|(index, (_, ring))| {
            let [low, high] = ring.bounds().map(|corner| plane.to_metres(corner));
            GeomWithData::new(Rectangle::from_corners(low, high), index)
        });
        let tree = RTree::bulk_load(boxes.collect());
        Self {
            buildings,
            tree,
            plane,
        }
    }

    /// The nearest building; of several equally near, the one with the lowest id.
    pub fn nearest(&self, point: LonLat) -> Option<Nearby<Id>> {
        let here = self.plane.to_metres(point);
        let mut best: Option<(f64, usize)> = None;
        for (found, squared) in self.tree.nearest_neighbor_iter_with_distance_2(&here) {
            if best.is_some_and(|(distance, _)| squared.sqrt() * SHRINK > distance) {
                break;
            }
            let candidate = (self.buildings[found.data].1.distance_m(point), found.data);
            if best.is_none_or(|best| candidate < best) {
                best = Some(candidate);
            }
        }
        best.map(|(_, index)| self.seen_from(point, index))
    }

    /// Every building no further than this, nearest first.
    pub fn within(&self, point: LonLat, radius_m: f64) -> Vec<Nearby<Id>> {
        let [x, y] = self.plane.to_metres(point);
        let reach = radius_m / SHRINK;
        let around = AABB::from_corners([x - reach, y - reach], [x + reach, y + reach]);
        let mut found: Vec<Nearby<Id>> = self
            .tree
            .locate_in_envelope_intersecting(&around)
            .map(|found| self.seen_from(point, found.data))
            .filter(|near| near.distance_m <= radius_m)
            .collect();
        found.sort_by(|a, b| a.distance_m.total_cmp(&b.distance_m).then(a.id.cmp(&b.id)));
        found
    }

    fn seen_from(&self, point: LonLat, index: usize) -> Nearby<Id> {
        let (id, ring) = &self.buildings[index];
        if ring.covers(point) {
            return Nearby {
                id: *id,
                distance_m: 0.0,
                side: None,
            };
        }
        // From the nearest wall, not from the middle: in front of the far end of a long
        // building is still in front of it.
        let touch = ring.touch(point);
        Nearby {
            id: *id,
            distance_m: touch.distance_m,
            side: Compass::towards(touch.offset[0], touch.offset[1]),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ORIGIN: LonLat = [102.98, 30.01];

    fn at(x: f64, y: f64) -> LonLat {
        Plane::at(ORIGIN).to_lon_lat([x, y])
    }

    fn block(x: f64, y: f64, width: f64, height: f64) -> Ring {
        let (right, top) = (x + width, y + height);
        Ring::new([at(x, y), at(right, y), at(right, top), at(x, top)]).unwrap()
    }

    #[test]
    fn names_the_side_from_the_nearest_wall() {
        // 60 m long, 12 m deep.
        let index = BuildingIndex::new([(1, block(0.0, 0.0, 60.0, 12.0))]);
        let side = |x, y| {
            let near = index.nearest(at(x, y)).unwrap();
            (near.distance_m.round(), near.side.map(Compass::code))
        };
        assert_eq!(side(30.0, 6.0), (0.0, None));
        assert_eq!(side(55.0, 20.0), (8.0, Some("n")));
        assert_eq!(side(5.0, -9.0), (9.0, Some("s")));
        assert_eq!(side(70.0, 6.0), (10.0, Some("e")));
        assert_eq!(side(-5.0, 17.0), (7.0, Some("nw")));
    }

    #[test]
    fn equally_near_goes_to_the_lower_id() {
        let twins = [
            (9, block(0.0, 0.0, 10.0, 10.0)),
            (4, block(0.0, 0.0, 10.0, 10.0)),
        ];
        assert_eq!(
            BuildingIndex::new(twins).nearest(at(20.0, 5.0)).unwrap().id,
            4
        );
        assert_eq!(BuildingIndex::<u32>::new([]).nearest(ORIGIN), None);
    }

    proptest! {
        #[test]
        fn agrees_with_asking_every_building(
            blocks in prop::collection::vec(
                (-9000.0..9000.0f64, -9000.0..9000.0f64, 5.0..120.0f64, 5.0..120.0f64), 1..40),
            x in -9500.0..9500.0f64, y in -9500.0..9500.0f64, radius in 1.0..3000.0f64,
        ) {
            let buildings: Vec<(u32, Ring)> = (0..)
                .zip(&blocks)
                .map(|(id, (x, y, w, h))| (id, block(*x, *y, *w, *h)))
                .collect();
            let index = BuildingIndex::new(buildings.clone());
            let point = at(x, y);
            let mut all: Vec<(f64, u32)> =
                buildings.iter().map(|(id, ring)| (ring.distance_m(point), *id)).collect();
            all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));

            let nearest = index.nearest(point).unwrap();
            prop_assert_eq!((nearest.distance_m, nearest.id), all[0]);
            prop_assert_eq!(nearest.side.is_none(), nearest.distance_m == 0.0);
            all.retain(|(distance, _)| *distance <= radius);
            let within: Vec<(f64, u32)> =
                index.within(point, radius).iter().map(|n| (n.distance_m, n.id)).collect();
            prop_assert_eq!(within, all);
        }
    }
}
