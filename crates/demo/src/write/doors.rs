//! Doors: rooms with the surname at the door, occupied or empty.

use linli_model::bundle::Doc;
use linli_model::ids::DocId;
use linli_model::kind::Kind;
use linli_model::kinds::door::{Room, create};

use super::WriteError;
use super::builder::{CENTER, Scene, doc_id, single};
use crate::dice::Dice;
use crate::id::Id;
use crate::names::person::surname_of;

pub(super) fn door(scene: &Scene, b: usize) -> Result<Doc, WriteError> {
    let county = scene.county;
    let building = &county.housing.buildings[b];
    let mut rooms: Vec<(DocId, Room)> = county
        .housing
        .dwellings_of(b)
        .map(|d| {
            let dwelling = &county.housing.dwellings[d];
            let room = Room {
                unit: building.units[dwelling.unit].clone(),
                floor: building.floors[dwelling.floor].clone(),
                room: dwelling.room.clone(),
                ..Room::default()
            };
            (doc_id(dwelling.id), room)
        })
        .collect();
    let mut homes = scene.of_building[b].clone();
    homes.sort_by_key(|&h| {
        (
            county.households[h].dwelling,
            county.households[h].occupancy,
        )
    });
    for h in homes {
        let household = &county.households[h];
        let room = &mut rooms[household.dwelling - building.first_dwelling].1;
        let surname = surname_of(&household.residents[0].name);
        if !room.surname.is_empty() && room.surname != surname {
            room.surname.push('、');
            room.surname.push_str(&surname);
        } else {
            room.surname = surname;
        }
        room.occupied = true;
        room.occupancies.push(household.occupancy);
    }
    let mut dice = Dice::new(county.seed, "doc door", b as u64);
    let id = doc_id(Id::new(scene.since, &mut dice));
    let writes = create(doc_id(building.id), &rooms);
    single(Kind::Door, id, CENTER, scene.since, scene.since, &writes)
}
