//! When an edit came back: its branch is dropped, and what else was written to that document
//! is replayed at what it had seen, less that branch, under a fresh actor (DESIGN §4.10).

use std::collections::HashMap;

use linli_model::actor::EnrolmentId;
use linli_model::document::DocumentError;
use linli_model::ids::{DocId, IntentId};
use linli_model::mutant;
use linli_model::value::Hash;
use rusqlite::{Transaction, params};

use crate::document::{self, ChangeState};
use crate::error::StoreError;
use crate::record::{decode, encode, fresh_actor, insert_change, usable_actor};
use crate::{outbox, standing};

/// Rebuilds a document's pending branch without the change `gone`.
///
/// # Errors
/// The database.
pub fn without(
    tx: &Transaction<'_>,
    enrolment: EnrolmentId,
    doc: DocId,
    gone: Hash,
) -> Result<(), StoreError> {
    let kind = match document::kind(tx, doc) {
        // It left this phone with everything that could be replayed.
        Err(StoreError::NotFound) => return Ok(()),
        kind => kind?,
    };
    tx.execute(
        "UPDATE change SET state = ?2 WHERE hash = ?1 AND state = 0",
        params![&gone.0[..], ChangeState::Dropped as i64],
    )?;
    let mut base = document::load_standing(tx, kind, doc)?;
    let waiting = waiting(tx, doc)?;
    tx.execute(
        "UPDATE change SET state = ?2 WHERE doc = ?1 AND state = 0",
        params![doc.as_bytes(), ChangeState::Dropped as i64],
    )?;
    // Always a fresh actor, even with nothing to replay: the center keeps the dropped change
    // in quarantine, and a second change with its number could never be merged with it.
    let actor = if mutant::is("keep_actor_after_refusal") {
        usable_actor(tx, enrolment, &base, &base.heads())?
    } else {
        fresh_actor(tx, enrolment, doc)?
    };
    let mut moved: HashMap<Hash, Option<Hash>> = HashMap::from([(gone, None)]);
    let mut returned = Vec::new();
    for body in waiting {
        let mut intent = decode(&body)?;
        let Some(target) = intent.target.as_mut() else {
            continue;
        };
        let old = target.change;
        let seen = if mutant::is("replay_on_newest_heads") {
            Some(base.heads())
        } else {
            standing::heads(tx, &base, &target.seen, &moved)?
        };
        // Nothing is left of what it was written on: a person has to look at it.
        let Some(seen) = seen else {
            moved.insert(old, None);
            give_back(tx, intent.id)?;
            returned.push(intent.id);
            continue;
        };
        target.seen = seen;
        target.counter = actor.counter;
        let mut try_actor = actor;
        if !base.actor_fits(actor, &target.seen) {
            try_actor = fresh_actor(tx, enrolment, doc)?;
            target.counter = try_actor.counter;
        }
        match intent.execute(&mut base, try_actor) {
            Ok(edit) => {
                insert_change(tx, doc, edit.hash, &edit.bytes)?;
                moved.insert(old, Some(edit.hash));
                if let Some(target) = intent.target.as_mut() {
                    target.change = edit.hash;
                }
                tx.execute(
                    "UPDATE intent SET body = ?2, change = ?3, state = 0, again_at = 0, tries = 0
                     WHERE id = ?1",
                    params![intent.id.as_bytes(), encode(&intent), &edit.hash.0[..]],
                )?;
            }
            // It repeats what stands: a person has to look at it.
            Err(DocumentError::Engine(name)) => return Err(DocumentError::Engine(name).into()),
            Err(_) => {
                moved.insert(old, None);
                give_back(tx, intent.id)?;
                returned.push(intent.id);
            }
        }
    }
    // Last: each may take this document through another rebase.
    for id in returned {
        outbox::return_fellows(tx, enrolment, id)?;
    }
    Ok(())
}

fn give_back(tx: &Transaction<'_>, id: IntentId) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE intent SET state = 3, code = 'built_on_returned' WHERE id = ?1",
        [id.as_bytes()],
    )?;
    Ok(())
}

fn waiting(tx: &Transaction<'_>, doc: DocId) -> Result<Vec<Vec<u8>>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT i.body FROM intent i JOIN change c ON c.hash = i.change
         WHERE i.doc = ?1 AND i.state IN (0, 1) AND c.state = 0 ORDER BY i.seq",
    )?;
    let found = statement
        .query_map([doc.as_bytes()], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(found)
}
