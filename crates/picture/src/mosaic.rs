//! Makes faces and number plates unrecognisable where a finger went over them.

use crate::Pixels;

/// One stroke of the brush, in shares of the picture: 0 to 1 from left and from top.
#[derive(Debug, Clone, PartialEq)]
pub struct Stroke {
    /// Where the finger went.
    pub points: Vec<[f64; 2]>,
    /// Half the brush's width as a share of the picture's long side.
    pub radius: f64,
}

/// Cells along the long side. At 40, a cell of a 1,600-pixel picture is 40 pixels: wider than a
/// letter of a number plate that can be read at all, and a face that fills a tenth of the
/// picture is left with four by four.
const CELLS: u32 = 40;
/// Brightness steps that are left of a cell's average. Averages alone could be matched against
/// blurred copies of known plates.
const STEPS: u16 = 12;

/// Replaces every cell that a stroke touches by one rounded colour. What was there can't be
/// computed back.
pub fn cover(picture: &mut Pixels, strokes: &[Stroke]) {
    let (width, height) = picture.dimensions();
    let long = width.max(height);
    let cell = long.div_ceil(CELLS).max(1);
    let (columns, rows) = (width.div_ceil(cell), height.div_ceil(cell));
    for row in 0..rows {
        for column in 0..columns {
            let (left, top) = (column * cell, row * cell);
            let (right, bottom) = ((left + cell).min(width), (top + cell).min(height));
            let within = Cell {
                low: [f64::from(left), f64::from(top)],
                high: [f64::from(right), f64::from(bottom)],
            };
            if strokes
                .iter()
                .any(|stroke| within.is_touched(stroke, width, height))
            {
                fill(picture, left..right, top..bottom);
            }
        }
    }
}

struct Cell {
    low: [f64; 2],
    high: [f64; 2],
}

impl Cell {
    /// Whether the brush came within its radius of this cell.
    fn is_touched(&self, stroke: &Stroke, width: u32, height: u32) -> bool {
        let radius = stroke.radius * f64::from(width.max(height));
        let place = |point: &[f64; 2]| [point[0] * f64::from(width), point[1] * f64::from(height)];
        let alone = stroke.points.len() == 1;
        let dots = stroke.points.iter().map(place);
        let ends = stroke.points.iter().skip(usize::from(!alone)).map(place);
        // A minimum ignores what is no number: it must not count as near.
        dots.zip(ends)
            .filter(|(from, to)| from.iter().chain(to).all(|value| value.is_finite()))
            .any(|(from, to)| self.distance(from, to) <= radius)
    }

    /// Distance to a line between two points, by steps of half a cell: a finger's line needs no
    /// more.
    fn distance(&self, from: [f64; 2], to: [f64; 2]) -> f64 {
        let length = (to[0] - from[0]).hypot(to[1] - from[1]);
        let step = ((self.high[0] - self.low[0]) / 2.0).max(1.0);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a small number; NaN gives 0"
        )]
        let steps = (length / step).ceil().min(4_096.0) as u32;
        (0..=steps)
            .map(|i| {
                let share = f64::from(i) / f64::from(steps.max(1));
                let at = |axis: usize| from[axis] + (to[axis] - from[axis]) * share;
                let away = |axis: usize| {
                    (self.low[axis] - at(axis))
                        .max(at(axis) - self.high[axis])
                        .max(0.0)
                };
                away(0).hypot(away(1))
            })
            .fold(f64::INFINITY, f64::min)
    }
}

fn fill(picture: &mut Pixels, columns: std::ops::Range<u32>, rows: std::ops::Range<u32>) {
    let places = || {
        rows.clone()
            .flat_map(|y| columns.clone().map(move |x| (x, y)))
    };
    let mut sums = [0_u64; 3];
    for (x, y) in places() {
        for (sum, value) in sums.iter_mut().zip(picture.get_pixel(x, y).0) {
            *sum += u64::from(value);
        }
    }
    let count = u64::from(columns.end - columns.start) * u64::from(rows.end - rows.start);
    let colour = sums.map(|sum| {
        let average = u16::try_from(sum / count.max(1)).unwrap_or(255);
        let step = (average * STEPS + 127) / 255;
        u8::try_from(step * 255 / STEPS).unwrap_or(255)
    });
    for (x, y) in places() {
        picture.put_pixel(x, y, image::Rgb(colour));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(width: u32, height: u32) -> Pixels {
        Pixels::from_fn(width, height, |x, y| {
            let value = u8::try_from((x * 31 + y * 17) % 256).expect("a byte");
            image::Rgb([value, 255 - value, value / 2])
        })
    }

    fn stroke(points: &[[f64; 2]]) -> Stroke {
        Stroke {
            points: points.to_vec(),
            radius: 0.02,
        }
    }

    #[test]
    fn what_is_covered_depends_on_little_of_what_was_there() {
        let before = noise(800, 600);
        let mut after = before.clone();
        cover(&mut after, &[stroke(&[[0.25, 0.5], [0.75, 0.5]])]);
        // Every pixel under the stroke has the colour of its cell's first one.
        for x in 200..600 {
            let corner = after.get_pixel(x / 20 * 20, 300);
            assert_eq!(after.get_pixel(x, 300), corner);
            assert_eq!(after.get_pixel(x, 305), corner);
        }
        assert_eq!(after.get_pixel(400, 50), before.get_pixel(400, 50));
        // A letter of other brightness in a cell doesn't show.
        let mut other = before.clone();
        for y in 300..304 {
            other.put_pixel(400, y, image::Rgb([255; 3]));
        }
        let mut masked = other;
        cover(&mut masked, &[stroke(&[[0.25, 0.5], [0.75, 0.5]])]);
        assert_eq!(masked.get_pixel(410, 310), after.get_pixel(410, 310));
    }

    #[test]
    fn a_tap_covers_and_nonsense_does_nothing() {
        let mut picture = noise(100, 100);
        let before = picture.clone();
        cover(
            &mut picture,
            &[
                stroke(&[]),
                stroke(&[[f64::NAN, 0.5]]),
                stroke(&[[9.0, 9.0]]),
            ],
        );
        assert!(picture == before);
        cover(&mut picture, &[stroke(&[[0.5, 0.5]])]);
        assert!(picture != before);
        // Neither an empty picture nor a single pixel is a trouble.
        cover(&mut Pixels::new(0, 0), &[stroke(&[[0.5, 0.5]])]);
        cover(&mut Pixels::new(1, 1), &[stroke(&[[0.5, 0.5]])]);
    }
}
