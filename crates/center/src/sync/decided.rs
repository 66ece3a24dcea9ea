//! What desks decided about a phone's returned intents, told together with the page that passes
//! the decision.

use linli_model::ids::IntentId;
use linli_protocol::decode;
use linli_protocol::sync::Verdict;

use crate::gate;
use crate::store::{EnrolmentRow, StoreError, Tables};

/// Decisions after one number of the feed and up to another; none when there are none. A phone
/// that follows another one hears of what that one wrote, too.
pub(super) fn read(
    tables: Tables<'_>,
    device: &EnrolmentRow,
    after: u64,
    through: u64,
) -> Result<Option<Vec<(IntentId, Verdict)>>, StoreError> {
    let mut all = Vec::new();
    for enrolment in gate::lineage(tables, device.id, device.succeeds)? {
        for (intent, verdict) in tables.decided(enrolment, after, through)? {
            let verdict = decode(&verdict).map_err(|_| StoreError::Damaged("decision"))?;
            all.push((intent, verdict));
        }
    }
    Ok((!all.is_empty()).then_some(all))
}
