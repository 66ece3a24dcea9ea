//! The directory of authors: whose enrolment wrote a change. It outlives revocation.

use linli_model::actor::{Actor, EnrolmentId};
use linli_model::ids::{DocId, PersonId};
use rusqlite::{OptionalExtension, Transaction, params};

use crate::error::StoreError;
use crate::row;

/// A person with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Person.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Role code.
    pub role: String,
    /// Division code of the post.
    pub org: String,
    /// Building of a building lead.
    pub building: Option<DocId>,
    /// Public duty telephone.
    pub phone: String,
}

/// Keeps a person.
///
/// # Errors
/// The database.
pub fn keep_person(tx: &Transaction<'_>, person: &Person) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO person (id, name, role, org, building, phone)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role,
            org = excluded.org, building = excluded.building, phone = excluded.phone",
    )?
    .execute(params![
        person.id.as_bytes(),
        person.name,
        person.role,
        person.org,
        person.building.map(|id| id.as_bytes().to_vec()),
        person.phone,
    ])?;
    Ok(())
}

/// Keeps whose enrolment it is.
///
/// # Errors
/// The database.
pub fn keep_author(
    tx: &Transaction<'_>,
    enrolment: EnrolmentId,
    person: PersonId,
) -> Result<(), StoreError> {
    tx.prepare_cached("INSERT OR REPLACE INTO author (enrolment, person) VALUES (?1, ?2)")?
        .execute(params![&enrolment.0[..], person.as_bytes()])?;
    Ok(())
}

/// Finds a person.
///
/// # Errors
/// The database.
pub fn person(tx: &Transaction<'_>, id: PersonId) -> Result<Option<Person>, StoreError> {
    Ok(tx
        .prepare_cached("SELECT id, name, role, org, building, phone FROM person WHERE id = ?1")?
        .query_row([id.as_bytes()], read)
        .optional()?)
}

/// The person behind an actor.
///
/// # Errors
/// The database.
pub fn author(tx: &Transaction<'_>, actor: Option<Actor>) -> Result<Option<Person>, StoreError> {
    let Some(actor) = actor else { return Ok(None) };
    Ok(tx
        .prepare_cached(
            "SELECT p.id, name, role, org, building, phone
             FROM author a JOIN person p ON p.id = a.person WHERE a.enrolment = ?1",
        )?
        .query_row([&actor.enrolment.0[..]], read)
        .optional()?)
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Person> {
    Ok(Person {
        id: row::get(row, 0)?,
        name: row.get(1)?,
        role: row.get(2)?,
        org: row.get(3)?,
        building: row::maybe(row, 4)?,
        phone: row.get(5)?,
    })
}
