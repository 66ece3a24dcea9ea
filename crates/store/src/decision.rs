//! A desk decides about something that came back: it is accepted after all, or for good not.

use linli_model::ids::IntentId;
use rusqlite::{Transaction, params};

use crate::erase;
use crate::error::StoreError;
use crate::outbox::Outcome;

/// Notes a decision. Its change, once accepted, arrives as anybody else's: nothing here has to
/// be replayed. True when something looks different; what its author has mended or put aside
/// meanwhile stays as it is.
///
/// # Errors
/// The database.
pub fn decide(tx: &Transaction<'_>, id: IntentId, outcome: &Outcome) -> Result<bool, StoreError> {
    let changed = match outcome {
        Outcome::Waiting => 0,
        // No desk says so, but whoever erased somebody.
        Outcome::Erased(fields) => {
            let back = tx
                .prepare_cached("SELECT 1 FROM intent WHERE id = ?1 AND state IN (3, 4)")?
                .exists([id.as_bytes()])?;
            usize::from(back && erase::settle(tx, id, fields)?)
        }
        // What else was written on it goes by its old name: see `standing`.
        Outcome::Accepted(change, seq) => tx
            .prepare_cached(
                "UPDATE intent SET state = 2, code = 'accepted_as', params = hex(change),
                    change = coalesce(?2, change), anew = 0, held_at = ?3
                 WHERE id = ?1 AND state = 3",
            )?
            .execute(params![
                id.as_bytes(),
                change.map(|hash| hash.0.to_vec()),
                seq
            ])?,
        Outcome::Attention(code, params) => tx
            .prepare_cached("UPDATE intent SET code = ?2, params = ?3 WHERE id = ?1 AND state = 3")?
            .execute(params![id.as_bytes(), code, params])?,
    };
    Ok(changed > 0)
}
