//! A file that may come from anywhere becomes an upright picture of the wanted size.

use std::io::Cursor;

use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, Limits, Rgb, RgbImage};

use crate::kind::{self, Kind};
use crate::{PictureError, Pixels, scale};

/// Larger files are no photos of a phone.
pub const MOST_BYTES: u64 = 40 * 1024 * 1024;
/// The most pixels that are unfolded. A JPEG of 64 megapixels takes 192 MB at once; phones that
/// make larger ones have the memory, but not those we are made for.
pub const MOST_PIXELS: u64 = 64 * 1_000_000;
/// The most pixels of a side: bounds what a row takes.
pub const MOST_SIDE: u32 = 16_000;
/// The most memory for the unfolded picture, bytes: 64 megapixels of three bytes. What has more
/// bytes a pixel (transparency, 16 bits) may have fewer pixels.
const MOST_MEMORY: u64 = MOST_PIXELS * 3;

/// Unfolds a JPEG or PNG file, scales it down so that its long side is at most `long_side`
/// pixels, and turns it as its EXIF says.
///
/// # Errors
/// See [`PictureError`]. Never panics because of what the file holds, as far as fuzzing has
/// shown; whoever calls it with a stranger's file guards against a panic all the same.
pub fn read(bytes: &[u8], long_side: u32) -> Result<Pixels, PictureError> {
    if bytes.len() as u64 > MOST_BYTES {
        return Err(PictureError::TooLarge);
    }
    match kind::of(bytes)? {
        Kind::Jpeg => {
            kind::check_jpeg(bytes)?;
            unfold(
                JpegDecoder::new(Cursor::new(bytes)).map_err(refused)?,
                long_side,
            )
        }
        Kind::Png => {
            let decoder = PngDecoder::with_limits(Cursor::new(bytes), limits()).map_err(refused)?;
            unfold(decoder, long_side)
        }
    }
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_SIDE);
    limits.max_image_height = Some(MOST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    limits
}

fn unfold(mut decoder: impl ImageDecoder, long_side: u32) -> Result<Pixels, PictureError> {
    let (width, height) = decoder.dimensions();
    // Before anything is allocated: a few kilobytes can claim to be gigabytes. The decoder's own
    // limit on memory isn't enforced for JPEG.
    if width.max(height) > MOST_SIDE
        || u64::from(width) * u64::from(height) > MOST_PIXELS
        || decoder.total_bytes() > MOST_MEMORY
    {
        return Err(PictureError::TooLarge);
    }
    decoder.set_limits(limits()).map_err(refused)?;
    // A picture whose metadata is broken is still a picture.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = on_white(DynamicImage::from_decoder(decoder).map_err(refused)?);
    // Turned after it was scaled: there is less to turn.
    let mut picture = DynamicImage::ImageRgb8(scale::down(picture, long_side));
    picture.apply_orientation(orientation);
    Ok(picture.into_rgb8())
}

/// Three bytes a pixel; what is transparent shows white, as on paper.
fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let with_alpha = picture.into_rgba8();
    RgbImage::from_fn(with_alpha.width(), with_alpha.height(), |x, y| {
        let [red, green, blue, alpha] = with_alpha.get_pixel(x, y).0;
        Rgb([red, green, blue].map(|value| over_white(value, alpha)))
    })
}

fn over_white(value: u8, alpha: u8) -> u8 {
    let alpha = u16::from(alpha);
    let mixed = (u16::from(value) * alpha + 255 * (255 - alpha)) / 255;
    u8::try_from(mixed).unwrap_or(u8::MAX)
}

#[allow(clippy::needless_pass_by_value, reason = "used as a map_err function")]
fn refused(error: ImageError) -> PictureError {
    match error {
        ImageError::Limits(_) => PictureError::TooLarge,
        ImageError::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
            PictureError::Incomplete
        }
        _ => PictureError::NotAPicture,
    }
}
