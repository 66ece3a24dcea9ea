//! Drawn photos: what a phone might have taken, made of simple shapes and grain.
//!
//! Drawing uses plain arithmetic only, so the same dice give the same pixels.

mod canvas;
mod scenes;

use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;

use crate::dice::Dice;
use crate::history::cases::Picture;
use canvas::Canvas;

/// Pixels across.
pub const WIDTH: u32 = 1_000;

/// Pixels down.
pub const HEIGHT: u32 = 750;

/// Grain makes files large; this keeps them below 80 KB.
const QUALITY: u8 = 72;

/// A picture could not be encoded.
#[derive(Debug, thiserror::Error)]
#[error("a picture could not be encoded: {0}")]
pub struct PictureError(#[from] image::ImageError);

/// Draws a picture, finished as a JPEG.
///
/// # Errors
/// The encoder fails.
pub fn jpeg(picture: Picture, dice: &mut Dice) -> Result<Vec<u8>, PictureError> {
    let mut canvas = Canvas::new();
    match picture {
        Picture::DarkStreet => scenes::dark_street(&mut canvas, dice),
        Picture::Stairwell => scenes::stairwell(&mut canvas, dice),
        Picture::Water => scenes::water(&mut canvas, dice),
        Picture::Hole => scenes::hole(&mut canvas, dice),
        Picture::Rubbish => scenes::rubbish(&mut canvas, dice),
    }
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
    let mut encoder = encoder;
    encoder.encode(&canvas.pixels(), WIDTH, HEIGHT, ExtendedColorType::Rgb8)?;
    Ok(bytes)
}
