//! Where things are, as membership needs it.

use linli_model::ids::DocId;
use rusqlite::{OptionalExtension, params};

use super::{StoreError, Tables};

/// A place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PlaceRow {
    pub(crate) kind: String,
    pub(crate) org: String,
}

impl Tables<'_> {
    pub(crate) fn place(self, id: DocId) -> Result<Option<PlaceRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT type, org FROM place WHERE id = ?1")?
            .query_row([id.as_bytes()], |row| {
                Ok(PlaceRow {
                    kind: row.get(0)?,
                    org: row.get(1)?,
                })
            })
            .optional()?)
    }

    pub(crate) fn set_place(self, id: DocId, place: &PlaceRow) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("INSERT OR REPLACE INTO place (id, type, org) VALUES (?1, ?2, ?3)")?
            .execute(params![id.as_bytes(), place.kind, place.org])?;
        Ok(())
    }

    pub(crate) fn building_of(self, dwelling: DocId) -> Result<Option<DocId>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT building FROM dwelling WHERE id = ?1")?
            .query_row([dwelling.as_bytes()], |row| {
                Ok(DocId::from_bytes(row.get(0)?))
            })
            .optional()?)
    }

    pub(crate) fn set_building_of(
        self,
        dwelling: DocId,
        building: DocId,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("INSERT OR REPLACE INTO dwelling (id, building) VALUES (?1, ?2)")?
            .execute(params![dwelling.as_bytes(), building.as_bytes()])?;
        Ok(())
    }

    /// The dwelling of a household or care document.
    pub(crate) fn home_of(self, doc: DocId) -> Result<Option<DocId>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT dwelling FROM home WHERE doc = ?1")?
            .query_row([doc.as_bytes()], |row| Ok(DocId::from_bytes(row.get(0)?)))
            .optional()?)
    }

    pub(crate) fn set_home_of(self, doc: DocId, dwelling: DocId) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("INSERT OR REPLACE INTO home (doc, dwelling) VALUES (?1, ?2)")?
            .execute(params![doc.as_bytes(), dwelling.as_bytes()])?;
        Ok(())
    }

    /// Org codes of all org nodes at or below `code`, itself included when it is one.
    pub(crate) fn orgs_below(self, code: &str) -> Result<Vec<String>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT DISTINCT org FROM place
             WHERE org >= ?1 AND org < ?1 || ':' ORDER BY org",
        )?;
        let rows = statement.query_map([code], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Buildings at or below an org node.
    pub(crate) fn buildings_below(self, code: &str) -> Result<Vec<DocId>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT id FROM place
             WHERE org >= ?1 AND org < ?1 || ':' AND type = 'building' ORDER BY id",
        )?;
        let rows = statement.query_map([code], |row| Ok(DocId::from_bytes(row.get(0)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
