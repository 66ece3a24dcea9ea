//! Questions about rings of points: area, inside, distance.

use super::point::{Point, Xy, metres};

/// Twice the signed area of a ring in square units of 1e-7 degree; positive when
/// counter-clockwise. Exact, so areas of tiles add up to the area of the whole.
pub fn double_area(ring: &[Point]) -> i128 {
    let mut sum = 0;
    for (a, b) in edges(ring) {
        sum += i128::from(a.lon_e7) * i128::from(b.lat_e7)
            - i128::from(b.lon_e7) * i128::from(a.lat_e7);
    }
    sum
}

/// The edges of a ring, the closing one included.
pub fn edges(ring: &[Point]) -> impl Iterator<Item = (Point, Point)> + '_ {
    (0..ring.len()).map(|i| (ring[i], ring[(i + 1) % ring.len()]))
}

/// The point lies in the ring. Of two rings that share a border, a point on it lies
/// in exactly one.
pub fn contains(ring: &[Point], p: Point) -> bool {
    let mut inside = false;
    for (a, b) in edges(ring) {
        if (a.lat_e7 > p.lat_e7) == (b.lat_e7 > p.lat_e7) {
            continue;
        }
        // Always walk the edge upwards, so both neighbours compute the same side.
        let (low, high) = if a.lat_e7 < b.lat_e7 { (a, b) } else { (b, a) };
        let side = (i128::from(high.lon_e7) - i128::from(low.lon_e7))
            * (i128::from(p.lat_e7) - i128::from(low.lat_e7))
            - (i128::from(p.lon_e7) - i128::from(low.lon_e7))
                * (i128::from(high.lat_e7) - i128::from(low.lat_e7));
        if side > 0 {
            inside = !inside;
        }
    }
    inside
}

/// The mean of the vertices.
pub fn middle(ring: &[Point]) -> Point {
    let n = ring.len().max(1) as i64;
    Point {
        lon_e7: ring.iter().map(|p| p.lon_e7).sum::<i64>() / n,
        lat_e7: ring.iter().map(|p| p.lat_e7).sum::<i64>() / n,
    }
}

/// Metres from a point to the border of a ring.
pub fn metres_to_border(ring: &[Point], p: Point) -> f64 {
    let p = metres(p);
    edges(ring)
        .map(|(a, b)| to_segment(p, metres(a), metres(b)))
        .fold(f64::INFINITY, f64::min)
}

/// Metres between two rings that don't overlap; 0 when their borders cross or one
/// lies in the other.
pub fn gap_metres(a: &[Point], b: &[Point]) -> f64 {
    let crossing = edges(a).any(|(p, q)| edges(b).any(|(r, s)| cross(p, q, r, s)));
    if crossing || contains(a, b[0]) || contains(b, a[0]) {
        return 0.0;
    }
    let one = a.iter().map(|p| metres_to_border(b, *p));
    let two = b.iter().map(|p| metres_to_border(a, *p));
    one.chain(two).fold(f64::INFINITY, f64::min)
}

fn to_segment(p: Xy, a: Xy, b: Xy) -> f64 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length2 = dx * dx + dy * dy;
    let t = if length2 > 0.0 {
        (((p.x - a.x) * dx + (p.y - a.y) * dy) / length2).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let (ex, ey) = (p.x - a.x - t * dx, p.y - a.y - t * dy);
    (ex * ex + ey * ey).sqrt()
}

/// Two segments cross or touch.
pub fn cross(p: Point, q: Point, r: Point, s: Point) -> bool {
    let side = |a: Point, b: Point, c: Point| {
        let (ax, ay) = (i128::from(a.lon_e7), i128::from(a.lat_e7));
        ((i128::from(b.lon_e7) - ax) * (i128::from(c.lat_e7) - ay)
            - (i128::from(c.lon_e7) - ax) * (i128::from(b.lat_e7) - ay))
            .signum()
    };
    side(p, q, r) * side(p, q, s) <= 0 && side(r, s, p) * side(r, s, q) <= 0
}
