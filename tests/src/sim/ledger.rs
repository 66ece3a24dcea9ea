//! What people wrote, as they would remember it: kept beside the programs, so that these can
//! be held to it.

use std::collections::BTreeSet;

use linli_field::EdgeError;
use linli_model::ids::DocId;
use serde_json::Value;

/// A value somebody wrote into a field, on a form.
#[derive(Debug, Clone)]
pub(super) struct Edit {
    /// Phone it was written on.
    pub(super) device: String,
    pub(super) doc: DocId,
    pub(super) field: String,
    /// Unlike any other value of the run.
    pub(super) value: String,
    /// The values that stood on the form when it was opened. These, and only these, the edit
    /// may replace.
    pub(super) saw: Vec<String>,
}

/// Words that somebody wrote down: a visit, a report, a remark.
#[derive(Debug, Clone)]
pub(super) struct Words {
    pub(super) device: String,
    pub(super) words: String,
    /// Document and field, where that is known: it may be somebody's who is erased.
    pub(super) about: String,
}

/// Everything that a phone said it saved.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    pub(super) edits: Vec<Edit>,
    pub(super) words: Vec<Words>,
    /// Edits whose phone died before it said anything: they may be there or not, and may have
    /// replaced what their form showed.
    pub(super) unheard: Vec<Edit>,
    /// Names and numbers of people at the moment they were erased: nothing may hold them any more.
    pub(super) erased: BTreeSet<String>,
    number: usize,
}

impl Ledger {
    /// A number that no other value of this run has.
    pub(super) fn next(&mut self) -> usize {
        self.number += 1;
        self.number
    }

    /// Notes an edit by what the phone said: saved, refused, or nothing at all.
    pub(super) fn note_edit(&mut self, edit: Edit, said: Option<Result<Value, EdgeError>>) {
        match said {
            Some(Ok(_)) => self.edits.push(edit),
            Some(Err(error)) if error.code != "died" => {}
            _ => self.unheard.push(edit),
        }
    }
}
