//! The doors of one building: what a building lead may know.

use super::{doc_id, push_text};
use crate::fields::Fields;
use crate::ids::DocId;
use crate::value::Write;

/// A room.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Room {
    /// Unit name; empty when the building has none.
    pub unit: String,
    /// Floor label.
    pub floor: String,
    /// Room label.
    pub room: String,
    /// Surname at the door.
    pub surname: String,
    /// Somebody lives there.
    pub occupied: bool,
    /// Numbers of the current occupancies; two families may share a flat.
    pub occupancies: Vec<u32>,
}

/// Reads all rooms with their dwelling ids; rooms that were taken out are left out.
pub fn rooms(fields: &Fields) -> Vec<(DocId, Room)> {
    fields
        .keys("rooms")
        .into_iter()
        .filter_map(|key| {
            let at = |name: &str| format!("rooms/{key}/{name}");
            if fields.get(&at("ended")).int().is_some() {
                return None;
            }
            let text = |name: &str| fields.text(&at(name)).to_owned();
            let room = Room {
                unit: text("unit"),
                floor: text("floor"),
                room: text("room"),
                surname: text("surname"),
                occupied: fields.get(&at("occupied")).is_true(),
                occupancies: fields
                    .text(&at("occupancies"))
                    .split(',')
                    .filter_map(|number| number.parse().ok())
                    .collect(),
            };
            Some((key.parse().ok()?, room))
        })
        .collect()
}

/// The building these doors belong to.
pub fn building(fields: &Fields) -> Option<DocId> {
    doc_id(fields, "building")
}

/// The writes that bring a building's doors into being.
pub fn create<'a>(
    building: DocId,
    rooms: impl IntoIterator<Item = &'a (DocId, Room)>,
) -> Vec<Write> {
    let mut writes = vec![Write::new("building", building.to_string())];
    for (dwelling, room) in rooms {
        let at = |name: &str| format!("rooms/{dwelling}/{name}");
        push_text(&mut writes, at("unit"), &room.unit);
        push_text(&mut writes, at("floor"), &room.floor);
        writes.push(Write::new(at("room"), room.room.as_str()));
        push_text(&mut writes, at("surname"), &room.surname);
        writes.push(Write::new(at("occupied"), room.occupied));
        let numbers: Vec<String> = room.occupancies.iter().map(u32::to_string).collect();
        push_text(&mut writes, at("occupancies"), &numbers.join(","));
    }
    writes
}
