//! Some of the county's documents: the very same for every system.
//!
//! Whole grids one after the other, each with the places above it, in the order of the bundle,
//! so that what lies somewhere comes after the place it lies in. Left out is what a chief's
//! phone doesn't receive anyway, and what names photos, since the peers have none.

use std::collections::HashMap;

use linli_model::bundle::Doc;
use linli_model::document::Document;
use linli_model::fields::Fields;
use linli_model::ids::DocId;
use linli_model::kind::{Class, Kind};
use linli_model::kinds::door;
use linli_model::reference;

use crate::Outcome;
use crate::bundle::Bundle;
use crate::gate::Home;
use crate::json;

/// A family whose visit cycle gets edited.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    pub(crate) care: DocId,
    pub(crate) household: DocId,
}

/// The documents of a bench.
pub(crate) struct Sample {
    /// For a Linli center.
    pub(crate) bundle: Bundle,
    /// The same as JSON, one a line: what stands in each document, without its history.
    pub(crate) lines: String,
    /// What can be edited.
    pub(crate) targets: Vec<Target>,
    /// What makes up the documents in Linli.
    pub(crate) log: Log,
}

/// The changes of all documents, each after the id of its document.
#[derive(Default)]
pub(crate) struct Log {
    pub(crate) changes: usize,
    /// All of them.
    pub(crate) bytes: Vec<u8>,
    /// Only the first of each document: without its history.
    pub(crate) births: Vec<u8>,
}

impl Log {
    fn add(&mut self, doc: &Doc) {
        for (at, change) in doc.changes.iter().enumerate() {
            self.changes += 1;
            self.bytes.extend_from_slice(doc.id.as_bytes());
            self.bytes.extend_from_slice(&change.bytes);
            if at == 0 {
                self.births.extend_from_slice(doc.id.as_bytes());
                self.births.extend_from_slice(&change.bytes);
            }
        }
    }
}

/// What edits write; no target has one of these before.
pub(crate) const CYCLES: [i64; 3] = [11, 13, 17];

/// A county's documents that a chief's phone receives, with where they lie.
pub(crate) struct Located<'a> {
    county: &'a Bundle,
    /// Code of the org node, index of the document, what it says.
    docs: Vec<(String, usize, Fields)>,
    grids: Vec<String>,
}

impl<'a> Located<'a> {
    /// Reads all of a county.
    pub(crate) fn read(county: &'a Bundle) -> Outcome<Self> {
        let mut places = Places::default();
        let mut docs = Vec::with_capacity(county.docs.len());
        for (at, doc) in county.docs.iter().enumerate() {
            let changes = doc.changes.iter().map(|change| change.bytes.as_slice());
            let fields = Document::from_changes(doc.kind, doc.id, changes)?.fields();
            let org = places.place(doc, &fields);
            if let Some(org) = org.filter(|_| reaches_a_chief(doc, &fields)) {
                docs.push((org, at, fields));
            }
        }
        let mut grids: Vec<String> = docs
            .iter()
            .filter(|(org, ..)| org.len() == 15)
            .map(|(org, ..)| org.clone())
            .collect();
        grids.sort();
        grids.dedup();
        Ok(Self {
            county,
            docs,
            grids,
        })
    }

    /// Families with care, by their grid.
    pub(crate) fn homes(&self) -> Outcome<HashMap<String, Vec<Home>>> {
        let mut homes: HashMap<String, Vec<Home>> = HashMap::new();
        for (org, at, fields) in &self.docs {
            let doc = &self.county.docs[*at];
            if target(doc, fields).is_none() {
                continue;
            }
            let changes = doc.changes.iter().map(|change| change.bytes.as_slice());
            let care = Document::from_changes(doc.kind, doc.id, changes)?;
            let dwelling = fields.text("dwelling").to_owned();
            let grid = homes.entry(org.clone()).or_default();
            grid.push(Home { care, dwelling });
        }
        Ok(homes)
    }

    /// Takes `count` of them.
    pub(crate) fn take(&self, count: usize) -> Outcome<Sample> {
        let mut chosen: Vec<usize> = Vec::with_capacity(count);
        let mut taken = vec![false; self.docs.len()];
        for grid in &self.grids {
            for (n, (org, ..)) in self.docs.iter().enumerate() {
                if chosen.len() < count && !taken[n] && grid.starts_with(org.as_str()) {
                    taken[n] = true;
                    chosen.push(n);
                }
            }
        }
        if chosen.len() < count {
            return Err(format!("the county has only {} documents", chosen.len()).into());
        }
        chosen.sort_unstable();
        let mut bundle = Bundle {
            header: self.county.header.clone(),
            people: self.county.people.clone(),
            authors: self.county.authors.clone(),
            docs: Vec::new(),
            photos: Vec::new(),
        };
        bundle.chief_of_all()?;
        let (mut lines, mut targets, mut log) = (String::new(), Vec::new(), Log::default());
        for n in chosen {
            let (_, at, fields) = &self.docs[n];
            let doc = &self.county.docs[*at];
            lines.push_str(&json::line(doc, fields));
            targets.extend(target(doc, fields));
            log.add(doc);
            bundle.docs.push(doc.clone());
        }
        Ok(Sample {
            bundle,
            lines,
            targets,
            log,
        })
    }
}

fn target(doc: &Doc, fields: &Fields) -> Option<Target> {
    if doc.kind != Kind::Care || CYCLES.contains(&fields.int("cycle_days")) {
        return None;
    }
    let dwelling: DocId = fields.text("dwelling").parse().ok()?;
    let occupancy = u32::try_from(fields.int("occupancy")).ok()?;
    Some(Target {
        care: doc.id,
        household: DocId::of_occupancy(Kind::Household, dwelling, occupancy),
    })
}

/// Whether it is of a class that grid chiefs read, and names no photo.
fn reaches_a_chief(doc: &Doc, fields: &Fields) -> bool {
    let class = match doc.kind {
        // Kept from everybody but the person it is named for.
        Kind::Visit if fields.get("named").is_true() => Class::CareNamed,
        Kind::Visit => reference::visits()
            .types
            .iter()
            .find(|visit| visit.code == fields.text("type"))
            .map_or(Class::Work, |visit| visit.class.for_subject([])),
        Kind::Case => {
            let item = reference::events().item(fields.text("category"));
            if item.is_some_and(|item| item.restricted) {
                Class::Sealed
            } else {
                Class::Work
            }
        }
        kind => kind.class(),
    };
    let read = [
        Class::Base,
        Class::Door,
        Class::Roster,
        Class::Care,
        Class::Work,
    ];
    read.contains(&class) && fields.keys("media").is_empty()
}

/// Where things lie, as far as the bundle was read.
#[derive(Default)]
struct Places {
    org: HashMap<DocId, String>,
    building: HashMap<DocId, DocId>,
    home: HashMap<DocId, DocId>,
}

impl Places {
    /// Code of the org node that a document lies in.
    fn place(&mut self, doc: &Doc, fields: &Fields) -> Option<String> {
        let id = |path: &str| fields.text(path).parse::<DocId>().ok();
        let org = match doc.kind {
            Kind::Place => {
                let org = fields.text("org").to_owned();
                self.org.insert(doc.id, org.clone());
                Some(org)
            }
            Kind::Door => {
                let building = door::building(fields)?;
                for (dwelling, _) in door::rooms(fields) {
                    self.building.insert(dwelling, building);
                }
                self.org.get(&building).cloned()
            }
            _ => {
                let dwelling = id("dwelling").or_else(|| self.home.get(&id("household")?).copied());
                let place = dwelling.or_else(|| id("place"));
                match place {
                    Some(place) => {
                        let place = self.building.get(&place).unwrap_or(&place);
                        self.org.get(place).cloned()
                    }
                    None => Some(fields.text("org").to_owned()),
                }
            }
        };
        if let Some(dwelling) = id("dwelling") {
            self.home.insert(doc.id, dwelling);
        }
        org.filter(|org| !org.is_empty())
    }
}
