//! The shapes of the commands: what a screen asks for and what it gets.
//!
//! One file per screen or action. TypeScript types are generated from these
//! (`make bindings`), so a field added here is known to the UI at once. Times
//! are milliseconds since 1970 UTC; positions are WGS-84 degrees; ids are text.
//! Words are never composed here: the UI turns codes into sentences.

pub mod building;
pub mod case;
pub mod change;
pub mod edit;
pub mod emergency;
pub mod find;
pub mod household;
pub mod map;
pub mod media;
pub mod outbox;
pub mod start;
pub mod today;
pub mod visit;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// For commands that need nothing.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct Empty {}

/// An error at the edge: the UI maps `code` to words and fills in `params`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EdgeError {
    /// Stable code, `area_reason` in snake case, such as `enrol_code_used`.
    pub code: String,
    /// Values for the sentence, never personal data.
    #[ts(type = "Record<string, string | number>")]
    pub params: serde_json::Value,
}

/// Where a record or photo is: the honest receipt (promise 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Receipt {
    /// On this phone only.
    Here,
    /// Sent, no verdict yet.
    Sent,
    /// The center has checked it and holds it durably.
    Accepted,
    /// The center gave it back, or a person has to decide: needs attention.
    Attention,
}

/// Who wrote something.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Author {
    /// Person id; empty for the center itself.
    pub person: String,
    /// Name as in the directory; empty when not (yet) known.
    pub name: String,
    /// Role code such as `R01`.
    pub role: String,
    /// True when it is the person this phone belongs to.
    pub me: bool,
}

/// A value of a field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum Value {
    /// Cleared or never filled in.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Text or a code.
    Text(String),
}

/// A place on earth with how it was come by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Position {
    /// Degrees east, WGS-84.
    pub lon: f64,
    /// Degrees north, WGS-84.
    pub lat: f64,
    /// Radius in metres; absent when a person tapped the map.
    pub accuracy_m: Option<f64>,
    /// `gnss`, `tap` or `building`.
    pub source: String,
    /// When the fix was taken.
    pub at: i64,
    /// The system said the position was made up by another app.
    pub mocked: bool,
}
