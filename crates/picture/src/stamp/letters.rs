//! Letters as pixels.

use ab_glyph::{Font, FontRef, PxScale, ScaleFont, point};

/// Noto Sans SC, cut down to GB 2312 by scripts/stamp-font.py; licence beside it.
static FONT: &[u8] = include_bytes!("../../../../assets/fonts/stamp.otf");

/// The letters of the stamp in one size.
pub(super) struct Letters {
    /// None only if the file that was compiled in were broken: then nothing is written.
    font: Option<FontRef<'static>>,
    size: u32,
}

impl Letters {
    pub(super) fn new(size: u32) -> Self {
        Self {
            font: FontRef::try_from_slice(FONT).ok(),
            size,
        }
    }

    fn scale(&self) -> PxScale {
        // The font's line (ascent to descent) is 1.448 of its square; sizes are of the square.
        #[allow(clippy::cast_precision_loss, reason = "a small number")]
        PxScale::from(self.size as f32 * 1.448)
    }

    pub(super) fn line_height(&self) -> u32 {
        self.size * 4 / 3
    }

    /// Pixels to the next letter.
    fn advance(&self, letter: char) -> f32 {
        let Some(font) = &self.font else { return 0.0 };
        let id = font.glyph_id(letter);
        if id.0 == 0 {
            #[allow(clippy::cast_precision_loss, reason = "a small number")]
            return self.size as f32;
        }
        font.as_scaled(self.scale()).h_advance(id)
    }

    pub(super) fn width(&self, line: &str) -> u32 {
        let width: f32 = line.chars().map(|letter| self.advance(letter)).sum();
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a line's length"
        )]
        let whole = width.ceil() as u32;
        whole
    }

    /// Cuts a line into pieces no wider than `room`. Between any two letters: Chinese has no
    /// spaces, and numbers in a stamp are short.
    pub(super) fn broken<'a>(&self, line: &'a str, room: u32) -> Vec<&'a str> {
        #[allow(clippy::cast_precision_loss, reason = "a small number")]
        let room = room as f32;
        let (mut pieces, mut start, mut width) = (Vec::new(), 0, 0.0);
        for (at, letter) in line.char_indices() {
            let advance = self.advance(letter);
            if width + advance > room && at > start {
                pieces.push(&line[start..at]);
                (start, width) = (at, 0.0);
            }
            width += advance;
        }
        pieces.push(&line[start..]);
        pieces
    }

    /// Draws a line whose letters begin at `left` and `top`.
    pub(super) fn draw(&self, line: &str, left: u32, top: u32, mut dot: impl FnMut(u32, u32, f32)) {
        let Some(font) = &self.font else { return };
        let scaled = font.as_scaled(self.scale());
        #[allow(clippy::cast_precision_loss, reason = "pixels of a picture")]
        let (mut x, base) = (left as f32, top as f32 + self.size as f32);
        for letter in line.chars() {
            let id = font.glyph_id(letter);
            if id.0 == 0 {
                self.number(letter, x, top, &mut dot);
            } else if let Some(outline) =
                font.outline_glyph(id.with_scale_and_position(scaled.scale(), point(x, base)))
            {
                let bounds = outline.px_bounds();
                outline.draw(|dx, dy, coverage| {
                    #[allow(
                        clippy::cast_possible_truncation,
                        clippy::cast_sign_loss,
                        clippy::cast_precision_loss,
                        reason = "pixels of a picture; what is left of it becomes 0 and is as good as clipped"
                    )]
                    dot(
                        (bounds.min.x + dx as f32) as u32,
                        (bounds.min.y + dy as f32) as u32,
                        coverage,
                    );
                });
            }
            x += self.advance(letter);
        }
    }

    /// A letter the font doesn't have: a frame with its number, two rows of hexadecimal digits,
    /// so that a rare name stays a fact instead of an empty box.
    fn number(&self, letter: char, left: f32, top: u32, dot: &mut impl FnMut(u32, u32, f32)) {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a pixel of a picture"
        )]
        let left = left as u32 + 1;
        let side = self.size.saturating_sub(2);
        for i in 0..side {
            for (x, y) in [(i, 0), (i, side - 1), (0, i), (side - 1, i)] {
                dot(left + x, top + 2 + y, 1.0);
            }
        }
        let digits = format!("{:04X}", u32::from(letter));
        let half = digits.len().div_ceil(2);
        let small = Self::new(self.size * 2 / 5);
        for (row, part) in (0..).zip([&digits[..half], &digits[half..]]) {
            let inset = side.saturating_sub(small.width(part)) / 2;
            small.draw(
                part,
                left + inset,
                top + 2 + self.size / 12 + row * (self.size * 2 / 5),
                &mut *dot as &mut dyn FnMut(u32, u32, f32),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(letter: char) -> bool {
        let font = FontRef::try_from_slice(FONT).expect("the font");
        font.glyph_id(letter).0 != 0
    }

    #[test]
    fn the_letters_of_forms_and_places_are_there() {
        for letter in "栖云县河湾社区网格3栋2单元±8米°′″ABCxyz,.:-未定位转来的照片模拟".chars()
        {
            assert!(has(letter), "{letter}");
        }
        assert!(!has('龦'), "or the next test shows nothing");
    }

    #[test]
    fn a_letter_outside_is_drawn_as_its_number() {
        let letters = Letters::new(40);
        let mut dots = 0;
        letters.draw("龦", 0, 0, |_, _, coverage| {
            dots += i32::from(coverage > 0.5)
        });
        // More than the frame alone, which has 4 × 38.
        assert!(dots > 200, "{dots}");
        assert_eq!(letters.width("龦"), 40);
    }

    #[test]
    fn long_lines_are_broken_and_nothing_of_them_is_lost() {
        let letters = Letters::new(30);
        let line = "云溪路118号河湾社区3栋2单元";
        let pieces = letters.broken(line, 200);
        assert!(pieces.len() > 1);
        assert_eq!(pieces.concat(), line);
        assert!(pieces.iter().all(|piece| letters.width(piece) <= 200));
    }
}
