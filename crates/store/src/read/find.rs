//! Finding people, rooms and buildings.

use std::collections::BTreeSet;

use linli_model::ids::{DocId, EntryId};
use linli_model::search::{AddressQuery, NameQuery, Query, Typed, normal_building, prefix_end};
use rusqlite::{Transaction, params};

use super::building::{self, RoomRow};
use super::people::{self, ResidentRow};
use super::place::{self, PlaceRow};
use crate::error::StoreError;
use crate::row;

/// One thing found.
#[derive(Debug, Clone)]
pub enum Hit {
    /// A resident.
    Person(ResidentRow),
    /// A room, with the family that lives there.
    Room(RoomRow, Option<DocId>),
    /// A building.
    Building(PlaceRow),
}

/// Keys looked at for one probe: beyond that nobody reads on, one types another letter.
const PROBE: u32 = 300;

/// What matches a typed text, the likeliest kind first; people only when `people` is set.
///
/// # Errors
/// The database.
pub fn find(
    tx: &Transaction<'_>,
    typed: &str,
    limit: usize,
    people: bool,
) -> Result<Vec<Hit>, StoreError> {
    let query = Query::parse(typed);
    if query.typed == Typed::Nothing {
        return Ok(Vec::new());
    }
    let mut hits = Vec::new();
    let rooms_first = matches!(query.typed, Typed::Address | Typed::Digits);
    if rooms_first {
        rooms(tx, &query.addresses, limit, people, &mut hits)?;
    }
    if people {
        if let Some(name) = &query.name {
            names(tx, name, limit, &mut hits)?;
        }
        if let Some(phone) = &query.phone {
            phones(tx, phone, limit, &mut hits)?;
        }
    }
    if !rooms_first {
        rooms(tx, &query.addresses, limit, people, &mut hits)?;
    }
    buildings(tx, &query.text, limit, &mut hits)?;
    hits.truncate(limit);
    Ok(hits)
}

fn count(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

fn names(
    tx: &Transaction<'_>,
    name: &NameQuery,
    limit: usize,
    hits: &mut Vec<Hit>,
) -> Result<(), StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT DISTINCT resident FROM name_key WHERE key >= ?1 AND key < ?2 LIMIT ?3",
    )?;
    let mut found: BTreeSet<EntryId> = BTreeSet::new();
    for prefix in name.prefixes() {
        let end = prefix_end(&prefix);
        let rows = statement.query_map(params![prefix, end, PROBE], |row| row::get(row, 0))?;
        for resident in rows {
            found.insert(resident?);
        }
    }
    let mut ranked = Vec::new();
    let mut text = tx.prepare_cached("SELECT name FROM resident WHERE id = ?1")?;
    for id in found {
        let full: String = text.query_row([id.as_bytes()], |row| row.get(0))?;
        if let Some(rank) = name.rank(&full) {
            ranked.push((rank, full, id));
        }
    }
    ranked.sort();
    for (_, _, id) in ranked.into_iter().take(limit) {
        hits.extend(people::resident(tx, id)?.map(Hit::Person));
    }
    Ok(())
}

fn phones(
    tx: &Transaction<'_>,
    prefix: &str,
    limit: usize,
    hits: &mut Vec<Hit>,
) -> Result<(), StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT p.whose, c.dwelling, c.occupancy FROM phone p JOIN care c ON c.doc = p.care
         WHERE p.last_first >= ?1 AND p.last_first < ?2 LIMIT ?3",
    )?;
    let found: Vec<(Option<EntryId>, DocId, u32)> = statement
        .query_map(params![prefix, prefix_end(prefix), count(limit)], |row| {
            Ok((row::maybe(row, 0)?, row::get(row, 1)?, row.get(2)?))
        })?
        .collect::<Result<_, _>>()?;
    for (whose, dwelling, occupancy) in found {
        let person = match whose {
            Some(id) => people::resident(tx, id)?,
            None => None,
        };
        let family = DocId::of_occupancy(linli_model::kind::Kind::Household, dwelling, occupancy);
        let person = match person {
            Some(person) => Some(person),
            None => people::residents(tx, family)?.into_iter().next(),
        };
        hits.extend(person.map(Hit::Person));
    }
    Ok(())
}

fn rooms(
    tx: &Transaction<'_>,
    addresses: &[AddressQuery],
    limit: usize,
    people: bool,
    hits: &mut Vec<Hit>,
) -> Result<(), StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT r.dwelling FROM room r JOIN place p ON p.doc = r.building
         WHERE r.room_key >= ?1 AND r.room_key < ?2
           AND (?3 IS NULL OR p.search = ?3 OR p.alias = ?3)
           AND (?4 IS NULL OR r.unit = ?4 OR r.unit = ?4 || '单元')
         ORDER BY length(r.room_key), p.search LIMIT ?5",
    )?;
    let mut seen: BTreeSet<DocId> = BTreeSet::new();
    for address in addresses {
        let Some(room) = &address.room else { continue };
        let rows = statement.query_map(
            params![
                room,
                prefix_end(room),
                address.building,
                address.unit,
                count(limit)
            ],
            |row| row::get::<DocId>(row, 0),
        )?;
        for dwelling in rows {
            let dwelling = dwelling?;
            if !seen.insert(dwelling) {
                continue;
            }
            let Some(room) = building::room(tx, dwelling)? else {
                continue;
            };
            let family = if people {
                people::households(tx, dwelling)?
                    .first()
                    .map(|family| family.id)
            } else {
                None
            };
            hits.push(Hit::Room(room, family));
        }
    }
    Ok(())
}

fn buildings(
    tx: &Transaction<'_>,
    text: &str,
    limit: usize,
    hits: &mut Vec<Hit>,
) -> Result<(), StoreError> {
    let wanted = normal_building(text);
    let found = place::of_type(tx, "building")?
        .into_iter()
        .filter(|building| {
            let name = normal_building(&building.name);
            name == wanted
                || building.name.starts_with(text)
                || (text.chars().count() > 1 && building.alias.contains(text))
        });
    hits.extend(found.take(limit).map(Hit::Building));
    Ok(())
}
