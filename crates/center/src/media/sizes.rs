//! Smaller sizes of a photo, made when first asked for and kept on this machine's disk.

use std::io::{Cursor, Error, ErrorKind, Result};
use std::path::{Path, PathBuf};

use image::codecs::jpeg::JpegEncoder;
use image::{ImageReader, Limits};

use super::content::Hash;
use super::file;

/// Largest picture that is decoded, pixels a side and bytes in memory: a photo of 8 MB could
/// claim to unfold to gigabytes.
const MOST: (u32, u64) = (12_000, 256 * 1024 * 1024);

/// A size that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Size {
    /// As it came.
    Whole,
    /// For lists.
    Thumb,
    /// For a screen.
    Screen,
}

impl Size {
    /// By the name in a request; whatever isn't known is the whole.
    pub(crate) fn named(name: &str) -> Self {
        match name {
            "thumb" => Self::Thumb,
            "screen" => Self::Screen,
            _ => Self::Whole,
        }
    }

    /// Long side, pixels.
    fn side(self) -> Option<u32> {
        match self {
            Self::Whole => None,
            Self::Thumb => Some(320),
            Self::Screen => Some(1280),
        }
    }
}

/// File of a size.
fn path(data: &Path, sha256: &Hash, side: u32) -> PathBuf {
    let hex = hex::encode(sha256);
    data.join("sizes")
        .join(&hex[..2])
        .join(format!("{hex}.{side}.jpg"))
}

/// A size that was made before.
pub(super) fn kept(data: &Path, sha256: &Hash, size: Size) -> Option<Vec<u8>> {
    std::fs::read(path(data, sha256, size.side()?)).ok()
}

/// Makes a size of a photo and keeps it. One that isn't larger is it already.
pub(super) fn make(data: &Path, sha256: &Hash, jpeg: &[u8], size: Size) -> Result<Option<Vec<u8>>> {
    let Some(side) = size.side() else {
        return Ok(None);
    };
    let Some(small) = scale(jpeg, side)? else {
        return Ok(None);
    };
    // A full disk is no reason to show nothing: it is made again next time.
    if let Err(error) = file::keep(&path(data, sha256, side), &small) {
        tracing::warn!(%error, "a smaller size isn't kept");
    }
    Ok(Some(small))
}

/// Removes all sizes of a photo.
pub(super) fn remove(data: &Path, sha256: &Hash) -> Result<()> {
    for size in [Size::Thumb, Size::Screen] {
        let Some(side) = size.side() else { continue };
        match std::fs::remove_file(path(data, sha256, side)) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

fn scale(jpeg: &[u8], side: u32) -> Result<Option<Vec<u8>>> {
    let bad = |_| Error::from(ErrorKind::InvalidData);
    let mut reader = ImageReader::with_format(Cursor::new(jpeg), image::ImageFormat::Jpeg);
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST.0);
    limits.max_image_height = Some(MOST.0);
    limits.max_alloc = Some(MOST.1);
    reader.limits(limits);
    let whole = reader.decode().map_err(bad)?;
    if whole.width().max(whole.height()) <= side {
        return Ok(None);
    }
    let small = whole.thumbnail(side, side).to_rgb8();
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 80)
        .encode_image(&small)
        .map_err(bad)?;
    Ok(Some(bytes))
}
