//! Unpacking what came from outside: never more than a page can be.

use linli_protocol::limits::MAX_PLAIN;
use linli_protocol::sync::Page;

use super::wire::LinkError;

/// A page out of its compressed form. One that says of itself that it is too large is not
/// unpacked at all, and one that lies is cut off.
pub(super) fn page(bytes: &[u8]) -> Result<Page, LinkError> {
    if bytes.is_empty() {
        return Ok(Page::default());
    }
    let plain = plain(bytes, MAX_PLAIN).ok_or(LinkError::Nonsense)?;
    let page: Page = linli_protocol::decode(&plain).map_err(|_| LinkError::Nonsense)?;
    page.one_by_one().ok_or(LinkError::Nonsense)
}

/// At most `most` bytes; no more than that is ever set aside for them.
fn plain(bytes: &[u8], most: usize) -> Option<Vec<u8>> {
    let said = zstd::zstd_safe::get_frame_content_size(bytes).ok()?;
    if said.is_some_and(|said| said > most as u64) {
        return None;
    }
    zstd::bulk::decompress(bytes, most).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A gigabyte of nothing, in some kilobytes.
    fn bomb(says_its_size: bool) -> Vec<u8> {
        use std::io::Write;
        let mut packed = zstd::Encoder::new(Vec::new(), 1).expect("encoder");
        let (nothing, times) = (vec![0; 1 << 20], 1 << 10);
        if says_its_size {
            packed.set_pledged_src_size(Some(1 << 30)).expect("pledge");
        }
        for _ in 0..times {
            packed.write_all(&nothing).expect("written");
        }
        packed.finish().expect("packed")
    }

    #[test]
    fn a_page_that_unfolds_to_a_gigabyte_is_refused() {
        for says_its_size in [true, false] {
            let bomb = bomb(says_its_size);
            assert!(bomb.len() < 200_000, "{}", bomb.len());
            assert!(matches!(page(&bomb), Err(LinkError::Nonsense)));
        }
    }

    #[test]
    fn neither_a_size_that_is_a_lie_nor_one_beyond_memory_sets_anything_aside() {
        // A frame of one segment that says it holds 2^62 bytes, and one that says 1 GB; then a
        // block of a few bytes.
        for size in [1_u64 << 62, 1 << 30] {
            let mut frame = vec![0x28, 0xb5, 0x2f, 0xfd, 0b1110_0000];
            frame.extend(size.to_le_bytes());
            frame.extend([0x01 | (4 << 3), 0, 0]);
            frame.extend(b"page");
            let said = zstd::zstd_safe::get_frame_content_size(&frame);
            assert_eq!(said.ok().flatten(), Some(size), "the header is one");
            assert_eq!(plain(&frame, MAX_PLAIN), None);
        }
        // What fits comes out, to the last byte and not one beyond.
        let packed = zstd::bulk::compress(&[7; 1_000], 3).expect("packed");
        assert_eq!(plain(&packed, 1_000).expect("fits").len(), 1_000);
        assert_eq!(plain(&packed, 999), None);
        assert_eq!(page(&[]).expect("nothing new"), Page::default());
    }
}
