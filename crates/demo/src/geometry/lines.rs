//! The river and the main roads: lines for the schematic map.

use super::point::{Point, bend, on_earth};
use super::tiling::Rect;

/// What a line stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// Flowing water.
    River,
    /// A main road.
    Road,
}

/// A named line of the schematic map.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it is.
    pub kind: LineKind,
    /// Name.
    pub name: String,
    /// Vertices in order.
    pub points: Vec<Point>,
}

/// A line along `u = at` (upright) or `v = at`, from `from` to `to`.
fn along(upright: bool, at: i64, from: i64, to: i64) -> Vec<Point> {
    let steps = ((to - from) / 40).max(2);
    (0..=steps)
        .map(|i| {
            let along = (from + (to - from) * i / steps) as f64;
            let across = at as f64;
            let (u, v) = if upright {
                (across, along)
            } else {
                (along, across)
            };
            on_earth(bend(u, v))
        })
        .collect()
}

const ROADS: [&str; 12] = [
    "云溪大道",
    "石桥路",
    "茶马路",
    "迎晖路",
    "文昌街",
    "东风路",
    "人民路",
    "安澜路",
    "青杠路",
    "竹园街",
    "梨花路",
    "水井街",
];

/// River and roads of a county: the river runs along the west side of the second
/// street band (or the west edge when there is only one), roads between communities.
pub fn lines(county: Rect, streets: &[Rect], communities: &[Rect]) -> Vec<Line> {
    let river_at = river(county, streets);
    let mut lines = vec![Line {
        kind: LineKind::River,
        name: "栖云河".into(),
        points: along(true, river_at, county.v0 - 120, county.v1 + 120),
    }];
    let mut seen = Vec::new();
    for r in communities {
        for (upright, at, from, to) in [(true, r.u1, r.v0, r.v1), (false, r.v1, r.u0, r.u1)] {
            let edge = at == if upright { county.u1 } else { county.v1 };
            if edge || (upright && at == river_at) || seen.contains(&(upright, at, from)) {
                continue;
            }
            seen.push((upright, at, from));
            let n = lines.len() - 1;
            let round = if n < ROADS.len() {
                String::new()
            } else {
                format!("{}段", n / ROADS.len() + 1)
            };
            lines.push(Line {
                kind: LineKind::Road,
                name: format!("{}{round}", ROADS[n % ROADS.len()]),
                points: along(upright, at, from, to),
            });
        }
    }
    // Away from the water, so that even a single community has a road.
    lines.push(Line {
        kind: LineKind::Road,
        name: "滨江路".into(),
        points: along(true, river_at + RIVER_SETBACK * 2 / 3, county.v0, county.v1),
    });
    lines
}

/// Nothing is built nearer to the middle of the river, in metres.
pub const RIVER_SETBACK: i64 = 42;

/// The `u` of the middle of the river.
pub fn river(county: Rect, streets: &[Rect]) -> i64 {
    streets.get(1).map_or(county.u0, |s| s.u0)
}
