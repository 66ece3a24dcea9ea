//! Work with a due date.

use super::{doc_id, push_text, time};
use crate::fields::Fields;
use crate::ids::{DocId, EntryId};
use crate::value::Write;

/// A task. Its state is a fold of its events, like a case's.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Task {
    /// Title.
    pub title: String,
    /// Words.
    pub words: String,
    /// Household it concerns.
    pub household: Option<DocId>,
    /// Dwelling it concerns.
    pub dwelling: Option<DocId>,
    /// Place it concerns.
    pub place: Option<DocId>,
    /// Code of the grid or community that does it.
    pub org: String,
    /// Due, milliseconds.
    pub due: Option<i64>,
    /// Given when.
    pub at: i64,
}

impl Task {
    /// Reads a task.
    pub fn read(fields: &Fields) -> Self {
        Self {
            title: fields.text("title").to_owned(),
            words: fields.text("words").to_owned(),
            household: doc_id(fields, "household"),
            dwelling: doc_id(fields, "dwelling"),
            place: doc_id(fields, "place"),
            org: fields.text("org").to_owned(),
            due: time(fields, "due"),
            at: fields.int("at"),
        }
    }

    /// The writes that give it; `event` becomes the first event, `open`.
    pub fn create(&self, event: EntryId) -> Vec<Write> {
        let mut writes = vec![Write::new("title", self.title.as_str())];
        push_text(&mut writes, "words", &self.words);
        for (name, id) in [
            ("household", self.household),
            ("dwelling", self.dwelling),
            ("place", self.place),
        ] {
            if let Some(id) = id {
                writes.push(Write::new(name, id.to_string()));
            }
        }
        push_text(&mut writes, "org", &self.org);
        if let Some(due) = self.due {
            writes.push(Write::new("due", due));
        }
        writes.push(Write::new("at", self.at));
        writes.extend(super::case::step(event, "open", "", "", self.at));
        writes
    }
}
