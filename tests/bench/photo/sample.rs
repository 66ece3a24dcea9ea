//! A file as a phone's camera writes it.

use image::codecs::jpeg::JpegEncoder;

use crate::Outcome;

/// The camera was held upright: what it wrote lies on its side (EXIF orientation 6).
const ON_ITS_SIDE: &[u8] =
    b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";

/// A JPEG of so many pixels with sky, edges and the noise of a small sensor, quality 90.
pub(super) fn camera_file(width: u32, height: u32) -> Outcome<Vec<u8>> {
    let mut noise = 0x1234_5678_u32;
    let image = image::RgbImage::from_fn(width, height, |x, y| {
        noise ^= noise << 13;
        noise ^= noise >> 17;
        noise ^= noise << 5;
        let grain = (noise % 13) as i32 - 6;
        let sky = 210 - (y * 90 / height) as i32;
        let wall = if (x / 230 + y / 310) % 3 == 0 { -70 } else { 0 };
        let leaf = if y > height * 2 / 3 {
            (noise >> 8) as i32 % 60 - 30
        } else {
            0
        };
        let value = |tint: i32| u8::try_from((sky + wall + leaf + grain + tint).clamp(0, 255));
        image::Rgb([-20, 0, 15].map(|tint| value(tint).unwrap_or(0)))
    });
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, 90).encode_image(&image)?;
    let length = u16::try_from(ON_ITS_SIDE.len() + 2)?.to_be_bytes();
    Ok([&jpeg[..2], &[0xff, 0xe1], &length, ON_ITS_SIDE, &jpeg[2..]].concat())
}
