//! What a file is, by its first bytes: names and endings tell nothing.

use crate::PictureError;

/// Kinds that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Jpeg,
    Png,
}

/// First bytes of other kinds that a person may well pick, with their offset: a message that
/// names them helps more than "not a picture".
const OTHERS: [(usize, &[u8], &str); 12] = [
    (0, b"GIF8", "GIF"),
    (8, b"WEBP", "WebP"),
    (4, b"ftypavif", "AVIF"),
    (4, b"ftyphei", "HEIC"),
    (4, b"ftyphev", "HEIC"),
    (4, b"ftypmif1", "HEIC"),
    (4, b"ftypmsf1", "HEIC"),
    (4, b"ftyp", "MP4"),
    (0, b"BM", "BMP"),
    (0, b"II*\0", "TIFF"),
    (0, b"MM\0*", "TIFF"),
    (0, b"%PDF", "PDF"),
];

/// Looks at the first bytes.
pub(crate) fn of(bytes: &[u8]) -> Result<Kind, PictureError> {
    if bytes.is_empty() {
        return Err(PictureError::Empty);
    }
    if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        return Ok(Kind::Jpeg);
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Ok(Kind::Png);
    }
    let other = OTHERS
        .iter()
        .find(|(at, magic, _)| bytes.get(*at..).is_some_and(|rest| rest.starts_with(magic)));
    Err(other.map_or(PictureError::NotAPicture, |(_, _, name)| {
        PictureError::OtherKind(name)
    }))
}

/// Whether the picture in a JPEG file is all there, and of a shape that is read rightly.
///
/// Decoders fill a missing rest with grey and say nothing. Inside the coded picture 0xFF is
/// always followed by 0x00 or a restart marker (ITU-T T.81 B.1.1.2, B.1.1.5), so the end marker
/// can't be mistaken; the thumbnails in its headers have one of their own, hence from the
/// picture's start. What cameras append after the end, such as a film, is not looked at.
pub(crate) fn check_jpeg(bytes: &[u8]) -> Result<(), PictureError> {
    let mut at = 2;
    let mut components = None;
    // Segments up to the start of the first scan (0xDA).
    while let Some(&[0xff, marker, high, low]) = bytes.get(at..at + 4) {
        match marker {
            // Fill bytes before a marker.
            0xff => {
                at += 1;
                continue;
            }
            // Frames of the baseline and the extended process: how many components.
            0xc0 | 0xc1 => components = bytes.get(at + 9),
            0xda => {
                let in_scan = bytes.get(at + 4);
                // zune-jpeg 0.5.15 unfolds one component a scan to wrong colours without a
                // word. No camera writes that; some editors do.
                if components.is_some_and(|all| in_scan.is_none_or(|some| some < all)) {
                    return Err(PictureError::OtherKind("JPEG/1"));
                }
                let ends = bytes[at..].windows(2).any(|pair| pair == [0xff, 0xd9]);
                return ends.then_some(()).ok_or(PictureError::Incomplete);
            }
            _ => {}
        }
        at += 2 + usize::from(u16::from_be_bytes([high, low]));
    }
    Err(PictureError::Incomplete)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_kinds_are_named() {
        for (bytes, name) in [
            (&b"\0\0\0\x18ftypheic"[..], "HEIC"),
            (b"RIFF\x10\0\0\0WEBPVP8 ", "WebP"),
            (b"GIF89a", "GIF"),
            (b"\0\0\0\x18ftypisom", "MP4"),
            (b"%PDF-1.7", "PDF"),
        ] {
            assert_eq!(of(bytes), Err(PictureError::OtherKind(name)));
        }
        assert_eq!(of(b"hello"), Err(PictureError::NotAPicture));
        assert_eq!(of(b""), Err(PictureError::Empty));
    }
}
