//! Which grid a point lies in.

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::{LonLat, Plane, Ring};

/// Neighbours drawn apart leave slivers along their border. A point no further than this from
/// a grid, and inside none, belongs to the nearest one. Metres.
const SLIVER_M: f64 = 0.5;

/// Finds the grid of a point among many.
#[derive(Debug)]
pub struct GridIndex<Id> {
    grids: Vec<(Id, Ring)>,
    tree: RTree<GeomWithData<Rectangle<LonLat>, usize>>,
}

/// Where a position with an accuracy lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<Id> {
    /// The grid of the point itself; `None` outside all of them.
    pub grid: Option<Id>,
    /// Whether that is the worker's own.
    pub own: bool,
    /// Whether the accuracy leaves any doubt.
    pub certainty: Certainty,
    /// Other grids within the circle of accuracy, nearest first: where it may be as well.
    pub also: Vec<Id>,
}

/// Whether a position settles which grid it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// The whole circle of accuracy lies in one grid, or outside all.
    Sure,
    /// The circle reaches over a border, or nothing is known of the accuracy: ask the worker.
    Border,
}

impl<Id: Copy + Ord> GridIndex<Id> {
    /// Indexes the grids. Their order does not matter.
    pub fn new(grids: impl IntoIterator<Item = (Id, Ring)>) -> Self {
        let mut grids: Vec<(Id, Ring)> = grids.into_iter().collect();
        grids.sort_by_key(|(id, _)| *id);
        let boxes = grids.iter().enumerate().map(|(index, (_, ring))| {
            let [low, high] = ring.bounds();
            GeomWithData::new(Rectangle::from_corners(low, high), index)
        });
        let tree = RTree::bulk_load(boxes.collect());
        Self { grids, tree }
    }

    /// The grid of a point. On a border shared by several, and where grids overlap, it is the
    /// one with the lowest id, so that every point belongs to exactly one grid, on every device.
    pub fn locate(&self, point: LonLat) -> Option<&Id> {
        self.place(point).map(|(id, _)| id)
    }

    /// Whether a point is known not to be in the worker's own grid: it is in another, or in
    /// none. What is reported there goes to the other grid's worker.
    pub fn outside_own_grid(&self, point: LonLat, own: Id) -> bool {
        self.locate(point) != Some(&own)
    }

    /// The grid of a position that is true to `accuracy_m` metres. An accuracy that is not a
    /// number from 0 up counts as unknown.
    pub fn locate_within(&self, point: LonLat, accuracy_m: f64, own: Id) -> Located<Id> {
        let place = self.place(point);
        let grid = place.map(|(id, _)| *id);
        let mut located = Located {
            grid,
            own: grid == Some(own),
            certainty: Certainty::Border,
            also: Vec::new(),
        };
        if !(accuracy_m.is_finite() && accuracy_m >= 0.0) {
            return located;
        }
        let mut others: Vec<(f64, Id)> = self
            .boxes_near(point, accuracy_m)
            .map(|index| &self.grids[index])
            .filter(|(id, _)| Some(*id) != grid)
            .map(|(id, ring)| (ring.distance_m(point), *id))
            .filter(|(distance, _)| *distance <= accuracy_m)
            .collect();
        others.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        located.also = others.into_iter().map(|(_, id)| id).collect();
        let inside = place.is_none_or(|(_, ring)| ring.touch(point).distance_m > accuracy_m);
        if inside && located.also.is_empty() {
            located.certainty = Certainty::Sure;
        }
        located
    }

    fn place(&self, point: LonLat) -> Option<&(Id, Ring)> {
        let covering = self
            .tree
            .locate_all_at_point(&point)
            .filter(|found| self.grids[found.data].1.covers(point))
            .map(|found| found.data)
            .min();
        covering
            .or_else(|| self.across_a_sliver(point))
            .map(|index| &self.grids[index])
    }

    fn across_a_sliver(&self, point: LonLat) -> Option<usize> {
        self.boxes_near(point, SLIVER_M)
            .map(|index| (self.grids[index].1.distance_m(point), index))
            .filter(|(distance, _)| *distance <= SLIVER_M)
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
            .map(|(_, index)| index)
    }

    fn boxes_near(&self, point: LonLat, radius_m: f64) -> impl Iterator<Item = usize> {
        // A hair more than the radius: the plane is exact at the point only.
        let [dx, dy] = Plane::at(point).reach(radius_m * 1.01 + 0.01);
        let low = [point[0] - dx, point[1] - dy];
        let high = [point[0] + dx, point[1] + dy];
        self.tree
            .locate_in_envelope_intersecting(&AABB::from_corners(low, high))
            .map(|found| found.data)
    }
}

#[cfg(test)]
mod tests;
