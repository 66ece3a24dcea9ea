//! Erasing once more what was erased, in a center that comes out of an older backup.

use std::path::Path;

use linli_model::erase::{Erasure, renew};
use linli_model::ids::{DocId, EntryId};

use super::anew::Anew;
use super::ledger::{self, Entry};
use super::plan::{self, Fate};
use super::{EraseError, carry_out, kept, note};
use crate::media;
use crate::media::Contents;
use crate::store::{Store, StoreError, Turn};

/// Erases once more, in a center that comes out of a backup, whoever was erased since that was
/// made. The number of erasures in all.
///
/// # Errors
/// The database, or what is written down beside the keys.
pub(crate) fn again(
    store: &Store,
    contents: &Contents,
    data: &Path,
    now: i64,
) -> Result<usize, EraseError> {
    let entries = ledger::read(data).map_err(StoreError::from)?;
    for (at, entry) in entries.iter().enumerate() {
        match whole(data, entry, &entries[at + 1..]).map_err(StoreError::from)? {
            Some(documents) => as_it_was_done(store, data, now, entry, documents)?,
            None => as_well_as_it_can_be(store, data, now, entry)?,
        }
    }
    if !entries.is_empty() {
        // What doesn't go now goes when it serves.
        media::clear(store, contents)?;
        store.leave_nothing()?;
    }
    Ok(entries.len())
}

/// What an erasure made of each document, less what later ones took the place of; none when some
/// of it is missing.
fn whole(
    data: &Path,
    entry: &Entry,
    later: &[Entry],
) -> std::io::Result<Option<Vec<(DocId, Anew)>>> {
    let mut documents = Vec::new();
    for (doc, epoch) in &entry.anew {
        let replaced = |other: &Entry| {
            other.anew.iter().any(|(one, _)| one == doc)
                || other.ids.iter().any(|id| id.as_bytes() == doc.as_bytes())
        };
        match Anew::read(data, *doc, *epoch)? {
            Some(anew) => documents.push((*doc, anew)),
            None if later.iter().any(replaced) => {}
            None => return Ok(None),
        }
    }
    Ok(Some(documents))
}

/// Puts what the erasure made in the place of what the backup has.
fn as_it_was_done(
    store: &Store,
    data: &Path,
    now: i64,
    entry: &Entry,
    documents: Vec<(DocId, Anew)>,
) -> Result<(), StoreError> {
    let (data, entry) = (data.to_owned(), entry.clone());
    store.write_now(move |turn| {
        let tables = turn.tables;
        if let Ok(mut plan) = plan::make(tables, &entry.asked)? {
            // What goes whole is what went: here somebody may seem to live alone who didn't.
            let went = |doc: DocId| entry.ids.iter().any(|id| id.as_bytes() == doc.as_bytes());
            plan.steps
                .retain(|step| !matches!(step.fate, Fate::Gone) || went(step.row.id));
            kept::scrub(tables, &plan, now)?;
        }
        for id in &entry.ids {
            let doc = tables.living(DocId::from_bytes(*id.as_bytes()))?;
            tables.set_erased(id.as_bytes(), now)?;
            if let Some(row) = doc {
                drop(turn.drafts.take(&row));
                for no in tables.erase_doc(&row)?.coming {
                    media::tus::remove(&data, no)?;
                }
            }
        }
        for (doc, anew) in &documents {
            anew.install(turn, *doc, now)?;
        }
        note(turn.tables, &entry.asked, now)
    })
}

/// Only the list was kept, and not what the erasure made: it is made again of what the backup has.
fn as_well_as_it_can_be(
    store: &Store,
    data: &Path,
    now: i64,
    entry: &Entry,
) -> Result<(), EraseError> {
    tracing::warn!("what an erasure made is not beside the keys; it is made again");
    match carry_out(store, data, now, &entry.asked, false) {
        // The person was entered after the backup.
        Ok(_) | Err(EraseError::NoHousehold(_) | EraseError::NoResident(_)) => {}
        Err(error) => return Err(error),
    }
    let entry = entry.clone();
    store.write_now(move |turn| {
        for id in &entry.ids {
            turn.tables.set_erased(id.as_bytes(), now)?;
        }
        for (doc, epoch) in &entry.anew {
            catch_up(turn, *doc, *epoch, &entry.ids)?;
        }
        Ok(())
    })?;
    Ok(())
}

/// What was erased from a document came into it after the backup. It begins anew as it is:
/// phones know it under its later epoch. Those that still hold it as it was are told who it was
/// about, so that they find what else they have.
fn catch_up(
    turn: &mut Turn<'_>,
    doc: DocId,
    epoch: u32,
    erased: &[EntryId],
) -> Result<(), StoreError> {
    let tables = turn.tables;
    while let Some(row) = tables.living(doc)?.filter(|row| row.epoch < epoch) {
        let changes = tables.changes(row.no)?;
        let bytes = changes.iter().map(|change| change.bytes.as_slice());
        let same = renew(row.kind, row.id, bytes, &Erasure::default())
            .map_err(|_| StoreError::Damaged("log"))?;
        tables.begin_anew(&row, &changes, &same, erased)?;
    }
    Ok(())
}
