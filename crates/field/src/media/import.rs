//! Taking in a picture file: decoded, upright, scaled, thumbnailed, written anew without any
//! of the metadata it came with. Position and time are recorded by us, never read back.

use std::io::Cursor;
use std::path::Path;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageError, ImageReader, Limits};
use sha2::{Digest, Sha256};

use crate::EdgeError;

/// Long side of the stored picture, pixels (DESIGN §6).
const LONG_SIDE: u32 = 1_600;
/// Long side of the thumbnail, pixels.
const THUMB_SIDE: u32 = 320;
/// JPEG quality of the stored picture.
const QUALITY: u8 = 80;
/// Larger files are no photos of a phone.
const MAX_FILE: u64 = 40 * 1024 * 1024;
/// Larger pictures don't fit a cheap phone's memory: 64 Mpx.
const MAX_SIDE: u32 = 12_000;

/// A picture ready to be kept.
#[derive(Debug)]
pub(crate) struct Finished {
    pub jpeg: Vec<u8>,
    pub thumb: Vec<u8>,
    pub width: u32,
    pub height: u32,
    pub sha256: [u8; 32],
}

/// Maps a file error to a code.
pub(crate) fn io(error: &std::io::Error) -> EdgeError {
    EdgeError::code(match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => "disk_full",
        std::io::ErrorKind::NotFound => "not_found",
        _ => "internal",
    })
}

/// Reads and finishes the file at `path`.
///
/// # Errors
/// `photo_not_an_image`, `photo_too_large`, `not_found`.
pub(crate) fn finish(path: &Path) -> Result<Finished, EdgeError> {
    let length = std::fs::metadata(path).map_err(|error| io(&error))?.len();
    if length > MAX_FILE {
        return Err(EdgeError::code("photo_too_large"));
    }
    let bytes = std::fs::read(path).map_err(|error| io(&error))?;
    let picture = upright(&bytes)?;
    let stored = scaled(&picture, LONG_SIDE);
    let thumb = jpeg(&scaled(&stored, THUMB_SIDE), 70)?;
    let jpeg = jpeg(&stored, QUALITY)?;
    Ok(Finished {
        width: stored.width(),
        height: stored.height(),
        sha256: Sha256::digest(&jpeg).into(),
        jpeg,
        thumb,
    })
}

fn upright(bytes: &[u8]) -> Result<DynamicImage, EdgeError> {
    let not_an_image = |_: std::io::Error| EdgeError::code("photo_not_an_image");
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(not_an_image)?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(512 * 1024 * 1024);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(refused)?;
    // A picture whose metadata is broken is still a picture.
    let orientation = decoder
        .orientation()
        .unwrap_or(image::metadata::Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(refused)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

#[allow(clippy::needless_pass_by_value, reason = "used as a map_err function")]
fn refused(error: ImageError) -> EdgeError {
    EdgeError::code(match error {
        ImageError::Limits(_) => "photo_too_large",
        _ => "photo_not_an_image",
    })
}

fn scaled(picture: &DynamicImage, long_side: u32) -> DynamicImage {
    if picture.width().max(picture.height()) <= long_side {
        return picture.clone();
    }
    // Halving first is as good to the eye and several times faster than one big filter.
    if picture.width().max(picture.height()) > 2 * long_side {
        let thumb = picture.thumbnail(2 * long_side, 2 * long_side);
        return thumb.resize(long_side, long_side, FilterType::Triangle);
    }
    picture.resize(long_side, long_side, FilterType::Triangle)
}

fn jpeg(picture: &DynamicImage, quality: u8) -> Result<Vec<u8>, EdgeError> {
    let mut out = Vec::new();
    picture
        .to_rgb8()
        .write_with_encoder(JpegEncoder::new_with_quality(&mut out, quality))
        .map_err(|_| EdgeError::code("internal"))?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use image::{Rgb, RgbImage};

    use super::*;

    fn sample(width: u32, height: u32) -> DynamicImage {
        // Red on the left, blue on the right: which side is up can be told.
        DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, _| {
            if x < width / 2 {
                Rgb([220, 30, 30])
            } else {
                Rgb([30, 30, 220])
            }
        }))
    }

    /// A minimal EXIF block that says "rotate" (tag 0x0112).
    fn with_orientation(jpeg: &[u8], orientation: u8) -> Vec<u8> {
        let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
        exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
        let length = u16::try_from(exif.len() + 2).expect("short").to_be_bytes();
        let mut out = jpeg[..2].to_vec();
        out.extend([0xff, 0xe1]);
        out.extend(length);
        out.extend(exif);
        out.extend(&jpeg[2..]);
        out
    }

    fn finish_bytes(bytes: &[u8]) -> Result<Finished, EdgeError> {
        let folder = tempfile::tempdir().expect("temp folder");
        let path = folder.path().join("in.jpg");
        std::fs::write(&path, bytes).expect("write");
        finish(&path)
    }

    #[test]
    fn a_big_picture_is_scaled_and_stands_upright() {
        let bytes = with_orientation(&jpeg(&sample(3_000, 1_500), 80).expect("jpeg"), 6);
        let finished = finish_bytes(&bytes).expect("finish");
        assert_eq!((finished.width, finished.height), (800, 1_600));
        let stored = image::load_from_memory(&finished.jpeg)
            .expect("jpeg")
            .to_rgb8();
        // Turned clockwise, left became top.
        assert!(stored.get_pixel(400, 100)[0] > 150, "red on top");
        assert!(stored.get_pixel(400, 1_500)[2] > 150, "blue below");
        let thumb = image::load_from_memory(&finished.thumb).expect("thumb");
        assert_eq!(thumb.height(), 320);
        assert!(
            !finished.jpeg.windows(4).any(|w| w == b"Exif"),
            "nothing it came with stays"
        );
        let digest: [u8; 32] = Sha256::digest(&finished.jpeg).into();
        assert_eq!(finished.sha256, digest);
    }

    #[test]
    fn what_is_no_picture_is_said_so() {
        for bytes in [&b"hello"[..], &[], &[0xff, 0xd8, 0xff, 0xe0, 0, 3]] {
            assert_eq!(
                finish_bytes(bytes).expect_err("no picture").code,
                "photo_not_an_image"
            );
        }
    }
}
