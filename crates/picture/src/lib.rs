//! Pixels: what happens to a photo between the file that a camera or an album hands over and
//! the JPEG that is kept, sent and shown.
//!
//! [`read`] unfolds a file that may come from anywhere, turns it upright and scales it;
//! [`mosaic`] makes faces unrecognisable; [`stamp`] writes time and place into it; [`encode`]
//! writes it anew with only the [`Facts`] we recorded ourselves. Nothing of the original's
//! metadata survives. No I/O and no clock; one call holds one picture.

mod error;
mod facts;
mod kind;
pub mod mosaic;
mod read;
mod scale;
pub mod stamp;
mod write;

pub use error::PictureError;
pub use facts::{Facts, Place};
/// An upright picture, 8 bits of red, green and blue.
pub use image::RgbImage as Pixels;
pub use read::{MOST_BYTES, MOST_PIXELS, MOST_SIDE, read};
pub use scale::thumbnail;
pub use write::{encode, keep};

/// Whether a file begins like a JPEG and doesn't end yet: somebody may still be writing it.
pub fn is_begun(bytes: &[u8]) -> bool {
    kind::of(bytes) == Ok(kind::Kind::Jpeg)
        && kind::check_jpeg(bytes) == Err(PictureError::Incomplete)
}

/// Long side of a stored picture in pixels where nothing else is set.
pub const LONG_SIDE: u32 = 1_600;
/// Long side of a thumbnail, pixels.
pub const THUMB_SIDE: u32 = 320;
/// What a stored picture may weigh where nothing else is set, bytes: twelve seconds on a 2G
/// link that carries 20 KB a second.
pub const BUDGET: usize = 250 * 1024;
