//! Thumbnails, made when first asked for and kept.

use std::io::{Cursor, Error, ErrorKind, Result};
use std::path::Path;

use image::codecs::jpeg::JpegEncoder;
use image::{ImageReader, Limits};
use linli_model::ids::MediaId;

use super::file;

/// Long side, pixels.
const SIDE: u32 = 320;
/// Largest picture that is decoded, pixels a side and bytes in memory: a photo of 8 MB could
/// claim to unfold to gigabytes.
const MOST: (u32, u64) = (12_000, 256 * 1024 * 1024);

/// The thumbnail of a photo.
pub(super) fn read(data: &Path, id: MediaId) -> Result<Vec<u8>> {
    let kept = file::path(data, id).with_extension("thumb.jpg");
    if let Ok(bytes) = std::fs::read(&kept) {
        return Ok(bytes);
    }
    let bytes = make(&std::fs::read(file::path(data, id))?)?;
    file::keep(&kept, &bytes)?;
    Ok(bytes)
}

fn make(jpeg: &[u8]) -> Result<Vec<u8>> {
    let bad = |_| Error::from(ErrorKind::InvalidData);
    let mut reader = ImageReader::with_format(Cursor::new(jpeg), image::ImageFormat::Jpeg);
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST.0);
    limits.max_image_height = Some(MOST.0);
    limits.max_alloc = Some(MOST.1);
    reader.limits(limits);
    let small = reader
        .decode()
        .map_err(bad)?
        .thumbnail(SIDE, SIDE)
        .to_rgb8();
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 80)
        .encode_image(&small)
        .map_err(bad)?;
    Ok(bytes)
}
