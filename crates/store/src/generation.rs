//! The center was restored from a backup, and has lost what came after it. Nothing here is said to
//! be accepted any more that isn't; what this phone's person wrote is sent again, what it holds of
//! others can be given back ([`crate::proof`]), and everything is read once more.

use linli_model::ids::DocId;
use linli_model::mutant;
use rusqlite::{Transaction, params};

use crate::document::ChangeState;
use crate::error::StoreError;
use crate::{access, digest, meta, project, row};

/// The center as it is now.
#[derive(Debug, Clone, Copy)]
pub struct Begun<'a> {
    /// Its generation.
    pub number: i64,
    /// The generation until now.
    pub from: i64,
    /// Of that one, everything up to this number is in it.
    pub base: i64,
    /// How many buckets this phone has in its list.
    pub granted: u16,
    /// Which of them were taken away.
    pub closed: &'a [u16],
}

/// Key of [`meta`]: a restored center isn't whole again yet, as far as this phone knows.
const RESTORING: &str = "restoring";

/// Takes back what the center has lost, and begins to read from the beginning. With their bytes:
/// what left this phone meanwhile may belong here again.
///
/// # Errors
/// The database.
pub fn begin(tx: &Transaction<'_>, begun: &Begun<'_>) -> Result<(), StoreError> {
    let base = begun.base;
    if !mutant::is("still_accepted_after_a_restoring") {
        wait_again(tx, base)?;
    }
    let touched = lose(tx, base)?;
    tx.execute(
        "DELETE FROM proof WHERE generation = ?1 AND through <= ?2",
        [begun.from, base],
    )?;
    // What the center has it says by itself; what it lacks it gets again.
    tx.execute(
        "UPDATE media SET state = 0, sent = 0, held_at = NULL
         WHERE own = 1 AND state = 2 AND (held_at IS NULL OR held_at > ?1)",
        [base],
    )?;
    access::from_the_beginning(tx, begun.granted, begun.closed)?;
    let through = meta::number(tx, "through")?.min(base);
    meta::set(tx, "through", through)?;
    meta::clear(tx, "erased_through")?;
    meta::set(tx, RESTORING, 1)?;
    meta::set(tx, "generation", begun.number)?;
    for doc in touched {
        digest::weigh(tx, doc)?;
        project::by_id(tx, doc)?;
    }
    Ok(())
}

/// Own intents that aren't accepted any more wait again. What was given back is shown to the
/// center once more, which keeps it.
fn wait_again(tx: &Transaction<'_>, base: i64) -> Result<(), StoreError> {
    // A desk had taken it in after all, and doesn't know of it any more.
    tx.execute(
        "UPDATE intent SET state = 3, change = unhex(params), code = 'decision_lost', params = '{}'
         WHERE state = 2 AND code = 'accepted_as' AND coalesce(held_at, ?1 + 1) > ?1",
        [base],
    )?;
    tx.execute(
        "UPDATE intent SET state = 0, tries = 0, again_at = 0, held_at = NULL
         WHERE state = 2 AND code <> 'accepted_as' AND CASE WHEN change IS NULL
           THEN coalesce(held_at, ?1 + 1) > ?1
           ELSE EXISTS (SELECT 1 FROM change c
                        WHERE c.hash = intent.change AND c.state = 1 AND c.seq > ?1)
             OR EXISTS (SELECT 1 FROM parted p WHERE p.hash = intent.change AND p.seq > ?1) END",
        [base],
    )?;
    tx.execute(
        "UPDATE intent SET anew = 1, tries = 0, again_at = 0
         WHERE state = 3 AND code <> 'built_on_returned'
           AND (EXISTS (SELECT 1 FROM change c WHERE c.hash = intent.change)
             OR EXISTS (SELECT 1 FROM parted p WHERE p.hash = intent.change))",
        [],
    )?;
    Ok(())
}

/// Changes that the center doesn't have any more: own ones wait with their intents, others' are
/// lost until they are back. Their documents.
fn lose(tx: &Transaction<'_>, base: i64) -> Result<Vec<DocId>, StoreError> {
    let touched = {
        let mut statement =
            tx.prepare("SELECT DISTINCT doc FROM change WHERE state = 1 AND seq > ?1")?;
        statement
            .query_map([base], |row| row::get(row, 0))?
            .collect::<Result<_, _>>()?
    };
    tx.execute(
        "UPDATE change SET state = CASE WHEN EXISTS (SELECT 1 FROM intent i
            WHERE i.change = change.hash AND i.state = 0) THEN ?2 ELSE ?3 END, seq = NULL
         WHERE state = 1 AND seq > ?1",
        params![base, ChangeState::Pending as i64, ChangeState::Lost as i64],
    )?;
    tx.execute("UPDATE parted SET seq = NULL WHERE seq > ?1", [base])?;
    Ok(touched)
}

/// Everything has been read and given back that could be: a restored center is whole again, as
/// far as this phone knows. True when it wasn't until now.
///
/// # Errors
/// The database.
pub fn end(tx: &Transaction<'_>, generation: i64) -> Result<bool, StoreError> {
    if !is_restoring(tx)? {
        return Ok(false);
    }
    let left = tx
        .prepare_cached(
            "SELECT 1 FROM proof WHERE generation <> ?1
             UNION ALL SELECT 1 FROM intent WHERE state IN (0, 1) OR anew = 1 LIMIT 1",
        )?
        .exists([generation])?;
    if left {
        return Ok(false);
    }
    meta::clear(tx, RESTORING)?;
    Ok(true)
}

/// Whether a restored center still gets back what it lost.
///
/// # Errors
/// The database.
pub fn is_restoring(tx: &Transaction<'_>) -> Result<bool, StoreError> {
    Ok(meta::number(tx, RESTORING)? > 0)
}

/// Everything up to `through` is in a backup: what was kept because of it may go. `head` is the
/// center's newest number, when this phone has read so far: what it knows of without a number is
/// in every backup beyond that.
///
/// # Errors
/// The database.
pub fn backed_up(
    tx: &Transaction<'_>,
    generation: i64,
    through: i64,
    head: Option<i64>,
) -> Result<(), StoreError> {
    if let Some(head) = head {
        tx.prepare_cached(
            "UPDATE intent SET held_at = ?1
             WHERE state = 2 AND change IS NULL AND held_at IS NULL",
        )?
        .execute([head + 1])?;
        tx.prepare_cached(
            "UPDATE media SET held_at = ?1 WHERE own = 1 AND state = 2 AND held_at IS NULL",
        )?
        .execute([head + 1])?;
    }
    if meta::number(tx, BACKED_UP)? == through {
        return Ok(());
    }
    meta::set(tx, BACKED_UP, through)?;
    tx.execute(
        "DELETE FROM proof WHERE generation = ?1 AND through <= ?2",
        [generation, through],
    )?;
    tx.execute(
        "DELETE FROM intent WHERE state = 2
           AND change IN (SELECT hash FROM parted WHERE seq <= ?1)",
        [through],
    )?;
    tx.execute(
        "DELETE FROM parted WHERE NOT EXISTS (SELECT 1 FROM intent i
            WHERE i.change = parted.hash AND i.state < 4)",
        [],
    )?;
    Ok(())
}

/// The highest number in a completed backup, as the center told last.
pub(crate) fn backed_up_through(tx: &Transaction<'_>) -> Result<i64, StoreError> {
    meta::number(tx, BACKED_UP)
}

const BACKED_UP: &str = "backed_up_through";
