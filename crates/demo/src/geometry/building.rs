//! Footprints of buildings: bars and L-shapes, placed in rows on a lot.

use super::point::{Point, Xy, bend, heading, on_earth};
use super::tiling::Rect;

/// The measures of a footprint, in metres.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Along the street.
    pub length: f64,
    /// Across, of the main bar.
    pub depth: f64,
    /// Depth and width of a wing at the east end; none for a plain bar.
    pub wing: Option<(f64, f64)>,
}

impl Shape {
    /// Across, wing included.
    pub fn full_depth(self) -> f64 {
        self.depth + self.wing.map_or(0.0, |w| w.0)
    }

    /// The sheet area it takes up with the space around it, in square metres.
    pub fn need(self) -> f64 {
        (self.length + GAP + 4.0) * (self.full_depth() + GAP + 6.0)
    }

    /// Corners around the middle, counter-clockwise, along and across.
    fn corners(self) -> Vec<(f64, f64)> {
        let (l, d) = (self.length / 2.0, self.full_depth() / 2.0);
        match self.wing {
            None => vec![(-l, -d), (l, -d), (l, d), (-l, d)],
            Some((_, width)) => {
                let knee = -d + self.depth;
                vec![
                    (-l, -d),
                    (l, -d),
                    (l, d),
                    (l - width, d),
                    (l - width, knee),
                    (-l, knee),
                ]
            }
        }
    }
}

/// Space planned between buildings; bending may take away a few metres of it.
const GAP: f64 = 12.0;

/// Space planned between a building and the border of its lot.
const MARGIN: f64 = 8.0;

/// A footprint at a place of the sheet.
#[derive(Clone, Copy, Debug)]
pub struct Placed {
    /// What stands there.
    pub shape: Shape,
    /// Middle, metres of the sheet.
    pub u: f64,
    /// Middle, metres of the sheet.
    pub v: f64,
    /// It runs north instead of east.
    pub turned: bool,
}

impl Placed {
    /// Its ring on earth: rigid, turned with the street.
    pub fn outline(&self) -> Vec<Point> {
        let middle = bend(self.u, self.v);
        // Along the street it runs with; streets don't cross at right angles everywhere.
        let along = heading(self.u, self.v, self.turned);
        self.shape
            .corners()
            .into_iter()
            .map(|(a, c)| {
                on_earth(Xy {
                    x: middle.x + a * along.x - c * along.y,
                    y: middle.y + a * along.y + c * along.x,
                })
            })
            .collect()
    }
}

/// Places the shapes on a lot, in rows. When the lot is too narrow for them, they run
/// the other way; when it is too small, they shrink.
pub fn place(lot: Rect, shapes: &[Shape]) -> Vec<Placed> {
    let (w, h) = (
        lot.width() as f64 - 2.0 * MARGIN,
        lot.height() as f64 - 2.0 * MARGIN,
    );
    let mut scale = 1.0;
    loop {
        let shrunk: Vec<Shape> = shapes.iter().map(|s| shrink(*s, scale)).collect();
        for turned in [false, true] {
            let (along, across) = if turned { (h, w) } else { (w, h) };
            if let Some(places) = rows(along, across, &shrunk) {
                return shrunk
                    .iter()
                    .zip(places)
                    .map(|(&shape, (a, c))| Placed {
                        shape,
                        // Turned: along is north, across is west.
                        u: if turned {
                            lot.u1 as f64 - MARGIN - c
                        } else {
                            lot.u0 as f64 + MARGIN + a
                        },
                        v: lot.v0 as f64 + MARGIN + if turned { a } else { c },
                        turned,
                    })
                    .collect();
            }
        }
        scale *= 0.93;
    }
}

fn shrink(s: Shape, scale: f64) -> Shape {
    Shape {
        length: s.length * scale,
        depth: s.depth * scale,
        wing: s.wing.map(|(d, w)| (d * scale, w * scale)),
    }
}

/// Middles of the shapes in rows (along, across), spread over the lot; none if they
/// don't fit.
fn rows(along: f64, across: f64, shapes: &[Shape]) -> Option<Vec<(f64, f64)>> {
    let mut rows: Vec<(Vec<usize>, f64, f64)> = Vec::new();
    for (i, shape) in shapes.iter().enumerate() {
        match rows.last_mut() {
            Some((row, length, depth)) if *length + GAP + shape.length <= along => {
                row.push(i);
                *length += GAP + shape.length;
                *depth = depth.max(shape.full_depth());
            }
            _ if shape.length <= along => {
                rows.push((vec![i], shape.length, shape.full_depth()));
            }
            _ => return None,
        }
    }
    let used: f64 = rows.iter().map(|r| r.2).sum();
    let spare = across - used - GAP * (rows.len() - 1) as f64;
    if spare < 0.0 {
        return None;
    }
    let between = (GAP + spare / rows.len() as f64).min(34.0);
    let rest = across - used - between * (rows.len() - 1) as f64;
    let mut c = rest / 2.0;
    let mut middles = vec![(0.0, 0.0); shapes.len()];
    for (row, length, depth) in &rows {
        let extra = (along - length) / (row.len() + 1) as f64;
        let mut a = extra;
        for &i in row {
            middles[i] = (a + shapes[i].length / 2.0, c + shapes[i].full_depth() / 2.0);
            a += shapes[i].length + GAP + extra;
        }
        // A row of one would otherwise always stand in the middle of the lot.
        c += depth + between;
    }
    Some(middles)
}
