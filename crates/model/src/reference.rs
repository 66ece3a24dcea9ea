//! The reference data of `assets/*.json`, compiled in, typed and read on first use.
//!
//! A county may replace values on its center; what is compiled in is what a phone has when it
//! has never met one. Codes are the contract: documents store codes, screens look up words.

use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::DeserializeOwned;

pub mod codes;
pub mod departments;
pub mod duties;
pub mod events;
pub mod persons;
pub mod phones;
pub mod roles;
pub mod visits;
pub mod workflow;

/// A short text in both languages of the app.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Name {
    /// Chinese, shown first.
    #[serde(rename = "name_zh")]
    pub zh: String,
    /// English.
    #[serde(rename = "name_en")]
    pub en: String,
}

/// A code of a closed list with its Chinese words.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Coded<C = String> {
    /// What documents store.
    pub code: C,
    /// What a screen shows.
    pub zh: String,
}

macro_rules! table {
    ($(#[$doc:meta])* $name:ident: $type:ty = $file:literal) => {
        $(#[$doc])*
        pub fn $name() -> &'static $type {
            static TABLE: LazyLock<$type> = LazyLock::new(|| {
                read($file, include_str!(concat!("../../../assets/", $file, ".json")))
            });
            &TABLE
        }
    };
}

table! {
    /// The tree of reported problems, with urgencies and time limits.
    events: events::Events = "event_categories"
}
table! {
    /// Categories a person may carry, with their tiers.
    persons: persons::Persons = "person_categories"
}
table! {
    /// Types and results of visits.
    visits: visits::Visits = "visit_types"
}
table! {
    /// Roles and the buckets they read and write.
    roles: roles::Roles = "roles"
}
table! {
    /// The state machines of case, order and task, and the statuses of a roll-call.
    workflow: workflow::Workflow = "workflow"
}
table! {
    /// Departments and partner units that take orders.
    departments: departments::Departments = "departments"
}
table! {
    /// The duties of a grid worker.
    duties: duties::Duties = "duties"
}
table! {
    /// Code tables behind coded fields.
    codes: codes::Codes = "code_tables"
}
table! {
    /// Telephones to call first.
    phones: phones::Phones = "phones"
}

/// Parses an asset. The assets are part of the program and a test reads every one of them, so
/// one that does not parse is a build that must not run.
fn read<T: DeserializeOwned>(file: &str, text: &str) -> T {
    match serde_json::from_str(text) {
        Ok(table) => table,
        Err(error) => panic!("assets/{file}.json: {error}"),
    }
}
