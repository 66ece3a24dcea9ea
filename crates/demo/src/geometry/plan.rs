//! The plan of the county: which rectangle of the sheet belongs to what.

use super::lines::{self, Line, RIVER_SETBACK};
use super::point::{Point, bend, on_earth};
use super::tiling::{Corners, Knife, Rect, bands, split};
use crate::org::Org;

/// Rectangles of the tree, and the lines between them.
pub struct Plan {
    /// Rectangle of every grid.
    pub grids: Vec<Rect>,
    /// River and roads.
    pub lines: Vec<Line>,
    river: i64,
}

/// Draws the plan: every grid gets the area it needs (square metres), communities and
/// streets are what their grids add up to. Writes the outlines into `org`.
pub fn draw(org: &mut Org, needs: &[f64]) -> Plan {
    let total: f64 = needs.iter().sum();
    let side = total.sqrt();
    let (w, h) = ((side * 1.08).round() as i64, (side / 1.08).round() as i64);
    let edge = |at: i64| Knife::TILES.snap(at);
    let county = Rect {
        u0: edge(-w / 2),
        v0: edge(-h / 2),
        u1: edge(w / 2),
        v1: edge(h / 2),
    };
    let of = |keep: &dyn Fn(usize) -> bool| -> f64 {
        (0..needs.len())
            .filter(|&g| keep(g))
            .map(|g| needs[g])
            .sum()
    };
    let communities = &org.communities;
    let grids = &org.grids;
    let street_needs: Vec<f64> = (0..org.streets.len())
        .map(|s| of(&|g| communities[grids[g].community].street == s))
        .collect();
    let streets = bands(county, &street_needs);
    let mut community_rects = Vec::new();
    for (s, band) in streets.iter().enumerate() {
        let weights: Vec<f64> = (0..communities.len())
            .filter(|&c| communities[c].street == s)
            .map(|c| of(&|g| grids[g].community == c))
            .collect();
        community_rects.extend(split(*band, &weights, Knife::TILES));
    }
    let mut grid_rects = Vec::new();
    for (c, rect) in community_rects.iter().enumerate() {
        let weights: Vec<f64> = org.grids_of(c).map(|g| needs[g]).collect();
        grid_rects.extend(split(*rect, &weights, Knife::TILES));
    }
    let corners = Corners::of(&grid_rects);
    org.outline = corners.outline(county);
    for (street, rect) in org.streets.iter_mut().zip(&streets) {
        street.outline = corners.outline(*rect);
    }
    for (community, rect) in org.communities.iter_mut().zip(&community_rects) {
        community.outline = corners.outline(*rect);
    }
    for (grid, rect) in org.grids.iter_mut().zip(&grid_rects) {
        grid.outline = corners.outline(*rect);
    }
    Plan {
        lines: lines::lines(county, &streets, &community_rects),
        river: lines::river(county, &streets),
        grids: grid_rects,
    }
}

impl Plan {
    /// The lots of a grid's estates: pieces of its rectangle, less the streets around
    /// them and the bank of the river.
    pub fn lots(&self, grid: usize, needs: &[f64]) -> Vec<Rect> {
        let mut rect = self.grids[grid];
        if rect.u0 == self.river {
            rect.u0 += RIVER_SETBACK - STREET;
        }
        if rect.u1 == self.river {
            rect.u1 -= RIVER_SETBACK - STREET;
        }
        split(rect, needs, LOTS)
            .into_iter()
            .map(|r| Rect {
                u0: r.u0 + STREET,
                v0: r.v0 + STREET,
                u1: r.u1 - STREET,
                v1: r.v1 - STREET,
            })
            .collect()
    }
}

/// A lot with the streets around it isn't narrower than a small building with its yard.
const LOTS: Knife = Knife {
    least: 54,
    grain: 1,
};

/// Half the width of a street, in metres.
const STREET: i64 = 7;

/// The sheet a lot of this need takes up, streets around it included.
pub fn with_streets(need: f64) -> f64 {
    let side = need.sqrt() + 2.0 * STREET as f64 + 16.0;
    side * side * 1.12
}

/// The ring of a lot, counter-clockwise.
pub fn lot_outline(lot: Rect) -> Vec<Point> {
    let mut ring = Vec::new();
    let mut side = |from: (i64, i64), to: (i64, i64)| {
        let length = (to.0 - from.0).abs() + (to.1 - from.1).abs();
        let steps = (length / 45).max(1);
        for i in 0..steps {
            let at = |a: i64, b: i64| a as f64 + (b - a) as f64 * i as f64 / steps as f64;
            ring.push(on_earth(bend(at(from.0, to.0), at(from.1, to.1))));
        }
    };
    side((lot.u0, lot.v0), (lot.u1, lot.v0));
    side((lot.u1, lot.v0), (lot.u1, lot.v1));
    side((lot.u1, lot.v1), (lot.u0, lot.v1));
    side((lot.u0, lot.v1), (lot.u0, lot.v0));
    ring
}
