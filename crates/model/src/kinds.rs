//! Typed views and edits, one file per kind of document.
//!
//! A view is read from [`crate::fields::Fields`]; an edit is a list of writes for
//! [`crate::document::Document::edit`]. Unknown fields and codes stay in the document
//! untouched, whatever a view makes of them.

pub mod care;
pub mod case;
pub mod door;
pub mod household;
pub mod media;
pub mod muster;
pub mod notice;
pub mod place;
pub mod position;
pub mod remark;
pub mod task;
pub mod visit;

use crate::fields::Fields;
use crate::ids::DocId;
use crate::value::Write;

/// A document id in a text field, if there is a valid one.
pub(crate) fn doc_id(fields: &Fields, path: &str) -> Option<DocId> {
    fields.text(path).parse().ok()
}

/// Adds a write unless the text is empty: an empty answer is no answer.
pub(crate) fn push_text(writes: &mut Vec<Write>, path: impl Into<String>, text: &str) {
    if !text.is_empty() {
        writes.push(Write::new(path, text));
    }
}

/// A time field: none when it was never set or was cleared.
pub(crate) fn time(fields: &Fields, path: &str) -> Option<i64> {
    fields.get(path).int()
}
