//! What all of the console shares.

use std::sync::Arc;

use tokio::sync::Semaphore;

use super::atlas::Atlas;
use super::viewer::Viewer;
use crate::center::Center;
use crate::store::{DeskFilter, StoreError, Tables};

/// Passwords checked at once: each takes 19 MB and a core.
const HASHES_AT_ONCE: usize = 2;

/// The console's side of the center.
pub(crate) struct Desk {
    pub(crate) center: Arc<Center>,
    pub(crate) atlas: Atlas,
    pub(crate) hashing: Semaphore,
}

impl Desk {
    pub(crate) fn new(center: Arc<Center>) -> Self {
        Self {
            center,
            atlas: Atlas::default(),
            hashing: Semaphore::new(HASHES_AT_ONCE),
        }
    }
}

/// All cases this person may see. No photo is late in it, unless it is said when.
pub(crate) fn filter_of(viewer: &Viewer, tables: Tables<'_>) -> Result<DeskFilter, StoreError> {
    Ok(DeskFilter {
        buckets: viewer.case_buckets(tables)?,
        hidden: viewer.hidden_categories(),
        late_before: i64::MIN,
        ..DeskFilter::default()
    })
}
