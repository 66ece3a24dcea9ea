//! What the center gave back to its authors, for the chief to decide about.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Something that was not accepted when it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Returned {
    /// Which.
    pub id: String,
    /// Name of who wrote it.
    pub by: String,
    /// Role code.
    pub role: String,
    /// Duty telephone, to ask; empty for none.
    pub phone: String,
    /// When it was written, by the author's clock.
    pub at: i64,
    /// When it was given back.
    pub returned_at: i64,
    /// What was done, such as `visit_log`, `field_set`.
    pub action: String,
    /// Kind of the document.
    pub kind: String,
    /// Field it is about, of an edit of one; else empty.
    pub field: String,
    /// Category code of a case; empty for anything else.
    pub category: String,
    /// Building, shop or other place; empty for none.
    pub place: String,
    /// Name of the grid or community it lies in.
    pub org_name: String,
    /// Why it was given back, such as `scope`.
    pub code: String,
    /// What was typed; telephone numbers are masked.
    pub typed: Vec<TypedText>,
    /// Photos in the record; their bytes come once it is accepted.
    pub photos: u32,
    /// How many records it stands or falls with, itself included.
    pub together: u32,
    /// `waiting`, `accepted`, `refused`, or `sent_again` by its author.
    pub state: String,
    /// Who decided; empty while it waits.
    pub decided_by: String,
    /// When; absent while it waits.
    pub decided_at: Option<i64>,
    /// Why it was refused.
    pub reason: String,
}

/// A text somebody typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TypedText {
    /// Last part of its field, such as `words`.
    pub field: String,
    /// The text.
    pub text: String,
}

/// A page of the list, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReturnedPage {
    /// Lines.
    pub lines: Vec<Returned>,
    /// Ask again with this as `after`; absent at the end.
    pub next: Option<String>,
}

/// Refuse for good.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RefuseReturned {
    /// Why; its author reads it.
    pub reason: String,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Ruling {
    /// As it stands now.
    pub line: Returned,
    /// Why it can't be accepted even with the rights of whoever decides; empty when it was.
    pub still: String,
}
