//! From bytes to a picture, and from a picture to the finished file. No files and no database;
//! slow, so never on an async thread.

use std::panic::{AssertUnwindSafe, catch_unwind};

use linli_picture::mosaic::{self, Stroke};
use linli_picture::{
    BUDGET, Facts, LONG_SIDE, PictureError, Pixels, encode, keep, read, stamp, thumbnail,
};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::EdgeError;
use crate::error::Outcome;

/// An upright, scaled picture that can still be masked and placed.
#[derive(Debug)]
pub(super) struct Working {
    pub picture: Vec<u8>,
    pub thumb: Vec<u8>,
    pub width: u32,
    pub height: u32,
}

/// A picture as it stays.
#[derive(Debug)]
pub(super) struct Finished {
    pub jpeg: Vec<u8>,
    pub thumb: Vec<u8>,
    pub sha256: [u8; 32],
}

/// Unfolds a file that may come from anywhere.
///
/// # Errors
/// `photo_not_an_image`, `photo_kind`, `photo_too_large`, `photo_incomplete`.
pub(super) fn unfold(bytes: &[u8]) -> Outcome<Working> {
    guarded(|| working(&read(bytes, LONG_SIDE)?))
}

/// Covers what the strokes went over.
///
/// # Errors
/// As [`unfold`], if what was kept can't be read.
pub(super) fn mask(picture: &[u8], strokes: &[Stroke]) -> Outcome<Working> {
    guarded(|| {
        let mut picture = read(picture, LONG_SIDE)?;
        mosaic::cover(&mut picture, strokes);
        working(&picture)
    })
}

/// Stamps a picture and writes it with its facts.
///
/// # Errors
/// As [`unfold`].
pub(super) fn finish(picture: &[u8], lines: &[String], facts: &Facts) -> Outcome<Finished> {
    guarded(|| {
        let mut picture = read(picture, LONG_SIDE)?;
        stamp::draw(&mut picture, lines);
        let jpeg = encode(&picture, BUDGET, Some(facts))?;
        Ok(Finished {
            sha256: Sha256::digest(&jpeg).into(),
            thumb: thumbnail(&picture)?,
            jpeg,
        })
    })
}

fn working(picture: &Pixels) -> Result<Working, PictureError> {
    Ok(Working {
        picture: keep(picture)?,
        thumb: thumbnail(picture)?,
        width: picture.width(),
        height: picture.height(),
    })
}

/// Decoders of pictures are where strangers' bytes meet the most arithmetic: a panic there is a
/// picture that can't be read, not an app that stops.
fn guarded<T>(work: impl FnOnce() -> Result<T, PictureError>) -> Outcome<T> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(done) => done.map_err(said),
        Err(_) => Err(EdgeError::code("photo_not_an_image")),
    }
}

fn said(error: PictureError) -> EdgeError {
    match error {
        PictureError::Empty | PictureError::NotAPicture => EdgeError::code("photo_not_an_image"),
        PictureError::OtherKind(kind) => EdgeError {
            code: "photo_kind".into(),
            params: json!({ "kind": kind }),
        },
        PictureError::TooLarge => EdgeError::code("photo_too_large"),
        PictureError::Incomplete => EdgeError::code("photo_incomplete"),
        PictureError::Unwritable => EdgeError::code("internal"),
    }
}
