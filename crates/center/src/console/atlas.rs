//! Places by name and outline, kept in memory: a county has a few thousand, and every list
//! and map asks for them.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use linli_model::document::Document;
use linli_model::ids::DocId;
use linli_model::kinds::place::Place;

use crate::store::{StoreError, Tables};

/// All places as accepted so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Places {
    by_id: HashMap<DocId, Arc<Place>>,
    /// Org nodes by division code.
    by_code: HashMap<String, DocId>,
    /// Number of the feed they are read through.
    through: u64,
}

/// The shared copy.
#[derive(Debug, Default)]
pub(crate) struct Atlas {
    places: RwLock<Arc<Places>>,
}

impl Atlas {
    /// The places as they are in this snapshot.
    pub(crate) fn at(&self, tables: Tables<'_>) -> Result<Arc<Places>, StoreError> {
        let places = self
            .places
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let (changed, through) = tables.places_after(places.through)?;
        if changed.is_empty() {
            return Ok(places);
        }
        let mut next = (*places).clone();
        for no in changed {
            next.read(tables, no)?;
        }
        next.through = through;
        let next = Arc::new(next);
        let mut shared = self.places.write().unwrap_or_else(PoisonError::into_inner);
        // Somebody else may have read further meanwhile.
        if shared.through < next.through {
            *shared = next.clone();
        }
        Ok(next)
    }
}

impl Places {
    fn read(&mut self, tables: Tables<'_>, no: crate::store::DocNo) -> Result<(), StoreError> {
        let Some(row) = tables.doc_by_no(no)? else {
            return Ok(());
        };
        let changes = tables.changes(no)?;
        let bytes = changes.iter().map(|change| change.bytes.as_slice());
        let document = Document::from_changes(row.kind, row.id, bytes)
            .map_err(|_| StoreError::Damaged("place"))?;
        let place = Place::read(&document.fields());
        if matches!(
            place.kind.as_str(),
            "county" | "street" | "community" | "grid"
        ) {
            let code = if place.code.is_empty() {
                &place.org
            } else {
                &place.code
            };
            self.by_code.insert(code.clone(), row.id);
        }
        self.by_id.insert(row.id, Arc::new(place));
        Ok(())
    }

    /// A place.
    pub(crate) fn get(&self, id: DocId) -> Option<&Place> {
        self.by_id.get(&id).map(Arc::as_ref)
    }

    /// Name of a place; empty when it is unknown.
    pub(crate) fn name(&self, id: Option<DocId>) -> &str {
        id.and_then(|id| self.get(id))
            .map_or("", |place| &place.name)
    }

    /// Name of an org node; empty when it is unknown.
    pub(crate) fn org_name(&self, code: &str) -> &str {
        self.name(self.by_code.get(code).copied())
    }

    /// All org nodes: code and name.
    pub(crate) fn orgs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.by_code
            .iter()
            .map(|(code, id)| (code.as_str(), self.name(Some(*id))))
    }

    /// Places whose name or alias holds these words.
    pub(crate) fn named(&self, words: &str) -> Vec<DocId> {
        self.all()
            .filter(|(_, place)| place.name.contains(words) || place.alias.contains(words))
            .map(|(id, _)| id)
            .collect()
    }

    /// All places.
    pub(crate) fn all(&self) -> impl Iterator<Item = (DocId, &Place)> {
        self.by_id.iter().map(|(id, place)| (*id, place.as_ref()))
    }
}
