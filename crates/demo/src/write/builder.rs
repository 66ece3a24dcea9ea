//! Making one document, change by change.

use linli_model::actor::{Actor, EnrolmentId};
use linli_model::bundle::{Change, Doc};
use linli_model::document::Document;
use linli_model::ids::{DocId, EntryId};
use linli_model::kind::Kind;
use linli_model::value::{Hash, Write};

use super::WriteError;
use super::people::{actor, enrolment};
use super::photos::Album;
use crate::county::County;
use crate::dice::Dice;
use crate::history::{Edit, Place};
use crate::id::Id;
use crate::staff::Post;

/// The county with what the documents refer to.
pub(super) struct Scene<'a> {
    pub(super) county: &'a County,
    pub(super) album: &'a Album,
    /// When base data were written.
    pub(super) since: i64,
    /// Actors of the post-holders.
    actors: Vec<Actor>,
    /// Lead by building.
    pub(super) leads: Vec<Option<usize>>,
    /// Households by building.
    pub(super) of_building: Vec<Vec<usize>>,
    /// Edits by household, oldest first.
    edits: Vec<Vec<usize>>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(county: &'a County, album: &'a Album) -> Self {
        let buildings = county.housing.buildings.len();
        let mut scene = Scene {
            county,
            album,
            since: county.today.plus(-372).at(9, 0, 0),
            actors: county
                .staff
                .iter()
                .map(|s| actor(enrolment(s.id)))
                .collect(),
            leads: vec![None; buildings],
            of_building: vec![Vec::new(); buildings],
            edits: vec![Vec::new(); county.households.len()],
        };
        for (s, staff) in county.staff.iter().enumerate() {
            if let Post::Building(b) = staff.post {
                scene.leads[b] = Some(s);
            }
        }
        for h in 0..county.households.len() {
            scene.of_building[county.building_of(h)].push(h);
        }
        for (e, edit) in county.history.edits.iter().enumerate() {
            scene.edits[edit.household].push(e);
        }
        scene
    }

    /// Actor of a post-holder.
    pub(super) fn actor(&self, staff: usize) -> Actor {
        self.actors[staff]
    }

    /// Actor of the worker in whose grid a household lives.
    pub(super) fn worker_of(&self, household: usize) -> Actor {
        self.actor(self.county.worker(self.county.grid_of(household)))
    }

    /// The edits of a household, oldest first.
    pub(super) fn edits(&self, household: usize) -> impl Iterator<Item = &'a Edit> + '_ {
        self.edits[household]
            .iter()
            .map(|&e| &self.county.history.edits[e])
    }

    /// Id of the document of an org node or a line, which the county knows by number only.
    pub(super) fn node(&self, what: &str, n: usize) -> DocId {
        let mut dice = Dice::new(self.county.seed, what, n as u64);
        doc_id(Id::new(self.since, &mut dice))
    }

    /// Id of the document of a place.
    pub(super) fn place(&self, place: Place) -> DocId {
        let county = self.county;
        match place {
            Place::Grid(g) => self.node("doc grid", g),
            Place::Building(b) => doc_id(county.housing.buildings[b].id),
            Place::Shop(s) => doc_id(county.places.shops[s].id),
            Place::Hazard(h) => doc_id(county.places.hazards[h].id),
        }
    }

    /// Dwelling as the model names it.
    pub(super) fn dwelling(&self, dwelling: usize) -> DocId {
        doc_id(self.county.housing.dwellings[dwelling].id)
    }

    /// Id of the household or care document of a household.
    pub(super) fn home(&self, kind: Kind, household: usize) -> DocId {
        let h = &self.county.households[household];
        DocId::of_occupancy(kind, self.dwelling(h.dwelling), h.occupancy)
    }
}

/// The center's own hand.
pub(super) const CENTER: Actor = Actor {
    enrolment: EnrolmentId::CENTER,
    counter: 0,
};

/// A document id from an id.
pub(super) fn doc_id(id: Id) -> DocId {
    DocId::from_bytes(id.0)
}

/// An entry id from an id.
pub(super) fn entry(id: Id) -> EntryId {
    EntryId::from_bytes(id.0)
}

/// A document in the making.
pub(super) struct Builder {
    doc: Document,
    changes: Vec<Change>,
}

impl Builder {
    pub(super) fn new(kind: Kind, id: DocId) -> Result<Self, WriteError> {
        Ok(Builder {
            doc: Document::new(kind, id)?,
            changes: Vec::new(),
        })
    }

    /// Heads as they are now.
    pub(super) fn heads(&self) -> Vec<Hash> {
        self.doc.heads()
    }

    /// Adds a change that saw everything so far. `at` is the author's clock, in
    /// milliseconds; `received_at` the center's.
    pub(super) fn write(
        &mut self,
        actor: Actor,
        at: i64,
        received_at: i64,
        writes: &[Write],
    ) -> Result<(), WriteError> {
        let seen = self.heads();
        self.write_at(&seen, actor, at, received_at, writes)
    }

    /// Adds a change that saw these heads only.
    pub(super) fn write_at(
        &mut self,
        seen: &[Hash],
        actor: Actor,
        at: i64,
        received_at: i64,
        writes: &[Write],
    ) -> Result<(), WriteError> {
        let edit = self.doc.edit(seen, actor, at.div_euclid(1_000), writes)?;
        self.changes.push(Change {
            bytes: edit.bytes,
            received_at,
        });
        Ok(())
    }

    pub(super) fn done(self) -> Doc {
        Doc {
            id: self.doc.id(),
            kind: self.doc.kind(),
            changes: self.changes,
        }
    }
}

/// A document of a single change.
pub(super) fn single(
    kind: Kind,
    id: DocId,
    actor: Actor,
    at: i64,
    received_at: i64,
    writes: &[Write],
) -> Result<Doc, WriteError> {
    let mut builder = Builder::new(kind, id)?;
    builder.write(actor, at, received_at, writes)?;
    Ok(builder.done())
}
