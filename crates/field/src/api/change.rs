//! What a command changed: the screens refresh what is named here and nothing else.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A thing screens show; every command that writes names those it touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Enrolment, lock, language, the person.
    Status,
    /// Residents and doors.
    Roster,
    /// Phones, needs, mobility, cycles.
    Care,
    /// Visits and tips.
    Visits,
    /// Reported problems.
    Cases,
    /// Tasks.
    Tasks,
    /// Notices.
    Notices,
    /// Roll-calls.
    Muster,
    /// Outbox and receipts.
    Outbox,
    /// Photos.
    Media,
    /// Grids, buildings, places.
    Places,
}

impl Topic {
    /// Everything: what the phone may see has changed.
    pub const ALL: [Self; 11] = [
        Self::Status,
        Self::Roster,
        Self::Care,
        Self::Visits,
        Self::Cases,
        Self::Tasks,
        Self::Notices,
        Self::Muster,
        Self::Outbox,
        Self::Media,
        Self::Places,
    ];
}

/// The answer of a command that wrote something.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct Changed {
    /// Ids of the documents written.
    pub docs: Vec<String>,
    /// What to read again.
    pub topics: Vec<Topic>,
    /// Id of the new thing (visit, case, phone entry…), when one was made.
    pub created: Option<String>,
}

/// Pushed to the UI when something changed without a command (a sync, a photo upload).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// Read these again.
    Changed {
        /// What changed.
        topics: Vec<Topic>,
    },
    /// The sync pill.
    Sync {
        /// The new state.
        state: super::start::SyncState,
    },
}
