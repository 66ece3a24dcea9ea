//! Receipts: where everything written on this phone is.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::media::MediaItem;
use super::start::SyncState;
use super::{EdgeError, Receipt};

/// Something written on this phone.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OutboxItem {
    /// Intent id.
    pub intent: String,
    /// What was done, such as `visit_log`, `case_report`, `field_set`, `clash_settle`.
    pub action: String,
    /// Document.
    pub doc: String,
    /// Kind of the document.
    pub kind: String,
    /// What it is about: a person's name, an address, a category code.
    pub about: String,
    /// Field path for edits, or empty.
    pub field: String,
    /// It is about a roll-call that is an exercise.
    pub drill: bool,
    /// When.
    pub at: i64,
    /// Where it is.
    pub receipt: Receipt,
    /// Why it came back.
    pub problem: Option<EdgeError>,
    /// Photos that go with it.
    pub media: Vec<MediaItem>,
    /// What was typed, of something that came back: in no other place when its record went
    /// with it.
    pub typed: Vec<Typed>,
}

/// A text somebody typed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Typed {
    /// Field path.
    pub path: String,
    /// Its last part, such as `words`, `number`, `name`.
    pub field: String,
    /// The text.
    pub text: String,
}

/// Send something that came back once more, and what was done as one with it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Mend {
    /// Intent id.
    pub intent: String,
    /// What is to be said otherwise; none to send it as it stands.
    pub words: Vec<Retyped>,
}

/// Other words for something typed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Retyped {
    /// Field path, as in [`Typed`].
    pub path: String,
    /// The new text.
    pub text: String,
}

/// An own photo whose record is at the center without it: after a day, or refused.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MissingPhoto {
    /// The photo.
    pub photo: MediaItem,
    /// Its record.
    pub doc: String,
    /// Kind of the record.
    pub kind: String,
    /// What its record is about: a category code, an address.
    pub about: String,
    /// The center refused it, or it can't be read: it isn't tried again by itself.
    pub stuck: bool,
    /// Its picture can't be read on this phone any more.
    pub damaged: bool,
}

/// The receipts screen.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Outbox {
    /// The pill.
    pub sync: SyncState,
    /// What came back and needs a person.
    pub attention: Vec<OutboxItem>,
    /// Photos that should have arrived by now, oldest first.
    pub missing: Vec<MissingPhoto>,
    /// Newest first, at most 200: everything waiting, then what was accepted lately.
    pub items: Vec<OutboxItem>,
}

/// Which intent.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct IntentId {
    /// Intent id.
    pub intent: String,
}
