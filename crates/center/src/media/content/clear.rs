//! Contents that no photo has any more are deleted.

use super::Contents;
use crate::media::sizes;
use crate::store::{Store, StoreError};

/// Deletes what is over; how many are left because the store of photos doesn't answer. Several may
/// do it at once, in programs of their own.
pub(crate) fn clear(store: &Store, contents: &Contents) -> Result<usize, StoreError> {
    let mut left = 0;
    for sha256 in store.read_now(|tables| tables.contents_over())? {
        let over = store.write_now(move |turn| {
            let tables = turn.tables;
            // It may have come again, before anybody knew that it was over.
            if tables.is_content(sha256)? {
                tables.content_deleted(sha256)?;
            }
            tables.is_content_over(sha256)
        })?;
        if !over {
            continue;
        }
        sizes::remove(&contents.data, &sha256)?;
        match contents.delete_now(sha256) {
            Ok(()) => store.write_now(move |turn| turn.tables.content_deleted(sha256))?,
            Err(error) => {
                tracing::warn!(%error, "a photo that is over stays for now");
                left += 1;
            }
        }
    }
    Ok(left)
}
