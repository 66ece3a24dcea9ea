//! A canvas of linear-ish light: shapes, glows, grain.

use super::{HEIGHT, WIDTH};
use crate::dice::Dice;

/// Red, green, blue, 0–255 but not clipped before the end.
pub(super) type Colour = [f32; 3];

/// What is drawn on.
pub(super) struct Canvas {
    light: Vec<Colour>,
}

/// Between two colours.
pub(super) fn mix(a: Colour, b: Colour, share: f32) -> Colour {
    let s = share.clamp(0.0, 1.0);
    [
        a[0] + (b[0] - a[0]) * s,
        a[1] + (b[1] - a[1]) * s,
        a[2] + (b[2] - a[2]) * s,
    ]
}

impl Canvas {
    pub(super) fn new() -> Self {
        Canvas {
            light: vec![[0.0; 3]; (WIDTH * HEIGHT) as usize],
        }
    }

    /// Changes every pixel for which `cover` (0–1) isn't 0; `x` and `y` run from 0 to 1.
    pub(super) fn paint(
        &mut self,
        area: [f32; 4],
        cover: impl Fn(f32, f32) -> f32,
        colour: impl Fn(f32, f32) -> Colour,
    ) {
        let (w, h) = (WIDTH as f32, HEIGHT as f32);
        let from = |v: f32, n: f32| (v.clamp(0.0, 1.0) * n) as usize;
        for row in from(area[1], h)..from(area[3], h) {
            for column in from(area[0], w)..from(area[2], w) {
                let (x, y) = (column as f32 / w, row as f32 / h);
                let c = cover(x, y);
                if c > 0.0 {
                    let pixel = &mut self.light[row * WIDTH as usize + column];
                    *pixel = mix(*pixel, colour(x, y), c);
                }
            }
        }
    }

    /// Fills the canvas from top to bottom.
    pub(super) fn gradient(&mut self, top: Colour, bottom: Colour) {
        self.paint([0.0, 0.0, 1.0, 1.0], |_, _| 1.0, |_, y| mix(top, bottom, y));
    }

    /// A rectangle: left, top, right, bottom.
    pub(super) fn rect(&mut self, area: [f32; 4], colour: Colour) {
        self.paint(area, |_, _| 1.0, |_, _| colour);
    }

    /// A quadrilateral with level top and bottom: y, left, right of both.
    pub(super) fn trapezoid(&mut self, top: [f32; 3], bottom: [f32; 3], near: Colour, far: Colour) {
        let left = top[1].min(bottom[1]);
        let right = top[2].max(bottom[2]);
        let share = |y: f32| (y - top[0]) / (bottom[0] - top[0]);
        let side = |y: f32, i: usize| top[i] + (bottom[i] - top[i]) * share(y);
        self.paint(
            [left, top[0], right, bottom[0]],
            |x, y| {
                if x >= side(y, 1) && x < side(y, 2) {
                    1.0
                } else {
                    0.0
                }
            },
            |_, y| mix(far, near, share(y)),
        );
    }

    /// An ellipse with a soft edge; `wobble` makes its outline uneven.
    pub(super) fn ellipse(&mut self, at: [f32; 2], r: [f32; 2], soft: f32, wobble: f32, c: Colour) {
        let reach = 1.0 + soft + wobble;
        let area = [
            at[0] - r[0] * reach,
            at[1] - r[1] * reach,
            at[0] + r[0] * reach,
            at[1] + r[1] * reach,
        ];
        self.paint(
            area,
            |x, y| {
                let (dx, dy) = ((x - at[0]) / r[0], (y - at[1]) / r[1]);
                let uneven = wobble * (smooth(x * 37.0, y * 29.0) - 0.5) * 2.0;
                let d = (dx * dx + dy * dy).sqrt() + uneven;
                ((1.0 + soft - d) / soft.max(0.001)).clamp(0.0, 1.0)
            },
            |_, _| c,
        );
    }

    /// Adds light around a lamp, fading out with the distance.
    pub(super) fn glow(&mut self, at: [f32; 2], radius: f32, colour: Colour, strength: f32) {
        let area = [
            at[0] - radius,
            at[1] - radius * 1.4,
            at[0] + radius,
            at[1] + radius * 1.4,
        ];
        let (w, h) = (WIDTH as f32, HEIGHT as f32);
        for row in (area[1].max(0.0) * h) as usize..(area[3].clamp(0.0, 1.0) * h) as usize {
            for column in (area[0].max(0.0) * w) as usize..(area[2].clamp(0.0, 1.0) * w) as usize {
                let (dx, dy) = (column as f32 / w - at[0], (row as f32 / h - at[1]) * h / w);
                let near = (1.0 - (dx * dx + dy * dy).sqrt() / radius).max(0.0);
                let pixel = &mut self.light[row * WIDTH as usize + column];
                for (i, part) in pixel.iter_mut().enumerate() {
                    *part += colour[i] * near * near * strength;
                }
            }
        }
    }

    /// A line of some thickness.
    pub(super) fn line(&mut self, a: [f32; 2], b: [f32; 2], thick: f32, c: Colour) {
        let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
        let length2 = (dx * dx + dy * dy).max(1e-9);
        let area = [
            a[0].min(b[0]) - thick,
            a[1].min(b[1]) - thick,
            a[0].max(b[0]) + thick,
            a[1].max(b[1]) + thick,
        ];
        self.paint(
            area,
            |x, y| {
                let t = (((x - a[0]) * dx + (y - a[1]) * dy) / length2).clamp(0.0, 1.0);
                let (ex, ey) = (x - a[0] - t * dx, y - a[1] - t * dy);
                ((thick - (ex * ex + ey * ey).sqrt()) / thick * 2.0).clamp(0.0, 1.0)
            },
            |_, _| c,
        );
    }

    /// Roughness of a surface: patches brighter and darker.
    pub(super) fn rough(&mut self, area: [f32; 4], scale: f32, amount: f32) {
        let (w, h) = (WIDTH as f32, HEIGHT as f32);
        for row in (area[1] * h) as usize..(area[3] * h) as usize {
            for column in (area[0] * w) as usize..(area[2] * w) as usize {
                let (x, y) = (column as f32 / w, row as f32 / h);
                let n = 1.0 + (smooth(x * scale, y * scale * 1.7) - 0.5) * amount;
                let pixel = &mut self.light[row * WIDTH as usize + column];
                *pixel = [pixel[0] * n, pixel[1] * n, pixel[2] * n];
            }
        }
    }

    /// Grain of a small sensor, and darker corners.
    pub(super) fn finish(&mut self, grain: f32, dice: &mut Dice) {
        let mut noise = 0.0;
        for (i, pixel) in self.light.iter_mut().enumerate() {
            let x = (i % WIDTH as usize) as f32 / WIDTH as f32 - 0.5;
            let y = (i / WIDTH as usize) as f32 / HEIGHT as f32 - 0.5;
            let corner = 1.0 - (x * x + y * y) * 0.5;
            if i % 3 == 0 {
                noise = (dice.below(1_001) as f32 / 500.0 - 1.0) * grain;
            }
            // Neighbours share some of it, as they do on a sensor.
            noise *= -0.8;
            *pixel = [
                pixel[0] * corner + noise,
                pixel[1] * corner + noise,
                pixel[2] * corner + noise,
            ];
        }
    }

    pub(super) fn pixels(&self) -> Vec<u8> {
        self.light
            .iter()
            .flatten()
            .map(|v| v.clamp(0.0, 255.0) as u8)
            .collect()
    }
}

/// Smooth noise between 0 and 1, for coordinates that aren't negative.
pub(super) fn smooth(x: f32, y: f32) -> f32 {
    let (column, row) = (x as u32, y as u32);
    let (fx, fy) = (x - column as f32, y - row as f32);
    let (fx, fy) = (fx * fx * (3.0 - 2.0 * fx), fy * fy * (3.0 - 2.0 * fy));
    let (a, b) = (speck(column, row), speck(column + 1, row));
    let (c, d) = (speck(column, row + 1), speck(column + 1, row + 1));
    let top = a + (b - a) * fx;
    top + (c + (d - c) * fx - top) * fy
}

/// Noise of one point of a lattice.
fn speck(column: u32, row: u32) -> f32 {
    let mut h = column.wrapping_mul(0x9e37_79b1) ^ row.wrapping_mul(0x85eb_ca77);
    h = (h ^ (h >> 15)).wrapping_mul(0x2c1b_3c6d);
    h = (h ^ (h >> 13)).wrapping_mul(0x297a_2d39);
    (h >> 8) as f32 / (1_u32 << 24) as f32
}
