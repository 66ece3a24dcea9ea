//! The duties of a grid worker, each with its boundary: what is not asked.

use serde::Deserialize;

use super::Name;

/// All duties, in groups.
#[derive(Debug, Deserialize)]
pub struct Duties {
    /// Version of the list; a county counts its own.
    pub version: String,
    /// Groups `A`…`G`.
    pub groups: Vec<DutyGroup>,
    /// The duties in order.
    pub duties: Vec<Duty>,
}

/// A group of duties.
#[derive(Debug, Deserialize)]
pub struct DutyGroup {
    /// `A`…
    pub code: String,
    /// Its name.
    #[serde(flatten)]
    pub name: Name,
    /// How many duties it holds.
    pub count: usize,
}

/// One duty.
#[derive(Debug, Deserialize)]
pub struct Duty {
    /// `A01`…
    pub code: String,
    /// Code of its group.
    pub group: String,
    /// Its name.
    #[serde(flatten)]
    pub name: Name,
    /// What to do.
    pub what_zh: String,
    /// What is not asked, and not allowed.
    pub boundary_zh: String,
    /// How often.
    pub frequency_zh: String,
    /// The unit that leads.
    pub lead_dept: String,
    /// Units that help.
    pub co_depts: Vec<String>,
    /// Whether it serves all departments alike.
    #[serde(default)]
    pub all_depts: bool,
    /// The part of the app it is done in.
    pub app_module: String,
    /// Problems found in the course of it.
    pub event_codes: Vec<String>,
    /// What counts as having done it.
    pub evidence_policy: Evidence,
}

/// What a duty asks for as evidence. A photo is never asked for where nothing was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// A few words or a tap.
    TextOrTap,
    /// A photo, only where a problem is found.
    PhotoIfProblemFound,
}

impl Duties {
    /// The duty with this code.
    pub fn get(&self, code: &str) -> Option<&Duty> {
        self.duties.iter().find(|duty| duty.code == code)
    }
}
