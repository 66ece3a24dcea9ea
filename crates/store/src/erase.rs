//! What may not be kept of somebody who was erased, wherever on this phone it lies.

use std::collections::{BTreeSet, HashSet};

use linli_model::document::Document;
use linli_model::erase::{Erasure, without};
use linli_model::ids::{DocId, EntryId, IntentId};
use linli_model::intent::Intent;
use linli_model::kind::Kind;
use linli_model::mutant;
use linli_model::value::{Hash, Value, Write};
use rusqlite::{OptionalExtension, Transaction, params};

use crate::error::StoreError;
use crate::record::{decode, encode};
use crate::{document, row};

/// Code of what came back because it is about somebody or something that was erased.
pub(crate) const ERASED: &str = "erased";

/// Notes an erased id. True when it is news.
pub(crate) fn remember(tx: &Transaction<'_>, id: &[u8; 16]) -> Result<bool, StoreError> {
    let noted = tx
        .prepare_cached("INSERT OR IGNORE INTO erased (id) VALUES (?1)")?
        .execute([&id[..]])?;
    Ok(noted > 0)
}

/// Whether something is about a document or an entry that was erased.
pub(crate) fn concerns(
    tx: &Transaction<'_>,
    doc: DocId,
    writes: &[Write],
) -> Result<bool, StoreError> {
    let mut statement = tx.prepare_cached("SELECT 1 FROM erased WHERE id = ?1")?;
    if statement.exists([doc.as_bytes()])? {
        return Ok(true);
    }
    for write in writes {
        let ids = write.path.split(['/', ':']).chain([write.value.text()]);
        for id in ids.filter_map(|part| part.parse::<DocId>().ok()) {
            if statement.exists([id.as_bytes()])? {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Notes what stands for a change that is about to be destroyed.
pub(crate) fn stands_for(tx: &Transaction<'_>, was: Hash, by: &[Hash]) -> Result<(), StoreError> {
    let mut statement =
        tx.prepare_cached("INSERT OR IGNORE INTO replaced (was, now) VALUES (?1, ?2)")?;
    for now in by.iter().filter(|now| **now != was) {
        statement.execute(params![&was.0[..], &now.0[..]])?;
    }
    Ok(())
}

/// Gives an intent back to its author without what `goes`, which is kept nowhere.
pub(crate) fn return_without(
    tx: &Transaction<'_>,
    intent: &Intent,
    goes: impl Fn(&Write) -> bool,
) -> Result<(), StoreError> {
    let left = less(tx, intent, goes)?;
    tx.prepare_cached(
        "UPDATE intent SET state = 3, code = ?3, params = '{}', about = '', body = ?2
         WHERE id = ?1",
    )?
    .execute(params![intent.id.as_bytes(), encode(&left), ERASED])?;
    Ok(())
}

/// The center tells what was erased, wherever that was. What this phone still gets begins anew by
/// itself; this is for what it wrote and doesn't get any more. True when there was something new.
///
/// # Errors
/// The database.
pub fn heard(tx: &Transaction<'_>, ids: &[EntryId]) -> Result<bool, StoreError> {
    if mutant::is("deaf_to_what_was_erased") {
        return Ok(false);
    }
    let mut erasure = Erasure::default();
    for id in ids {
        if !remember(tx, id.as_bytes())? {
            continue;
        }
        erasure.add(*id);
        for (intent, state) in bodies(tx, "doc = ?1 AND state >= 2", id.as_bytes())? {
            match state {
                3 => return_without(tx, &intent, |_| true)?,
                _ => keep_left(tx, &intent, |_| true)?,
            }
            if let Some(target) = &intent.target {
                tx.execute("DELETE FROM parted WHERE hash = ?1", [&target.change.0[..]])?;
            }
        }
    }
    let news = erasure.ids().next().is_some();
    // Under which names, as far as was written here.
    let ids: Vec<String> = erasure.ids().map(|id| id.to_string()).collect();
    for id in ids {
        for (intent, _) in bodies(tx, "instr(body, ?1) > 0", id.as_bytes())? {
            for write in intent.writes.iter().filter(|write| names(&write.path)) {
                if erasure.concerns(write) {
                    erasure.add_words(write.value.text());
                }
            }
        }
    }
    scrub(tx, &erasure)?;
    Ok(news)
}

/// Whether a field says a name or a number.
fn names(path: &str) -> bool {
    path.ends_with("/name") || path.ends_with("/number")
}

/// The center says that these fields of an own intent are about somebody who was erased (no path
/// among them: that the whole document was), and whose ids these are. After its branch was
/// dropped, where it had one. True when there was something to take back.
pub(crate) fn settle(
    tx: &Transaction<'_>,
    id: IntentId,
    fields: &[String],
) -> Result<bool, StoreError> {
    let mut erasure = Erasure::default();
    for entry in fields
        .iter()
        .filter_map(|field| field.parse::<EntryId>().ok())
    {
        remember(tx, entry.as_bytes())?;
        erasure.add(entry);
    }
    let whole = !fields.iter().any(|field| field.parse::<EntryId>().is_err());
    let goes = |write: &Write| whole || fields.contains(&write.path) || erasure.concerns(write);
    let found = bodies(tx, "id = ?1", id.as_bytes())?;
    for (intent, state) in &found {
        match state {
            3 => return_without(tx, intent, goes)?,
            _ => keep_left(tx, intent, goes)?,
        }
        if let Some(target) = &intent.target {
            destroy(tx, target.change)?;
        }
    }
    scrub(tx, &erasure)?;
    Ok(!found.is_empty())
}

/// Destroys a change that was left out; what it was built on stands for it.
fn destroy(tx: &Transaction<'_>, change: Hash) -> Result<(), StoreError> {
    let bytes: Option<Vec<u8>> = tx
        .prepare_cached("SELECT bytes FROM change WHERE hash = ?1 AND state = 2")?
        .query_row([&change.0[..]], |row| row.get(0))
        .optional()?;
    let Some(bytes) = bytes else { return Ok(()) };
    stands_for(tx, change, &linli_model::chunk::deps_of(&bytes)?)?;
    tx.prepare_cached("DELETE FROM change WHERE hash = ?1")?
        .execute([&change.0[..]])?;
    Ok(())
}

/// Empties all intents on an erased document; those that were not accepted say why.
pub(crate) fn empty(tx: &Transaction<'_>, doc: DocId) -> Result<(), StoreError> {
    for (intent, state) in bodies(tx, "doc = ?1", doc.as_bytes())? {
        match state {
            0 | 1 | 3 => return_without(tx, &intent, |_| true)?,
            _ => keep_left(tx, &intent, |_| true)?,
        }
    }
    Ok(())
}

/// Takes out of everything here what is to go: edits that were accepted or came back, on whatever
/// document, what they are said to be about, and drafts. What waits on other documents has its
/// own answer to come.
pub(crate) fn scrub(tx: &Transaction<'_>, erasure: &Erasure) -> Result<(), StoreError> {
    if mutant::is("leave_words_in_the_outbox") {
        return Ok(());
    }
    for id in erasure.ids() {
        let id = id.to_string();
        for (intent, state) in bodies(tx, "instr(body, ?1) > 0", id.as_bytes())? {
            let goes = |write: &Write| erasure.concerns(write);
            if state < 2 || !intent.writes.iter().any(goes) {
                continue;
            }
            if state == 3 {
                return_without(tx, &intent, goes)?;
            } else {
                keep_left(tx, &intent, goes)?;
            }
            if let Some(target) = &intent.target {
                destroy(tx, target.change)?;
            }
        }
        tx.prepare_cached("DELETE FROM parted WHERE instr(bytes, ?1) > 0")?
            .execute([id.as_bytes()])?;
        let dropped: Vec<Hash> = tx
            .prepare_cached("SELECT hash FROM change WHERE state = 2 AND instr(bytes, ?1) > 0")?
            .query_map([id.as_bytes()], |row| row::get(row, 0))?
            .collect::<Result<_, _>>()?;
        for change in dropped {
            destroy(tx, change)?;
        }
        forget_drafts(tx, &id)?;
    }
    for word in erasure.words() {
        for (intent, state) in bodies(tx, "instr(body, ?1) > 0", word.as_bytes())? {
            if state >= 2 {
                redact(tx, &intent, erasure)?;
            }
        }
        tx.prepare_cached("DELETE FROM parted WHERE instr(bytes, ?1) > 0")?
            .execute([word.as_bytes()])?;
        forget_words(tx, word)?;
    }
    Ok(())
}

/// Takes the words out of what somebody wrote freely.
fn redact(tx: &Transaction<'_>, intent: &Intent, erasure: &Erasure) -> Result<(), StoreError> {
    let mut left = intent.clone();
    left.writes = intent
        .writes
        .iter()
        .filter_map(|w| erasure.keep(w))
        .collect();
    tx.prepare_cached("UPDATE intent SET body = ?2 WHERE id = ?1")?
        .execute(params![intent.id.as_bytes(), encode(&left)])?;
    Ok(())
}

/// Of own edits of a document that were accepted, keeps what it still says in some field: the
/// rest was taken out of it.
pub(crate) fn keep_what_is_said(tx: &Transaction<'_>, doc: &Document) -> Result<(), StoreError> {
    let said: HashSet<(String, String)> = doc
        .everything_written()
        .into_iter()
        .map(|(path, past)| (path, past.value.text().to_owned()))
        .collect();
    let goes = |write: &Write| match &write.value {
        Value::Text(text) => !said.contains(&(write.path.clone(), text.clone())),
        _ => false,
    };
    for (intent, state) in bodies(tx, "doc = ?1", doc.id().as_bytes())? {
        if state == 2 && intent.writes.iter().any(goes) {
            keep_left(tx, &intent, goes)?;
        }
    }
    Ok(())
}

fn forget_words(tx: &Transaction<'_>, words: &str) -> Result<(), StoreError> {
    // One letter says nothing, and stands everywhere.
    if words.chars().count() < 2 {
        return Ok(());
    }
    not_about(tx, words)?;
    forget_drafts(tx, words)
}

/// Takes words out of what edits are said to be about.
fn not_about(tx: &Transaction<'_>, words: &str) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE intent SET about = trim(replace(about, ?1, '')) WHERE instr(about, ?1) > 0",
    )?
    .execute([words])?;
    Ok(())
}

/// A household leaves this phone. What came back stays in its author's tray, but not with names
/// that the phone may not know any more, those of before among them: should one of them be erased,
/// it would only hear an id.
pub(crate) fn leave_no_names(tx: &Transaction<'_>, household: DocId) -> Result<(), StoreError> {
    let mut statement = tx.prepare_cached("SELECT name FROM resident WHERE household = ?1")?;
    let mut names: BTreeSet<String> = statement
        .query_map([household.as_bytes()], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    if document::kind(tx, household)? == Kind::Household {
        let written = match document::load(tx, Kind::Household, household) {
            Ok(log) => log.everything_written(),
            // It lacks something; it leaves all the same.
            Err(StoreError::Document(_)) => Vec::new(),
            Err(error) => return Err(error),
        };
        names.extend(written.into_iter().filter_map(|(path, past)| {
            let name = path.starts_with("residents/") && path.ends_with("/name");
            name.then(|| past.value.text().to_owned())
        }));
    }
    for name in names.iter().filter(|name| name.chars().count() > 1) {
        not_about(tx, name)?;
    }
    Ok(())
}

/// An intent without what `goes`. Names and numbers that were typed there may stand elsewhere on
/// this phone, where it says what something is about.
fn less(
    tx: &Transaction<'_>,
    intent: &Intent,
    goes: impl Fn(&Write) -> bool,
) -> Result<Intent, StoreError> {
    let mut left = intent.clone();
    left.writes = without(&intent.writes, goes);
    let gone = intent
        .writes
        .iter()
        .filter(|one| !left.writes.contains(one));
    for write in gone.filter(|write| names(&write.path)) {
        forget_words(tx, write.value.text())?;
    }
    Ok(left)
}

fn keep_left(
    tx: &Transaction<'_>,
    intent: &Intent,
    goes: impl Fn(&Write) -> bool,
) -> Result<(), StoreError> {
    let left = less(tx, intent, goes)?;
    tx.prepare_cached("UPDATE intent SET body = ?2, about = '' WHERE id = ?1")?
        .execute(params![intent.id.as_bytes(), encode(&left)])?;
    Ok(())
}

fn forget_drafts(tx: &Transaction<'_>, text: &str) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM draft WHERE instr(key, ?1) > 0 OR instr(data, ?1) > 0")?
        .execute([text])?;
    Ok(())
}

fn bodies(
    tx: &Transaction<'_>,
    wanted: &str,
    with: &[u8],
) -> Result<Vec<(Intent, i64)>, StoreError> {
    let mut statement = tx.prepare_cached(&format!(
        "SELECT body, state FROM intent WHERE {wanted} ORDER BY seq"
    ))?;
    let mut rows = statement.query([with])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push((decode(&row.get::<_, Vec<u8>>(0)?)?, row.get(1)?));
    }
    Ok(found)
}
