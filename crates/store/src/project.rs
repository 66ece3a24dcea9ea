//! Tables for screens, rebuilt from a document whenever it changes. A table is only an index:
//! everything in it can be made again from the log.

mod people;
mod places;
mod work;

use linli_model::document::Document;
use linli_model::fields::Fields;
use linli_model::ids::DocId;
use linli_model::kind::Kind;
use rusqlite::{Transaction, params};

use crate::document as log;
use crate::error::StoreError;

/// Tables keyed by the document in a column of this name.
const BY_DOC: &[(&str, &str)] = &[
    ("place", "doc"),
    ("room", "door"),
    ("household", "doc"),
    ("resident", "household"),
    ("care", "doc"),
    ("phone", "care"),
    ("flag", "doc"),
    ("mobility", "doc"),
    ("visit", "doc"),
    ("report", "doc"),
    ("task", "doc"),
    ("notice", "doc"),
    ("muster", "doc"),
    ("clash", "doc"),
];

/// Makes all tables anew from the log: what to do when one is in doubt. Takes a while, loses
/// nothing.
///
/// # Errors
/// The database, or a log that doesn't replay.
pub fn rebuild(tx: &Transaction<'_>) -> Result<(), StoreError> {
    for (table, _) in BY_DOC.iter().chain(&[("name_key", "")]) {
        tx.execute(&format!("DELETE FROM {table}"), [])?;
    }
    for id in log::all(tx)? {
        by_id(tx, id)?;
    }
    Ok(())
}

/// Rebuilds the rows of a document from the log.
pub(crate) fn by_id(tx: &Transaction<'_>, id: DocId) -> Result<(), StoreError> {
    match log::fields_known(tx, id) {
        Ok((kind, fields)) => rows(tx, id, kind, &fields),
        Err(StoreError::NotFound) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Rebuilds the rows of a document.
pub(crate) fn document(tx: &Transaction<'_>, doc: &Document) -> Result<(), StoreError> {
    rows(tx, doc.id(), doc.kind(), &doc.fields())
}

fn rows(tx: &Transaction<'_>, id: DocId, kind: Kind, fields: &Fields) -> Result<(), StoreError> {
    forget_kind(tx, id, kind)?;
    newcomer(tx, id, kind, fields)
}

/// Makes the rows of a document that has none yet.
pub(crate) fn newcomer(
    tx: &Transaction<'_>,
    id: DocId,
    kind: Kind,
    fields: &Fields,
) -> Result<(), StoreError> {
    if fields.is_empty() {
        return Ok(());
    }
    match kind {
        Kind::Place => places::place(tx, id, fields)?,
        Kind::Door => places::door(tx, id, fields)?,
        Kind::Household => people::household(tx, id, fields)?,
        Kind::Care | Kind::CareNamed => people::care(tx, id, fields)?,
        Kind::Visit => work::visit(tx, id, fields)?,
        Kind::Case => work::report(tx, id, fields)?,
        Kind::Task => work::task(tx, id, fields)?,
        Kind::Notice => work::notice(tx, id, fields)?,
        Kind::Muster => work::muster(tx, id, fields)?,
        Kind::Order | Kind::Receipt | Kind::Unknown(_) => {}
    }
    let mut statement = tx.prepare_cached("INSERT INTO clash (doc, path) VALUES (?1, ?2)")?;
    for clash in &fields.clashes {
        statement.execute(params![id.as_bytes(), clash.path])?;
    }
    Ok(())
}

/// Takes a document out of all tables.
pub(crate) fn forget(tx: &Transaction<'_>, id: DocId) -> Result<(), StoreError> {
    forget_kind(tx, id, log::kind(tx, id)?)
}

fn forget_kind(tx: &Transaction<'_>, id: DocId, kind: Kind) -> Result<(), StoreError> {
    let tables: &[&str] = match kind {
        Kind::Place => &["place"],
        Kind::Door => &["room"],
        Kind::Household => {
            people::forget_names(tx, id)?;
            &["household", "resident", "flag"]
        }
        Kind::Care | Kind::CareNamed => &["care", "phone", "flag", "mobility"],
        Kind::Visit => &["visit"],
        Kind::Case => &["report"],
        Kind::Task => &["task"],
        Kind::Notice => &["notice"],
        Kind::Muster => &["muster"],
        Kind::Order | Kind::Receipt | Kind::Unknown(_) => &[],
    };
    for table in tables.iter().chain(&["clash"]) {
        let column = BY_DOC
            .iter()
            .find(|(name, _)| name == table)
            .map_or("doc", |(_, c)| c);
        tx.prepare_cached(&format!("DELETE FROM {table} WHERE {column} = ?1"))?
            .execute([id.as_bytes()])?;
    }
    Ok(())
}
