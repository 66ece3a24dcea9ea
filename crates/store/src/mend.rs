//! What came back is written once more, with other words or as it stands: a new intent on the
//! same document, at the heads its form was opened on so far as they still stand. It never
//! replaces a value that its author had not seen.

use std::collections::HashMap;

use linli_model::ids::{GroupId, IntentId};
use linli_model::intent::{Group, Intent};
use linli_model::schema::SchemaError;
use linli_model::value::{Value, Write};
use rusqlite::{OptionalExtension, Transaction, params};

use crate::document;
use crate::error::StoreError;
use crate::record::{self, Pen, Plan, decode};
use crate::{outbox, standing};

/// Writes a returned intent once more, with `words` (path, text) in place of what was typed
/// there, and puts the old one aside. What was done as one goes as one: the others of an
/// atomic group are written again with it. Returns the new intents.
///
/// # Errors
/// [`StoreError::NotFound`] when it needs no attention, [`StoreError::BaseGone`] when what it
/// was written on is gone, or it doesn't fit its document; then nothing is changed.
pub fn mend(
    tx: &Transaction<'_>,
    pen: &mut Pen<'_>,
    id: IntentId,
    words: &[(String, String)],
) -> Result<Vec<Intent>, StoreError> {
    let members = outbox::returned_with(tx, id)?;
    let group = (members.len() > 1).then(|| Group {
        id: GroupId::new(pen.wall_ms, (pen.random)()),
        size: u8::try_from(members.len()).unwrap_or(u8::MAX),
        atomic: true,
    });
    let mut written = Vec::new();
    for old in members {
        let about: String = tx
            .prepare_cached("SELECT about FROM intent WHERE id = ?1")?
            .query_row([old.id.as_bytes()], |row| row.get(0))?;
        let words = if old.id == id { words } else { &[] };
        let plan = again(tx, &old, words, about)?;
        let new = record::one(tx, pen, &plan, group)?;
        tx.prepare_cached(
            "UPDATE intent SET state = 4, code = 'mended', params = ?2 WHERE id = ?1",
        )?
        .execute(params![old.id.as_bytes(), new.id.to_string()])?;
        written.push(new);
    }
    Ok(written)
}

/// A returned intent, for whoever wants to look at it before mending.
///
/// # Errors
/// [`StoreError::NotFound`] when it needs no attention.
pub fn returned(tx: &Transaction<'_>, id: IntentId) -> Result<Intent, StoreError> {
    let body: Vec<u8> = tx
        .prepare_cached("SELECT body FROM intent WHERE id = ?1 AND state = 3")?
        .query_row([id.as_bytes()], |row| row.get(0))
        .optional()?
        .ok_or(StoreError::NotFound)?;
    decode(&body)
}

/// The same once more.
fn again(
    tx: &Transaction<'_>,
    old: &Intent,
    words: &[(String, String)],
    about: String,
) -> Result<Plan, StoreError> {
    let target = old.target.as_ref().ok_or(StoreError::NotFound)?;
    let doc = document::load(tx, target.kind, target.doc)?;
    let seen = standing::heads(tx, &doc, &target.seen, &HashMap::new())?;
    Ok(Plan {
        doc: target.doc,
        kind: target.kind,
        seen: Some(seen.ok_or(StoreError::BaseGone)?),
        action: old.action,
        writes: with_words(&old.writes, words)?,
        about,
    })
}

fn with_words(writes: &[Write], words: &[(String, String)]) -> Result<Vec<Write>, StoreError> {
    let mut writes = writes.to_vec();
    for (path, text) in words {
        let write = writes
            .iter_mut()
            .find(|write| write.path == *path && matches!(write.value, Value::Text(_)));
        let unknown = || {
            let fault = SchemaError::UnknownField(path.clone());
            linli_model::document::DocumentError::from(fault)
        };
        write.ok_or_else(unknown)?.value = Value::Text(text.clone());
    }
    Ok(writes)
}
