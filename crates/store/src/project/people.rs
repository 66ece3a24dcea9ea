//! Households, residents and care.

use linli_model::fields::Fields;
use linli_model::ids::{DocId, EntryId};
use linli_model::kinds::care::Care;
use linli_model::kinds::household::Household;
use linli_model::search;
use rusqlite::{Transaction, params};

use crate::error::StoreError;
use crate::row;

pub(super) fn household(
    tx: &Transaction<'_>,
    id: DocId,
    fields: &Fields,
) -> Result<(), StoreError> {
    let household = Household::read(fields);
    let Some(dwelling) = household.dwelling else {
        return Ok(());
    };
    tx.prepare_cached(
        "INSERT INTO household (doc, dwelling, occupancy, ended) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![
        id.as_bytes(),
        dwelling.as_bytes(),
        household.occupancy,
        household.ended
    ])?;
    let mut insert = tx.prepare_cached(
        "INSERT OR REPLACE INTO resident (id, household, dwelling, name, sex, birth_year,
            relation, population, ended)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    for (resident, facts) in &household.residents {
        insert.execute(params![
            resident.as_bytes(),
            id.as_bytes(),
            dwelling.as_bytes(),
            facts.name,
            facts.sex,
            facts.birth_year,
            facts.relation,
            facts.population,
            facts.ended,
        ])?;
        if facts.ended.is_none() {
            name_keys(tx, *resident, &facts.name)?;
        }
    }
    flags(tx, id, &household.tags)
}

fn name_keys(tx: &Transaction<'_>, resident: EntryId, name: &str) -> Result<(), StoreError> {
    let mut insert =
        tx.prepare_cached("INSERT OR IGNORE INTO name_key (key, resident) VALUES (?1, ?2)")?;
    for key in search::keys_for_name(name) {
        insert.execute(params![key.text, resident.as_bytes()])?;
    }
    Ok(())
}

/// Takes the names of a household out of the index. Their keys are made anew to find them: an
/// index by resident would cost every first sync as much as the names themselves.
pub(super) fn forget_names(tx: &Transaction<'_>, household: DocId) -> Result<(), StoreError> {
    let mut select = tx.prepare_cached("SELECT id, name FROM resident WHERE household = ?1")?;
    let mut delete = tx.prepare_cached("DELETE FROM name_key WHERE key = ?1 AND resident = ?2")?;
    let mut rows = select.query([household.as_bytes()])?;
    while let Some(row) = rows.next()? {
        let (resident, name): (EntryId, String) = (row::get(row, 0)?, row.get(1)?);
        for key in search::keys_for_name(&name) {
            delete.execute(params![key.text, resident.as_bytes()])?;
        }
    }
    Ok(())
}

fn flags(tx: &Transaction<'_>, doc: DocId, flags: &[(EntryId, String)]) -> Result<(), StoreError> {
    let mut insert =
        tx.prepare_cached("INSERT OR IGNORE INTO flag (resident, code, doc) VALUES (?1, ?2, ?3)")?;
    for (resident, code) in flags {
        insert.execute(params![resident.as_bytes(), code, doc.as_bytes()])?;
    }
    Ok(())
}

pub(super) fn care(tx: &Transaction<'_>, id: DocId, fields: &Fields) -> Result<(), StoreError> {
    let care = Care::read(fields);
    if let Ok(dwelling) = fields.text("dwelling").parse::<DocId>() {
        tx.prepare_cached(
            "INSERT INTO care (doc, dwelling, occupancy, cycle_days) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![
            id.as_bytes(),
            dwelling.as_bytes(),
            fields.int("occupancy"),
            care.cycle_days
        ])?;
    }
    let mut insert = tx.prepare_cached(
        "INSERT OR REPLACE INTO phone (id, care, whose, number, last_first)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (entry, phone) in &care.phones {
        if phone.ended.is_some() || phone.number.is_empty() {
            continue;
        }
        insert.execute(params![
            entry.as_bytes(),
            id.as_bytes(),
            phone.whose.map(|id| id.as_bytes().to_vec()),
            phone.number,
            search::phone_key(&phone.number),
        ])?;
    }
    let mut insert = tx.prepare_cached(
        "INSERT OR REPLACE INTO mobility (resident, code, doc) VALUES (?1, ?2, ?3)",
    )?;
    for (resident, code) in &care.mobility {
        insert.execute(params![resident.as_bytes(), code, id.as_bytes()])?;
    }
    flags(tx, id, &care.flags)
}
