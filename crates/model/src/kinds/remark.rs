//! Remarks: a remark is a new entry, never an edit of an old one.

use crate::fields::Fields;
use crate::ids::EntryId;
use crate::value::Write;

/// A remark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Entry id, as text.
    pub id: String,
    /// Words.
    pub words: String,
    /// When, by its author's clock.
    pub at: i64,
}

/// Reads the remarks of a document, oldest entry first.
pub fn read(fields: &Fields) -> Vec<Remark> {
    fields
        .keys("remarks")
        .into_iter()
        .map(|id| Remark {
            id: id.to_owned(),
            words: fields.text(&format!("remarks/{id}/words")).to_owned(),
            at: fields.int(&format!("remarks/{id}/at")),
        })
        .collect()
}

/// The writes that add one.
pub fn add(id: EntryId, words: &str, at: i64) -> Vec<Write> {
    vec![
        Write::new(format!("remarks/{id}/words"), words),
        Write::new(format!("remarks/{id}/at"), at),
    ]
}
