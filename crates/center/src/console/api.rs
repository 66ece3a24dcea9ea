//! The shapes of the console's API: what a page asks for and what it gets.
//!
//! TypeScript types are generated from these (`make bindings`). Times are milliseconds since
//! 1970 UTC, positions WGS-84 degrees, ids text. Words are never composed here: the page
//! turns codes into sentences.

pub mod cases;
pub mod devices;
pub mod map;
pub mod returned;
pub mod session;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Any answer that is no success; the page maps `code` to words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Failure {
    /// Stable code: `logged_out`, `login_wrong`, `login_wait`, `not_allowed`, `not_found`,
    /// `overtaken`, `reason_missing`, `bad_input`, `photo_not_here`, `internal`.
    pub code: String,
    /// Seconds to wait before trying again; 0 when that doesn't matter.
    pub wait_s: u32,
}

/// A line of the live stream: something a page may want to read again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Live {
    /// `case`, `device`, `recovery`, `returned`; `all` after a gap, and when the line opens.
    #[serde(rename = "type")]
    pub kind: String,
    /// Which one; empty when that doesn't matter.
    pub id: String,
}

/// All types as one TypeScript module.
pub fn typescript() -> String {
    // Times and counts stay far below 2^53: `number` loses nothing.
    let config = ts_rs::Config::new().with_large_int("number");
    let mut text = String::from(
        "// Generated from the Rust types of the center's API. Do not edit: run `make bindings`.\n",
    );
    macro_rules! declare {
        ($($ty:ty),* $(,)?) => {$(
            text.push('\n');
            text.push_str(&<$ty as TS>::docs().unwrap_or_default());
            text.push_str("export ");
            text.push_str(&<$ty as TS>::decl(&config));
            text.push('\n');
        )*};
    }
    declare!(
        Failure,
        Live,
        session::Login,
        session::Session,
        session::Org,
        session::Pages,
        cases::CaseLine,
        cases::CasePage,
        cases::Reporter,
        cases::Place,
        cases::Photo,
        cases::Entry,
        cases::NextStep,
        cases::CaseFile,
        cases::TakeStep,
        map::Shape,
        map::Spot,
        map::MapData,
        devices::Device,
        devices::Recovery,
        devices::Decide,
        returned::Returned,
        returned::TypedText,
        returned::ReturnedPage,
        returned::RefuseReturned,
        returned::Ruling,
    );
    text
}
