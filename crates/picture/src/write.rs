//! The finished JPEG: as good as its budget of bytes allows.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use crate::{Facts, PictureError, Pixels};

/// Qualities between which the budget decides. Above the first nobody sees a difference; below
/// the last a house number is no longer legible, so a picture full of leaves stays over budget.
const BEST: u8 = 85;
const LEAST: u8 = 45;

/// Writes a picture with our facts, in the best quality whose bytes stay within `budget`.
///
/// # Errors
/// [`PictureError::Unwritable`].
pub fn encode(
    picture: &Pixels,
    budget: usize,
    facts: Option<&Facts>,
) -> Result<Vec<u8>, PictureError> {
    let exif = facts.map(Facts::exif).transpose()?;
    let mut fits = None;
    let (mut low, mut high) = (LEAST, BEST);
    let mut quality = BEST;
    // Halving the rest each time: five or six tries of about 10 ms.
    while low <= high {
        let bytes = jpeg(picture, quality, exif.as_deref())?;
        if bytes.len() <= budget {
            low = quality + 1;
            fits = Some(bytes);
        } else {
            high = quality - 1;
        }
        quality = low.midpoint(high);
    }
    match fits {
        Some(bytes) => Ok(bytes),
        None => jpeg(picture, LEAST, exif.as_deref()),
    }
}

/// Writes a picture so that it can be read again and worked on without visible loss: what is
/// kept while the form is open.
///
/// # Errors
/// [`PictureError::Unwritable`].
pub fn keep(picture: &Pixels) -> Result<Vec<u8>, PictureError> {
    jpeg(picture, 94, None)
}

/// `exif` is the TIFF structure that follows the `Exif` signature.
pub(crate) fn jpeg(
    picture: &Pixels,
    quality: u8,
    exif: Option<&[u8]>,
) -> Result<Vec<u8>, PictureError> {
    let (Ok(width), Ok(height)) = (
        u16::try_from(picture.width()),
        u16::try_from(picture.height()),
    ) else {
        return Err(PictureError::Unwritable);
    };
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality);
    encoder.set_sampling_factor(if quality > BEST {
        SamplingFactor::F_1_1
    } else {
        SamplingFactor::F_2_2
    });
    // Not with Huffman tables of its own: that writes one component a scan, which some decoders
    // unfold wrongly (see `kind::check_jpeg`), for 2 % of the bytes.
    if let Some(exif) = exif {
        encoder
            .add_exif_metadata(exif)
            .map_err(|_| PictureError::Unwritable)?;
    }
    encoder
        .encode(picture.as_raw(), width, height, ColorType::Rgb)
        .map_err(|_| PictureError::Unwritable)?;
    Ok(bytes)
}
