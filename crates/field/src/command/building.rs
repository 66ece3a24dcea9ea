//! The list of buildings and the matrix of rooms.

use std::collections::HashMap;

use linli_model::ids::DocId;
use linli_store::read::building::Marks;
use linli_store::read::{building as rooms, people, place};

use crate::api::Empty;
use crate::api::building::{Building, BuildingId, BuildingLine, Room};
use crate::desk::{Desk, id};
use crate::error::Outcome;
use crate::phone::Phone;

const DAY: i64 = 86_400_000;

fn is_due(marks: &Marks, now: i64) -> bool {
    marks.cycle_days > 0
        && marks
            .last
            .is_none_or(|last| last + marks.cycle_days * DAY <= now)
}

/// All buildings of the own area.
pub(crate) async fn buildings(phone: &Phone, _: Empty) -> Outcome<Vec<BuildingLine>> {
    phone
        .read(|tx, desk| {
            let names: HashMap<DocId, String> = place::of_type(tx, "estate")?
                .into_iter()
                .map(|estate| (estate.id, estate.name))
                .collect();
            let grids: HashMap<String, String> = place::of_type(tx, "grid")?
                .into_iter()
                .map(|grid| (grid.code, grid.name))
                .collect();
            let marks: HashMap<DocId, Marks> = rooms::marks(tx, None)?
                .into_iter()
                .map(|m| (m.dwelling, m))
                .collect();
            let mut counts: HashMap<DocId, (u32, u32, u32)> = HashMap::new();
            for room in rooms::all_rooms(tx)? {
                let count = counts.entry(room.building).or_default();
                count.0 += u32::from(room.occupied);
                if let Some(marks) = marks.get(&room.dwelling) {
                    count.1 += u32::from(is_due(marks, desk.now_ms));
                    count.2 += u32::from(marks.care);
                }
            }
            Ok(place::of_type(tx, "building")?
                .into_iter()
                .map(|building| {
                    let (households, due, care) =
                        counts.get(&building.id).copied().unwrap_or_default();
                    BuildingLine {
                        id: building.id.to_string(),
                        name: building.name,
                        alias: building.alias,
                        estate: building
                            .parent
                            .and_then(|parent| names.get(&parent).cloned())
                            .unwrap_or_default(),
                        grid: grids.get(&building.org).cloned().unwrap_or_default(),
                        households,
                        due,
                        care,
                    }
                })
                .collect())
        })
        .await
}

fn marks_of(marks: &Marks, desk: &Desk) -> Vec<String> {
    if desk.is_lead() {
        return Vec::new();
    }
    let mut names = Vec::new();
    let mut mark = |name: &str, set: bool| {
        if set {
            names.push(name.to_owned());
        }
    };
    mark("overdue", is_due(marks, desk.now_ms));
    mark("mobility", marks.mobility);
    mark("care", marks.care);
    mark("clash", marks.clash);
    mark("tip", marks.tip);
    mark("never", marks.last.is_none());
    names
}

/// One building with its rooms.
pub(crate) async fn building(phone: &Phone, request: BuildingId) -> Outcome<Building> {
    phone
        .read(move |tx, desk| {
            let building: DocId = id(&request.id)?;
            let place = place::get(tx, building)?
                .filter(|place| place.kind == "building")
                .ok_or_else(|| crate::EdgeError::code("not_found"))?;
            let estate = match place.parent {
                Some(parent) => place::get(tx, parent)?.map_or(String::new(), |p| p.name),
                None => String::new(),
            };
            let marks: HashMap<DocId, Marks> = rooms::marks(tx, Some(building))?
                .into_iter()
                .map(|m| (m.dwelling, m))
                .collect();
            let mut list = Vec::new();
            for room in rooms::rooms(tx, building)? {
                let households = if desk.is_lead() {
                    Vec::new()
                } else {
                    people::households(tx, room.dwelling)?
                        .into_iter()
                        .filter(|household| household.ended.is_none())
                        .map(|household| household.id.to_string())
                        .collect()
                };
                list.push(Room {
                    dwelling: room.dwelling.to_string(),
                    marks: marks
                        .get(&room.dwelling)
                        .map_or(Vec::new(), |m| marks_of(m, desk)),
                    unit: room.unit,
                    floor: room.floor,
                    room: room.room,
                    surname: room.surname,
                    occupied: room.occupied,
                    households,
                });
            }
            let floors: Vec<String> = place.floors.iter().rev().cloned().collect();
            let order: HashMap<&str, usize> = floors
                .iter()
                .enumerate()
                .map(|(i, floor)| (floor.as_str(), i))
                .collect();
            list.sort_by_key(|room| {
                (
                    order
                        .get(room.floor.as_str())
                        .copied()
                        .unwrap_or(usize::MAX),
                    place.units.iter().position(|unit| *unit == room.unit),
                    room.room.len(),
                    room.room.clone(),
                )
            });
            Ok(Building {
                id: request.id,
                name: place.name,
                alias: place.alias,
                estate,
                units: place.units.clone(),
                rooms: list,
                lead: place.lead_name,
                floors,
            })
        })
        .await
}
