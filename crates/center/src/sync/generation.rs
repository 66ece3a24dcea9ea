//! A phone that knows another generation of this center: it is told so, and nothing else. What it
//! sends would be judged by things it doesn't know, and its place in the feed means nothing here.

use std::sync::Arc;

use linli_protocol::encode;
use linli_protocol::hand_back::{Contents, mac};
use linli_protocol::sync::{SyncAnswer, SyncRequest};

use super::access;
use crate::center::Center;
use crate::failure::Failure;
use crate::store::EnrolmentRow;

/// Which generation this is, how much of the phone's is in it, and what the phone reads here.
pub(super) async fn other(
    center: &Arc<Center>,
    row: EnrolmentRow,
    request: &SyncRequest,
) -> Result<SyncAnswer, Failure> {
    let (known, through) = (request.generation, request.through);
    let (base, access, backed_up_through) = center
        .store
        .read(move |tables| {
            // Of a generation that never led here nothing is known.
            let base = tables.base_of(known)?.unwrap_or(0);
            let access = access::of(tables, &row, &tables.grants(row.id, false)?)?;
            Ok((base, access, tables.backed_up_through()?))
        })
        .await?;
    Ok(SyncAnswer {
        verdicts: Vec::new(),
        page: Vec::new(),
        through: through.min(base),
        more: true,
        generation: center.generation,
        backed_up_through,
        clock: center.now(),
        decided: None,
        access,
        reached: None,
        digests: None,
        base: Some(base),
        mac: None,
        order: None,
        erased: None,
    })
}

impl Center {
    /// A MAC over what is on a page; none for an empty one.
    pub(super) fn vouch(&self, mut contents: Contents) -> Option<Vec<u8>> {
        if contents.leaves.is_empty() {
            return None;
        }
        contents.generation = self.generation;
        Some(mac(&self.keys.page, &encode(&contents)).to_vec())
    }
}
