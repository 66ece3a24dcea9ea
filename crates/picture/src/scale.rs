//! Fewer pixels.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::RgbImage;

use crate::{PictureError, Pixels, THUMB_SIDE, write};

/// Scales down so that the long side is at most `long_side`; smaller pictures stay as they are.
pub(crate) fn down(picture: RgbImage, long_side: u32) -> RgbImage {
    let (width, height) = picture.dimensions();
    let long = width.max(height);
    if long <= long_side || long == 0 {
        return picture;
    }
    let side = |from: u32| {
        let to = u64::from(from) * u64::from(long_side) / u64::from(long);
        u32::try_from(to).unwrap_or(long_side).max(1)
    };
    let (to_width, to_height) = (side(width), side(height));
    let mut scaled = Image::new(to_width, to_height, PixelType::U8x3);
    // Catmull-Rom keeps the edges of letters and cracks; plain averaging blurs them.
    let how = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom));
    let done = ImageRef::new(width, height, picture.as_raw(), PixelType::U8x3)
        .ok()
        .and_then(|from| Resizer::new().resize(&from, &mut scaled, &how).ok())
        .and_then(|()| RgbImage::from_raw(to_width, to_height, scaled.into_vec()));
    // Neither can fail: the buffers have the sizes they say.
    done.unwrap_or(picture)
}

/// A small JPEG for lists, about 12 KB.
///
/// # Errors
/// [`PictureError::Unwritable`].
pub fn thumbnail(picture: &Pixels) -> Result<Vec<u8>, PictureError> {
    write::jpeg(&down(picture.clone(), THUMB_SIDE), 72, None)
}
