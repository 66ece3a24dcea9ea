//! Erasing a resident (DESIGN §4.12): the right that outranks keeping everything.
//!
//! Every document that says something of the person begins anew without it, those that are about
//! nobody else go, and so does what was kept of edits that were not accepted. Everything else
//! that anybody wrote stays, with its authors, its history and what people disagree about.

mod kept;
mod ledger;
mod plan;

use std::path::Path;

use linli_model::erase::{Erasure, renew};
use linli_model::ids::{DocId, EntryId, MediaId};
use linli_model::kind::Kind;
use linli_protocol::encode;

use crate::center::Center;
use crate::gate;
use crate::media;
use crate::store::{Store, StoreError, Tables, Turn};
use plan::{Fate, Plan};

/// Why nobody is erased; nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum EraseError {
    /// No document has this id, or one that is no household.
    #[error("there is no household {0} here")]
    NoHousehold(DocId),
    /// The household knows nobody of this id.
    #[error("nobody in this household has the id {0}")]
    NoResident(EntryId),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Who is to be erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The household the person is known in.
    pub household: DocId,
    /// The person.
    pub resident: EntryId,
    /// Why, for the audit log, which stays: no names.
    pub reason: String,
}

/// What becomes of one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Touched {
    /// Document.
    pub doc: DocId,
    /// Its kind.
    pub kind: Kind,
    /// It is about nobody else and goes; else it begins anew.
    pub gone: bool,
}

/// What was erased, or would be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Erased {
    /// Documents, in the order of their age; none when the person was erased before.
    pub docs: Vec<Touched>,
    /// Edits that had been given back, and of which less is kept now, or nothing.
    pub kept: usize,
    /// Files of photos.
    pub photos: usize,
    /// The database could not be made anew, for want of room or because somebody was reading:
    /// unused parts of its file may still hold traces.
    pub traces_left: bool,
}

/// What [`erase`] would do.
///
/// # Errors
/// See [`EraseError`].
pub fn look(center: &Center, asked: &Asked) -> Result<Erased, EraseError> {
    center.store.read_now(|tables| {
        Ok(match plan::make(tables, asked)? {
            Ok(plan) => Ok(Erased {
                kept: kept::count(tables, &plan)?,
                docs: plan.touched(),
                ..Erased::default()
            }),
            Err(error) => Err(error),
        })
    })?
}

/// Erases a resident. Doing it again is harmless.
///
/// # Errors
/// See [`EraseError`].
pub fn erase(center: &Center, asked: &Asked) -> Result<Erased, EraseError> {
    let write_down = true;
    let mut erased = carry_out(&center.store, &center.data, center.now(), asked, write_down)?;
    erased.traces_left = !center.store.leave_nothing()?;
    Ok(erased)
}

/// Erases once more, in a center that comes out of a backup, whoever was erased since that was
/// made. The number of erasures in all.
///
/// # Errors
/// The database, or what is written down beside the keys.
pub(crate) fn again(store: &Store, data: &Path, now: i64) -> Result<usize, EraseError> {
    let entries = ledger::read(data).map_err(StoreError::from)?;
    let count = entries.len();
    for entry in entries {
        match carry_out(store, data, now, &entry.asked, false) {
            // The person was entered after the backup.
            Ok(_) | Err(EraseError::NoHousehold(_) | EraseError::NoResident(_)) => {}
            Err(error) => return Err(error),
        }
        store.write_now(move |turn| {
            for id in &entry.ids {
                turn.tables.set_erased(id.as_bytes(), now)?;
            }
            for (doc, epoch) in &entry.anew {
                catch_up(turn, *doc, *epoch, &entry.ids)?;
            }
            Ok(())
        })?;
    }
    if count > 0 {
        store.leave_nothing()?;
    }
    Ok(count)
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

fn carry_out(
    store: &Store,
    data: &Path,
    now: i64,
    asked: &Asked,
    write_down: bool,
) -> Result<Erased, EraseError> {
    let (wish, folder) = (asked.clone(), data.to_owned());
    store.write_now(move |turn| apply(turn, &folder, &wish, now, write_down))?
}

fn apply(
    turn: &mut Turn<'_>,
    data: &Path,
    asked: &Asked,
    now: i64,
    write_down: bool,
) -> Result<Result<Erased, EraseError>, StoreError> {
    let tables = turn.tables;
    let plan = match plan::make(tables, asked)? {
        Ok(plan) => plan,
        Err(error) => return Ok(Err(error)),
    };
    let mut erased = Erased {
        docs: plan.touched(),
        ..Erased::default()
    };
    if erased.docs.is_empty() {
        return Ok(Ok(erased));
    }
    if write_down {
        ledger::write(data, &ledger::entry(asked, &plan))?;
    }
    for id in plan.erasure.ids() {
        tables.set_erased(id.as_bytes(), now)?;
    }
    for step in &plan.steps {
        drop(turn.drafts.take(&step.row));
        match &step.fate {
            Fate::Gone => {
                tables.set_erased(step.row.id.as_bytes(), now)?;
                // Before the commit: after a crash in between nobody would know of them any more.
                for photo in tables.erase_doc(&step.row)? {
                    erased.photos += usize::from(remove(data, photo)?);
                }
            }
            Fate::Anew(renewed) => {
                let lost = plan.lost(step);
                let row = tables.begin_anew(&step.row, &step.changes, renewed, &lost)?;
                let received = step.changes.first().map_or(0, |change| change.received_at);
                gate::index(tables, &row, &renewed.document.fields(), received)?;
            }
        }
    }
    erased.kept = kept::scrub(tables, &plan, now)?;
    note(tables, asked, now)?;
    Ok(Ok(erased))
}

/// The audit log says that it was done, to which id and why: nobody can tell who that was.
fn note(tables: Tables<'_>, asked: &Asked, now: i64) -> Result<(), StoreError> {
    let detail = encode(&(asked.household, asked.resident, asked.reason.as_str()));
    tables.note(now, None, "erase", &detail)
}

/// Deletes a photo and its thumbnail. False when it never arrived.
fn remove(data: &Path, photo: MediaId) -> Result<bool, StoreError> {
    let path = media::path(data, photo);
    let mut was_there = false;
    for file in [path.with_extension("thumb.jpg"), path] {
        was_there = match std::fs::remove_file(&file) {
            Ok(()) => true,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => false,
            Err(error) => return Err(error.into()),
        };
    }
    Ok(was_there)
}

impl Plan {
    fn touched(&self) -> Vec<Touched> {
        self.steps
            .iter()
            .map(|step| Touched {
                doc: step.row.id,
                kind: step.row.kind,
                gone: matches!(step.fate, Fate::Gone),
            })
            .collect()
    }
}
