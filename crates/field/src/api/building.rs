//! Buildings and their matrix of units and rooms.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A line in the list of buildings.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BuildingLine {
    /// Document id.
    pub id: String,
    /// Name such as `5栋`.
    pub name: String,
    /// What people call it, or empty.
    pub alias: String,
    /// Estate name.
    pub estate: String,
    /// Grid name.
    pub grid: String,
    /// Households living there.
    pub households: u32,
    /// Visits overdue or due today.
    pub due: u32,
    /// Households with a care flag.
    pub care: u32,
}

/// Which building.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BuildingId {
    /// Document id.
    pub id: String,
}

/// A room of the matrix.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Room {
    /// Dwelling id.
    pub dwelling: String,
    /// Unit name; empty when the building has none.
    pub unit: String,
    /// Floor label: `1`, `-1`, `夹`.
    pub floor: String,
    /// Room label: `501`, `501A`.
    pub room: String,
    /// Surname at the door; empty when unknown.
    pub surname: String,
    /// Somebody lives there.
    pub occupied: bool,
    /// Current households (two families may share a flat); empty for building leads.
    pub households: Vec<String>,
    /// Marks: `overdue`, `care`, `mobility`, `clash`, `tip`, `never` (not visited yet).
    pub marks: Vec<String>,
}

/// A building with its rooms.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Building {
    /// Document id.
    pub id: String,
    /// Name.
    pub name: String,
    /// What people call it, or empty.
    pub alias: String,
    /// Estate name.
    pub estate: String,
    /// Floors from the top down.
    pub floors: Vec<String>,
    /// Units from left to right.
    pub units: Vec<String>,
    /// Rooms, by floor from the top, then unit, then room.
    pub rooms: Vec<Room>,
    /// Building lead's name, or empty.
    pub lead: String,
}
