//! The stamp (水印): a few quiet lines at the lower left that say when and where.
//!
//! What it says is also data in the record; nothing is ever read back from these pixels.

mod letters;

use crate::Pixels;
use letters::Letters;

/// How much of the picture is left behind the letters. White on it has a contrast of at least
/// 5.7 : 1 even where the picture is white (WCAG 2.1 wants 4.5).
const DIMMED: u16 = 40;

/// Writes `lines` into the picture. Long lines are broken; what doesn't fit into the lower half
/// is left out, last lines first.
pub fn draw(picture: &mut Pixels, lines: &[String]) {
    let (width, height) = picture.dimensions();
    // Legible at arm's length when the picture fills a phone: 1/46 of the long side, about 2 mm.
    let size = (width.max(height) / 46).max(12);
    if width < size * 8 || height < size * 4 {
        return;
    }
    let letters = Letters::new(size);
    let (margin, pad) = (size * 3 / 4, size / 2);
    let room = width - 2 * (margin + pad);
    let most = (height / 2 - margin - 2 * pad) / letters.line_height();
    let mut broken: Vec<&str> = lines
        .iter()
        .flat_map(|line| letters.broken(line, room))
        .collect();
    broken.truncate(usize::try_from(most).unwrap_or(0));
    let Some(widest) = broken.iter().map(|line| letters.width(line)).max() else {
        return;
    };
    let tall = letters.line_height() * u32::try_from(broken.len()).unwrap_or(0);
    let plate = Plate {
        left: margin,
        top: height - margin - 2 * pad - tall,
        width: widest + 2 * pad,
        height: tall + 2 * pad,
    };
    plate.dim(picture, pad);
    for (row, line) in (0_u32..).zip(&broken) {
        let top = plate.top + pad + row * letters.line_height();
        letters.draw(line, plate.left + pad, top, |x, y, coverage| {
            lighten(picture, x, y, coverage);
        });
    }
}

/// The dark ground of the letters.
struct Plate {
    left: u32,
    top: u32,
    width: u32,
    height: u32,
}

impl Plate {
    fn dim(&self, picture: &mut Pixels, radius: u32) {
        for y in 0..self.height {
            for x in 0..self.width {
                // Rounded corners: how far outside the rounding's centre.
                let beyond =
                    |at: u32, size: u32| radius.saturating_sub(at.min(size.saturating_sub(at + 1)));
                let (dx, dy) = (beyond(x, self.width), beyond(y, self.height));
                if dx * dx + dy * dy > radius * radius {
                    continue;
                }
                if let Some(pixel) = picture.get_pixel_mut_checked(self.left + x, self.top + y) {
                    for value in &mut pixel.0 {
                        *value = u8::try_from(u16::from(*value) * DIMMED / 100).unwrap_or(*value);
                    }
                }
            }
        }
    }
}

/// Towards white by `coverage` (0 to 1).
fn lighten(picture: &mut Pixels, x: u32, y: u32, coverage: f32) {
    if let Some(pixel) = picture.get_pixel_mut_checked(x, y) {
        for value in &mut pixel.0 {
            let from = f32::from(*value);
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between 0 and 255"
            )]
            let mixed = (from + (255.0 - from) * coverage.clamp(0.0, 1.0)) as u8;
            *value = mixed;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(words: &[&str]) -> Vec<String> {
        words.iter().map(|&line| line.to_owned()).collect()
    }

    fn lightness(picture: &Pixels, at: [u32; 2]) -> u8 {
        picture.get_pixel(at[0], at[1])[1]
    }

    #[test]
    fn letters_stand_out_on_white_and_on_black() {
        for ground in [0_u8, 128, 255] {
            let mut picture = Pixels::from_pixel(1_600, 1_200, image::Rgb([ground; 3]));
            draw(
                &mut picture,
                &lines(&["2026-11-27 18:32:05", "栖云县河湾社区3栋"]),
            );
            let below = (900..1_200).flat_map(|y| (0..700).map(move |x| [x, y]));
            let letters = below.filter(|at| lightness(&picture, *at) > 240).count();
            let plate = lightness(&picture, [300, 1_168]);
            assert!(plate <= 102, "{ground}: {plate}");
            assert!(ground == 255 || letters > 1_000, "{ground}: {letters}");
            assert_eq!(lightness(&picture, [800, 300]), ground, "the rest stays");
        }
    }

    #[test]
    fn no_size_and_no_words_are_a_trouble() {
        let long = "很长的地址".repeat(80);
        for (width, height) in [
            (0, 0),
            (1, 1),
            (100, 40),
            (320, 240),
            (60, 1_600),
            (1_600, 60),
        ] {
            let mut picture = Pixels::new(width, height);
            draw(&mut picture, &lines(&[&long, "", "a\u{0}\n\u{1f600}"]));
            assert_eq!(picture.dimensions(), (width, height));
        }
        let mut picture = Pixels::new(800, 600);
        let before = picture.clone();
        draw(&mut picture, &[]);
        assert!(picture == before);
    }
}
