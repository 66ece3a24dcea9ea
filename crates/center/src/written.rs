//! A document with its changes: who wrote what stands in it, and when that came.

use linli_model::bundle::Person;
use linli_model::document::Document;

use crate::store::{ChangeRow, DocRow, StoreError, Tables};

/// An accepted document, and its log.
pub(crate) struct Written {
    pub(crate) document: Document,
    changes: Vec<ChangeRow>,
}

impl Written {
    /// As it is in this snapshot.
    pub(crate) fn read(tables: Tables<'_>, row: &DocRow) -> Result<Self, StoreError> {
        let changes = tables.changes(row.no)?;
        let bytes = changes.iter().map(|change| change.bytes.as_slice());
        let document = Document::from_changes(row.kind, row.id, bytes)
            .map_err(|_| StoreError::Damaged("log"))?;
        Ok(Self { document, changes })
    }

    /// The change that wrote the value at this path.
    pub(crate) fn change(&self, path: &str) -> Option<&ChangeRow> {
        let hash = self.document.change_at(path)?;
        self.changes.iter().find(|change| change.hash == hash)
    }

    /// Who wrote the value at this path.
    pub(crate) fn by(&self, tables: Tables<'_>, path: &str) -> Result<Option<Person>, StoreError> {
        let Some(change) = self.change(path) else {
            return Ok(None);
        };
        match tables.enrolment(change.actor.enrolment)? {
            Some(enrolment) => tables.person(enrolment.person),
            None => Ok(None),
        }
    }
}
