//! What had been given back is shown once more to a center that was restored, so that it keeps
//! what it lost; and when it isn't, since that center will never look at it.

use linli_model::ids::IntentId;
use linli_model::value::Hash;
use rusqlite::{Transaction, params};

use super::{State, set_state};
use crate::error::StoreError;

/// What had been given back stands on an epoch that is over: a restored center can't be shown it
/// any more. Its author has it all the same.
///
/// # Errors
/// The database.
pub fn not_anew(tx: &Transaction<'_>, id: IntentId) -> Result<(), StoreError> {
    tx.execute(
        "DELETE FROM parted WHERE hash = (SELECT change FROM intent WHERE id = ?1 AND state = 3)",
        [id.as_bytes()],
    )?;
    tx.execute(
        "UPDATE intent SET anew = 0 WHERE id = ?1 AND state = 3",
        [id.as_bytes()],
    )?;
    Ok(())
}

/// What had been given back is shown to a restored center once more, and that has given back what
/// it was built on as well: it will never look at it. Its author has both.
///
/// # Errors
/// The database.
pub fn blocked(tx: &Transaction<'_>, id: IntentId, by: Hash) -> Result<(), StoreError> {
    let for_good = tx
        .prepare_cached(
            "SELECT 1 FROM intent i JOIN intent base ON base.change = ?2
             WHERE i.id = ?1 AND i.state = 3 AND i.anew = 1
               AND base.state = 3 AND base.anew = 0",
        )?
        .exists(params![id.as_bytes(), &by.0[..]])?;
    if for_good {
        not_anew(tx, id)?;
        set_state(tx, id, State::Attention, "built_on_returned", "{}")?;
    }
    Ok(())
}
