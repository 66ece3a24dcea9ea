//! Erasing a resident (DESIGN §4.12): the right that outranks keeping everything.
//!
//! Every document that says something of the person begins anew without it, those that are about
//! nobody else go, and so does what was kept of edits that were not accepted. Everything else
//! that anybody wrote stays, with its authors, its history and what people disagree about.

mod again;
mod anew;
mod kept;
mod ledger;
mod plan;

use std::path::Path;

use linli_model::ids::{DocId, EntryId};
use linli_model::kind::Kind;
use linli_protocol::encode;

use crate::center::Center;
use crate::gate;
use crate::media;
use crate::store::{Store, StoreError, Tables, Turn};
pub(crate) use again::again;
use anew::Anew;
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
    /// Photos that had arrived.
    pub photos: usize,
    /// Contents of photos that are still to be deleted, because the store they lie in doesn't
    /// answer. The center that serves tries again.
    pub photos_left: usize,
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
    erased.photos_left = media::clear(&center.store, &center.contents)?;
    erased.traces_left = !center.store.leave_nothing()?;
    Ok(erased)
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
    let (mut made, mut coming) = (Vec::new(), Vec::new());
    for id in plan.erasure.ids() {
        tables.set_erased(id.as_bytes(), now)?;
    }
    for step in &plan.steps {
        drop(turn.drafts.take(&step.row));
        match &step.fate {
            Fate::Gone => {
                tables.set_erased(step.row.id.as_bytes(), now)?;
                let gone = tables.erase_doc(&step.row)?;
                erased.photos += gone.arrived;
                coming.extend(gone.coming);
            }
            Fate::Anew(renewed) => {
                let lost = plan.lost(step);
                let row = tables.begin_anew(&step.row, &step.changes, renewed, &lost)?;
                let received = step.changes.first().map_or(0, |change| change.received_at);
                gate::index(tables, &row, &renewed.document.fields(), received)?;
                made.push(row);
            }
        }
    }
    if write_down {
        for row in &made {
            Anew::of(tables, row)?.write(data, row.id)?;
        }
        let entry = ledger::entry(asked, &plan);
        ledger::write(data, &entry)?;
        anew::forget_before(data, &entry)?;
    }
    for no in coming {
        media::tus::remove(data, no)?;
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
