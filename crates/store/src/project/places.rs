//! Places and doors.

use linli_model::fields::Fields;
use linli_model::ids::DocId;
use linli_model::kinds::door;
use linli_model::kinds::place::Place;
use linli_model::kinds::position;
use linli_model::search;
use rusqlite::{Transaction, params};

use crate::error::StoreError;

pub(super) fn place(tx: &Transaction<'_>, id: DocId, fields: &Fields) -> Result<(), StoreError> {
    let place = Place::read(fields);
    let search = match place.kind.as_str() {
        "building" => search::normal_building(&place.name),
        _ => place.name.clone(),
    };
    tx.prepare_cached(
        "INSERT INTO place (doc, type, name, alias, code, parent, org, lon, lat, outline,
            units, floors, lead, worker, phone, search, lead_name, worker_name)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
    )?
    .execute(params![
        id.as_bytes(),
        place.kind,
        place.name,
        place.alias,
        place.code,
        place.parent.map(|id| id.as_bytes().to_vec()),
        place.org,
        place.point.map(|(lon, _)| lon),
        place.point.map(|(_, lat)| lat),
        position::pack(&place.outline),
        place.units.join(","),
        place.floors.join(","),
        place.lead,
        place.worker,
        place.phone,
        search,
        place.lead_name,
        place.worker_name,
    ])?;
    Ok(())
}

pub(super) fn door(tx: &Transaction<'_>, id: DocId, fields: &Fields) -> Result<(), StoreError> {
    let Some(building) = door::building(fields) else {
        return Ok(());
    };
    let mut statement = tx.prepare_cached(
        "INSERT OR REPLACE INTO room (dwelling, door, building, unit, floor, room, surname,
            occupied, occupancies, room_key)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    for (dwelling, room) in door::rooms(fields) {
        let numbers: Vec<String> = room.occupancies.iter().map(u32::to_string).collect();
        statement.execute(params![
            dwelling.as_bytes(),
            id.as_bytes(),
            building.as_bytes(),
            room.unit,
            room.floor,
            room.room,
            room.surname,
            room.occupied,
            numbers.join(","),
            search::normal_room(&room.room),
        ])?;
    }
    Ok(())
}
