//! Telephones and the roll-call.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Author, Receipt};

/// A telephone of the duty list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DutyPhone {
    /// Key such as `duty`, `fire`, `police`, `ambulance`, `gas`.
    pub key: String,
    /// Number.
    pub number: String,
}

/// One line of the roll list: a person, or a room for a building lead.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RollLine {
    /// What the status is written for: `p:<resident>` or `r:<dwelling>`.
    pub subject: String,
    /// Name, or the surname at the door for a building lead.
    pub name: String,
    /// `5栋2单元501`.
    pub address: String,
    /// Building id.
    pub building: String,
    /// Household, or empty.
    pub household: String,
    /// Mobility code; empty when not recorded or not shown to this role.
    pub mobility: String,
    /// Person status code; empty while nobody has said anything.
    pub status: String,
    /// Other statuses that stand beside it.
    pub others: Vec<String>,
    /// Who said so.
    pub by: Option<Author>,
    /// When.
    pub at: Option<i64>,
    /// Where the last word is.
    pub receipt: Receipt,
}

/// An open roll-call.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Muster {
    /// Document id.
    pub id: String,
    /// Title.
    pub title: String,
    /// An exercise.
    pub drill: bool,
    /// Started.
    pub at: i64,
    /// Lines: those who need help first, then by building and room.
    pub lines: Vec<RollLine>,
    /// Heads: hand back with each status.
    pub seen: Vec<String>,
}

/// The emergency screen.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Emergency {
    /// Telephones.
    pub phones: Vec<DutyPhone>,
    /// The open roll-call, newest first; none when all is quiet.
    pub muster: Option<Muster>,
    /// This person may start one.
    pub can_start: bool,
}

/// Start a roll-call.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StartMuster {
    /// Title.
    pub title: String,
    /// An exercise.
    pub drill: bool,
}

/// One tap of the roll-call.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SetRoll {
    /// Muster id.
    pub muster: String,
    /// `p:<resident>` or `r:<dwelling>`.
    pub subject: String,
    /// Person status code.
    pub status: String,
    /// Heads the list was shown on.
    pub seen: Vec<String>,
}
