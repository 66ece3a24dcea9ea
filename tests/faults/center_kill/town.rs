//! Who pushes, and where: grid workers of the county, each with dwellings of the own grid and
//! one household's care notes that several of them write to.

use std::path::Path;
use std::sync::Arc;

use linli_center::{Center, System, enrol};
use linli_model::document::Document;
use linli_model::ids::{DocId, PersonId};
use linli_model::kind::Kind;
use linli_protocol::enrol::Secret;
use rusqlite::{Connection, params};

/// A phone before it is enrolled.
pub(crate) struct Resident {
    pub(crate) secret: Secret,
    /// Where it logs visits.
    pub(crate) dwellings: Vec<DocId>,
    /// Care notes that others of the same grid write to at the same time.
    pub(crate) care: Document,
}

/// `count` phones, shared out among the grid workers.
pub(crate) fn people(data: &Path, count: usize) -> Vec<Resident> {
    let conn = Connection::open(data.join("center.db")).expect("database");
    let workers = workers(&conn);
    assert!(workers.len() > 1, "the county has several grids");
    let center = Center::open(data, Arc::new(System)).expect("center");
    let of = |(person, grid): &(PersonId, String)| Resident {
        secret: enrol::new_code(&center, *person)
            .expect("written")
            .expect("known"),
        dwellings: dwellings(&conn, grid),
        care: care(&conn, grid),
    };
    workers.iter().cycle().take(count).map(of).collect()
}

fn workers(conn: &Connection) -> Vec<(PersonId, String)> {
    conn.prepare(
        "SELECT p.id, o.value FROM person p JOIN post o ON o.person = p.id AND o.kind = 'grid'
         WHERE p.role = 'R01' ORDER BY p.id",
    )
    .expect("statement")
    .query_map([], |row| {
        Ok((PersonId::from_bytes(row.get(0)?), row.get(1)?))
    })
    .expect("workers")
    .collect::<Result<_, _>>()
    .expect("rows")
}

const IN_GRID: &str = "JOIN place p ON p.id = d.building WHERE p.org = ?1";

fn dwellings(conn: &Connection, grid: &str) -> Vec<DocId> {
    let found: Vec<DocId> = conn
        .prepare(&format!(
            "SELECT d.id FROM dwelling d {IN_GRID} ORDER BY d.id LIMIT 20"
        ))
        .expect("statement")
        .query_map([grid], |row| Ok(DocId::from_bytes(row.get(0)?)))
        .expect("dwellings")
        .collect::<Result<_, _>>()
        .expect("rows");
    assert!(!found.is_empty(), "{grid} has dwellings");
    found
}

fn care(conn: &Connection, grid: &str) -> Document {
    let (no, id) = conn
        .query_row(
            &format!(
                "SELECT c.no, c.id FROM doc c JOIN home h ON h.doc = c.id
                 JOIN dwelling d ON d.id = h.dwelling {IN_GRID} AND c.kind = ?2
                 ORDER BY c.no LIMIT 1"
            ),
            params![grid, Kind::Care.code()],
            |row| Ok((row.get::<_, i64>(0)?, DocId::from_bytes(row.get(1)?))),
        )
        .expect("care notes in the grid");
    let changes: Vec<Vec<u8>> = conn
        .prepare("SELECT bytes FROM change WHERE doc = ?1 ORDER BY seq")
        .expect("statement")
        .query_map([no], |row| row.get(0))
        .expect("changes")
        .collect::<Result<_, _>>()
        .expect("rows");
    Document::from_changes(Kind::Care, id, changes.iter().map(Vec::as_slice)).expect("a document")
}
