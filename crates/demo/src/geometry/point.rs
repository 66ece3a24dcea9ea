//! Points on earth, and the bend from the planning sheet to them.

/// A point in WGS-84, in units of 1e-7 degree (about 1 cm).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point {
    /// Longitude east, 1e-7 degree.
    pub lon_e7: i64,
    /// Latitude north, 1e-7 degree.
    pub lat_e7: i64,
}

impl Point {
    /// Longitude in degrees.
    pub fn lon(self) -> f64 {
        self.lon_e7 as f64 / 1e7
    }

    /// Latitude in degrees.
    pub fn lat(self) -> f64 {
        self.lat_e7 as f64 / 1e7
    }

    /// Metres to another point nearby.
    pub fn metres_to(self, other: Point) -> f64 {
        let a = metres(self);
        let b = metres(other);
        let (dx, dy) = (a.x - b.x, a.y - b.y);
        (dx * dx + dy * dy).sqrt()
    }
}

/// A place on the flat: metres east and north of the county's origin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Xy {
    /// Metres east.
    pub x: f64,
    /// Metres north.
    pub y: f64,
}

const LON0: f64 = 102.93;
const LAT0: f64 = 29.87;
/// Metres of a degree at the latitude of the county.
const LON_M: f64 = 96_531.0;
const LAT_M: f64 = 110_856.0;

/// Puts a flat place on earth.
pub fn on_earth(p: Xy) -> Point {
    Point {
        lon_e7: ((LON0 + p.x / LON_M) * 1e7).round() as i64,
        lat_e7: ((LAT0 + p.y / LAT_M) * 1e7).round() as i64,
    }
}

/// The inverse of [`on_earth`], within a centimetre.
pub fn metres(p: Point) -> Xy {
    Xy {
        x: (p.lon() - LON0) * LON_M,
        y: (p.lat() - LAT0) * LAT_M,
    }
}

/// A smooth wave of period 1 between −1 and 1, made of parabolas: plain arithmetic
/// gives the same bits everywhere, which sines of different systems don't.
fn wave(t: f64) -> f64 {
    let t = t - t.floor();
    if t < 0.5 {
        16.0 * t * (0.5 - t)
    } else {
        -16.0 * (t - 0.5) * (1.0 - t)
    }
}

/// Bends the planning sheet: valleys curve, and the town lies askew to north.
pub fn bend(u: f64, v: f64) -> Xy {
    let x = u + 20.0 * wave(v / 940.0) + 5.0 * wave((u + 0.3 * v) / 540.0);
    let y = v + 14.0 * wave(u / 830.0 + 0.2) + 4.0 * wave((v - 0.4 * u) / 470.0 + 0.6);
    // A turn by about 14 degrees.
    Xy {
        x: 0.970_296 * x - 0.241_922 * y,
        y: 0.241_922 * x + 0.970_296 * y,
    }
}

/// The direction that `u` (or `v`) has after bending, as a unit vector.
pub fn heading(u: f64, v: f64, of_v: bool) -> Xy {
    let (du, dv) = if of_v { (0.0, 5.0) } else { (5.0, 0.0) };
    let (a, b) = (bend(u - du, v - dv), bend(u + du, v + dv));
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length = (dx * dx + dy * dy).sqrt();
    Xy {
        x: dx / length,
        y: dy / length,
    }
}

/// A border vertex: bent, and nudged by up to 2.5 m so that borders aren't drawn
/// with a ruler. The nudge depends on nothing but the vertex, so every outline
/// through it agrees.
pub fn border(u: i64, v: i64) -> Point {
    let mut h = (u as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        ^ (v as u64).wrapping_mul(0xc2b2_ae3d_27d4_eb4f);
    h = (h ^ (h >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    h ^= h >> 32;
    let nudge = |bits: u64| ((bits & 0xffff) as f64 / 65_535.0 - 0.5) * 5.0;
    let p = bend(u as f64, v as f64);
    on_earth(Xy {
        x: p.x + nudge(h),
        y: p.y + nudge(h >> 16),
    })
}
