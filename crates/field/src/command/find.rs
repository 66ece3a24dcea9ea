//! Finding people and addresses as you type.

use crate::api::find::{Find, Found, Hit, HitKind};
use crate::error::Outcome;
use crate::phone::Phone;
use crate::view;
use linli_store::read::{find as search, place};

/// People, rooms and buildings that match what was typed, best first.
pub(crate) async fn find(phone: &Phone, request: Find) -> Outcome<Found> {
    phone
        .read(move |tx, desk| {
            let start = std::time::Instant::now();
            let limit = request.limit.clamp(1, 50) as usize;
            let found = search::find(tx, &request.query, limit + 1, !desk.is_lead())?;
            let mut hits = Vec::new();
            for hit in found {
                hits.push(match hit {
                    search::Hit::Person(resident) => {
                        let (address, estate) = view::address_of(tx, resident.dwelling)?;
                        let building = linli_store::read::building::room(tx, resident.dwelling)?
                            .map_or(String::new(), |room| room.building.to_string());
                        Hit {
                            kind: HitKind::Person,
                            id: resident.id.to_string(),
                            title: resident.name,
                            place: format!("{estate}{address}"),
                            household: resident.household.to_string(),
                            dwelling: resident.dwelling.to_string(),
                            building,
                            flags: resident
                                .flags
                                .into_iter()
                                .filter(|flag| flag.starts_with('P'))
                                .collect(),
                        }
                    }
                    search::Hit::Room(room, household) => {
                        let name = place::get(tx, room.building)?
                            .map_or(String::new(), |building| building.name);
                        Hit {
                            kind: HitKind::Dwelling,
                            id: room.dwelling.to_string(),
                            title: view::address(&name, &room),
                            place: view::address_of(tx, room.dwelling)?.1,
                            household: household.map_or(String::new(), |id| id.to_string()),
                            dwelling: room.dwelling.to_string(),
                            building: room.building.to_string(),
                            flags: Vec::new(),
                        }
                    }
                    search::Hit::Building(building) => Hit {
                        kind: HitKind::Building,
                        id: building.id.to_string(),
                        title: building.name,
                        place: building.alias,
                        household: String::new(),
                        dwelling: String::new(),
                        building: building.id.to_string(),
                        flags: Vec::new(),
                    },
                });
            }
            let more = hits.len() > limit;
            hits.truncate(limit);
            let took_us = u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX);
            Ok(Found {
                hits,
                more,
                took_us,
            })
        })
        .await
}
