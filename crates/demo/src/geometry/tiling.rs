//! Cutting the sheet into rectangles, and their outlines with exactly shared vertices.

use std::collections::{BTreeMap, BTreeSet};

use super::point::{Point, border};

/// A rectangle of the planning sheet, in metres.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rect {
    /// West side.
    pub u0: i64,
    /// South side.
    pub v0: i64,
    /// East side.
    pub u1: i64,
    /// North side.
    pub v1: i64,
}

impl Rect {
    /// Width in metres.
    pub fn width(self) -> i64 {
        self.u1 - self.u0
    }

    /// Height in metres.
    pub fn height(self) -> i64 {
        self.v1 - self.v0
    }

    /// Cut into two, the first of them with `share` of the area, by an upright line or a
    /// level one.
    fn cut(self, share: f64, upright: bool, knife: Knife) -> (Rect, Rect) {
        let (mut a, mut b) = (self, self);
        let whole = if upright { self.width() } else { self.height() };
        let part = (whole as f64 * share).round() as i64;
        let part = part
            .min(whole - knife.least)
            .max(knife.least.min(whole / 2));
        let start = if upright { self.u0 } else { self.v0 };
        let part = knife.snap(start + part) - start;
        if upright {
            a.u1 = self.u0 + part;
            b.u0 = a.u1;
        } else {
            a.v1 = self.v0 + part;
            b.v0 = a.v1;
        }
        (a, b)
    }
}

/// How rectangles are cut.
#[derive(Clone, Copy, Debug)]
pub struct Knife {
    /// No piece is narrower, in metres, if that can be.
    pub least: i64,
    /// Cuts lie on multiples of it, in metres.
    pub grain: i64,
}

impl Knife {
    /// For tiles: corners on one line coincide or lie well apart, so that nudging them
    /// never makes a border cross itself.
    pub const TILES: Knife = Knife {
        least: 0,
        grain: 16,
    };

    /// The nearest place for a cut.
    pub fn snap(self, at: i64) -> i64 {
        (at + self.grain / 2).div_euclid(self.grain) * self.grain
    }
}

/// Cuts a rectangle into pieces whose areas go by `weights`, in order. The pieces
/// tile it: no gap, no overlap.
pub fn split(rect: Rect, weights: &[f64], knife: Knife) -> Vec<Rect> {
    if weights.len() <= 1 {
        return vec![rect; weights.len()];
    }
    let total: f64 = weights.iter().sum();
    let mut best = (1, f64::INFINITY);
    let mut sum = 0.0;
    for (i, weight) in weights[..weights.len() - 1].iter().enumerate() {
        sum += weight;
        let off = (sum / total - 0.5).abs();
        if off < best.1 {
            best = (i + 1, off);
        }
    }
    let (first, second) = weights.split_at(best.0);
    let share = first.iter().sum::<f64>() / total;
    let (a, b) = rect.cut(share, rect.width() >= rect.height(), knife);
    let mut pieces = split(a, first, knife);
    pieces.extend(split(b, second, knife));
    pieces
}

/// Cuts a rectangle into upright bands by `weights`, from west to east.
pub fn bands(rect: Rect, weights: &[f64]) -> Vec<Rect> {
    let mut rest = rect;
    let mut left: f64 = weights.iter().sum();
    let mut pieces = Vec::new();
    for weight in weights {
        let (band, more) = rest.cut(weight / left, true, Knife::TILES);
        pieces.push(band);
        rest = more;
        left -= weight;
    }
    pieces
}

/// Between corners, borders get a vertex every so many metres.
const STEP: i64 = 46;

/// The corners of all tiles, by the line they lie on: what makes the vertices of a
/// border the same for the tiles on both sides of it.
#[derive(Default)]
pub struct Corners {
    on_u: BTreeMap<i64, BTreeSet<i64>>,
    on_v: BTreeMap<i64, BTreeSet<i64>>,
}

impl Corners {
    /// The corners of the finest tiles; every coarser one is made of these.
    pub fn of(tiles: &[Rect]) -> Self {
        let mut corners = Corners::default();
        for r in tiles {
            for (u, v) in [(r.u0, r.v0), (r.u1, r.v0), (r.u1, r.v1), (r.u0, r.v1)] {
                corners.on_u.entry(u).or_default().insert(v);
                corners.on_v.entry(v).or_default().insert(u);
            }
        }
        corners
    }

    /// The ring of a tile or of a rectangle made of tiles, counter-clockwise.
    pub fn outline(&self, r: Rect) -> Vec<Point> {
        let south = stops(self.on_v.get(&r.v0), r.u0, r.u1);
        let east = stops(self.on_u.get(&r.u1), r.v0, r.v1);
        let north = stops(self.on_v.get(&r.v1), r.u0, r.u1);
        let west = stops(self.on_u.get(&r.u0), r.v0, r.v1);
        let mut ring = vec![border(r.u0, r.v0)];
        ring.extend(south.iter().map(|&u| border(u, r.v0)));
        ring.push(border(r.u1, r.v0));
        ring.extend(east.iter().map(|&v| border(r.u1, v)));
        ring.push(border(r.u1, r.v1));
        ring.extend(north.iter().rev().map(|&u| border(u, r.v1)));
        ring.push(border(r.u0, r.v1));
        ring.extend(west.iter().rev().map(|&v| border(r.u0, v)));
        ring
    }
}

/// The vertices strictly between two ends of a line: corners, and regular steps that
/// aren't too near a corner.
fn stops(corners: Option<&BTreeSet<i64>>, from: i64, to: i64) -> Vec<i64> {
    let mut stops = BTreeSet::new();
    let near =
        |at: i64| corners.is_some_and(|c| c.range(at - STEP / 3..=at + STEP / 3).next().is_some());
    let mut at = (from.div_euclid(STEP) + 1) * STEP;
    while at < to {
        if !near(at) {
            stops.insert(at);
        }
        at += STEP;
    }
    if let Some(corners) = corners {
        stops.extend(corners.range(from + 1..to));
    }
    stops.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_fill_the_rectangle() {
        let whole = Rect {
            u0: 0,
            v0: 0,
            u1: 700,
            v1: 400,
        };
        let pieces = split(whole, &[3.0, 1.0, 2.0, 2.0, 5.0], Knife::TILES);
        let area: i64 = pieces.iter().map(|r| r.width() * r.height()).sum();
        assert_eq!(area, 700 * 400);
        assert_eq!(pieces.len(), 5);
    }
}
