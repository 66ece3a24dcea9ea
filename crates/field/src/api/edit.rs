//! Edits of a household and its care.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Value;

/// Write one field, as seen on a form.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EditField {
    /// Document id.
    pub doc: String,
    /// Field path such as `residents/<id>/name`, `mobility/<resident>` or `cycle_days`.
    pub field: String,
    /// New value; null clears.
    pub value: Value,
    /// Heads the form was opened on.
    pub seen: Vec<String>,
}

/// Settle a clash.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SettleClash {
    /// Document id.
    pub doc: String,
    /// Field path.
    pub field: String,
    /// The value to keep, by its change hash.
    pub choice: String,
    /// Keep the other numbers as entries of their own (phones only).
    pub keep_both: bool,
    /// Heads the choice was shown on.
    pub seen: Vec<String>,
}

/// Add a telephone entry.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AddPhone {
    /// Care document.
    pub care: String,
    /// Number as typed.
    pub number: String,
    /// Resident, or empty for the household.
    pub whose: String,
    /// Words, may be empty.
    pub note: String,
}

/// Add a resident.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AddResident {
    /// Household document.
    pub household: String,
    /// Name.
    pub name: String,
    /// Sex code.
    pub sex: String,
    /// Year of birth, 0 when unknown.
    pub birth_year: i64,
    /// Relation code.
    pub relation: String,
    /// Population type P10–P13.
    pub population: String,
}

/// Adopt or put aside a tip.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TipChoice {
    /// Visit document.
    pub visit: String,
    /// Tip entry.
    pub tip: String,
    /// Adopt (write it as one's own edit) or put it aside.
    pub adopt: bool,
    /// Family it is about, the one whose page shows it: a flat may house several. Empty when
    /// there is only one.
    pub household: String,
    /// Resident a mobility or need tip is for; empty when the household has one resident.
    pub resident: String,
}
