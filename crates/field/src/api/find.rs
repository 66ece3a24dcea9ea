//! Finding people and addresses as you type.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What was typed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Find {
    /// Characters, pinyin, initials, an address or the end of a phone number.
    pub query: String,
    /// At most this many (1–50).
    pub limit: u32,
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HitKind {
    /// A resident.
    Person,
    /// A dwelling (room).
    Dwelling,
    /// A building.
    Building,
}

/// One line.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Hit {
    /// What it is.
    pub kind: HitKind,
    /// Resident, dwelling or building id.
    pub id: String,
    /// Name, room or building name.
    pub title: String,
    /// Address or estate.
    pub place: String,
    /// Household to open, or empty.
    pub household: String,
    /// Dwelling, or empty.
    pub dwelling: String,
    /// Building.
    pub building: String,
    /// Person categories worth showing (P20…).
    pub flags: Vec<String>,
}

/// Everything found.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Found {
    /// Best first.
    pub hits: Vec<Hit>,
    /// There are more.
    pub more: bool,
    /// Time taken in microseconds.
    pub took_us: u64,
}
