//! Logging a visit in at most four taps.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Log a visit.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LogVisit {
    /// Dwelling visited.
    pub dwelling: String,
    /// Household visited; empty for building leads and empty flats.
    pub household: String,
    /// Visit type code V01….
    pub kind: String,
    /// Result 1–5.
    pub result: i64,
    /// `good`, `fair`, `poor` or empty.
    pub mood: String,
    /// `yes`, `no` or empty.
    pub utilities: String,
    /// Words.
    pub words: String,
    /// Tips (building leads).
    pub tips: Vec<NewTip>,
}

/// A tip in a visit.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NewTip {
    /// `phone`, `need`, `mobility` or `moved_out`.
    pub kind: String,
    /// Number, need or mobility code, or empty.
    pub value: String,
    /// Own words, may be empty.
    pub words: String,
}
