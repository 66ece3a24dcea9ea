//! Which documents say something of a person, and what becomes of each.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use linli_model::document::Document;
use linli_model::erase::{Erasure, Renewed, renew};
use linli_model::ids::{DocId, EntryId};
use linli_model::kind::Kind;

use super::{Asked, EraseError};
use crate::store::{ChangeRow, DocNo, DocRow, StoreError, Tables};

/// What becomes of a document.
pub(super) enum Fate {
    /// It is about nobody else.
    Gone,
    /// It begins anew without the person.
    Anew(Box<Renewed>),
}

/// One document.
pub(super) struct Step {
    pub(super) row: DocRow,
    /// Its log of now.
    pub(super) changes: Vec<ChangeRow>,
    pub(super) fate: Fate,
}

/// Everything that is to be done.
pub(super) struct Plan {
    pub(super) erasure: Erasure,
    pub(super) resident: EntryId,
    /// Homes the person is known in, and their dwellings: what was written about these may name
    /// the person.
    pub(super) homes: Vec<DocId>,
    pub(super) steps: Vec<Step>,
}

impl Plan {
    /// What a document loses: the person, and what goes with the person in it.
    pub(super) fn lost(&self, step: &Step) -> Vec<EntryId> {
        self.erasure
            .ids()
            .filter(|id| {
                *id == self.resident || step.changes.iter().any(|c| says(&c.bytes, &id.to_string()))
            })
            .collect()
    }
}

fn says(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|part| part == text.as_bytes())
}

/// A document that is looked at.
struct Open {
    row: DocRow,
    changes: Vec<ChangeRow>,
    document: Document,
}

impl Open {
    fn read(tables: Tables<'_>, row: DocRow) -> Result<Self, StoreError> {
        let changes = tables.changes(row.no)?;
        let bytes = changes.iter().map(|change| change.bytes.as_slice());
        let document = Document::from_changes(row.kind, row.id, bytes)
            .map_err(|_| StoreError::Damaged("log"))?;
        Ok(Self {
            row,
            changes,
            document,
        })
    }
}

/// Finds out what erasing somebody means.
pub(super) fn make(
    tables: Tables<'_>,
    asked: &Asked,
) -> Result<Result<Plan, EraseError>, StoreError> {
    let resident = asked.resident.to_string();
    let household = match tables.living(asked.household)? {
        Some(row) if row.kind == Kind::Household => Open::read(tables, row)?,
        _ => return Ok(Err(EraseError::NoHousehold(asked.household))),
    };
    let mut erasure = Erasure::of([asked.resident]);
    if !lives_in(&household.document, &resident) {
        // Somebody who was erased is nobody's resident any more.
        return Ok(if tables.is_erased(asked.resident.as_bytes())? {
            Ok(Plan {
                erasure,
                resident: asked.resident,
                homes: Vec::new(),
                steps: Vec::new(),
            })
        } else {
            Err(EraseError::NoResident(asked.resident))
        });
    }

    let mut looked = BTreeMap::new();
    look_at(tables, &mut looked, tables.docs_with(&resident)?)?;
    let households: Vec<DocNo> = looked
        .values()
        .filter(|open: &&Open| open.row.kind == Kind::Household)
        .filter(|open| lives_in(&open.document, &resident))
        .map(|open| open.row.no)
        .collect();
    let (mut homes, mut gone) = (BTreeSet::new(), BTreeSet::new());
    for no in &households {
        let open = &looked[no];
        let fields = open.document.fields();
        let alone = fields.keys("residents") == [resident.as_str()];
        homes.insert(open.row.id);
        erasure.follow(&open.document);
        if let Ok(dwelling) = fields.text("dwelling").parse::<DocId>() {
            homes.insert(dwelling);
            let number = u32::try_from(fields.int("occupancy")).unwrap_or(0);
            let care = DocId::of_occupancy(Kind::Care, dwelling, number);
            if let (true, Some(row)) = (alone, tables.living(care)?) {
                gone.insert(row.no);
            }
        }
    }
    if let Some(row) = tables.living(DocId::of_resident(asked.resident))? {
        gone.insert(row.no);
    }
    look_at(tables, &mut looked, gone.iter().copied())?;
    for home in &homes {
        look_at(tables, &mut looked, tables.docs_with(&home.to_string())?)?;
    }
    let cases: Vec<DocId> = looked
        .values()
        .filter(|open| open.row.kind == Kind::Case)
        .map(|open| open.row.id)
        .collect();
    for case in cases {
        look_at(tables, &mut looked, tables.docs_with(&case.to_string())?)?;
    }
    for open in looked.values() {
        if gone.contains(&open.row.no) {
            all_of(&mut erasure, &open.document);
        } else if matches!(open.row.kind, Kind::Care | Kind::CareNamed) {
            erasure.follow(&open.document);
        }
    }
    Ok(Ok(Plan {
        steps: steps(looked, &gone, &erasure)?,
        erasure,
        resident: asked.resident,
        homes: homes.into_iter().collect(),
    }))
}

fn lives_in(household: &Document, resident: &str) -> bool {
    household.fields().keys("residents").contains(&resident)
}

fn look_at(
    tables: Tables<'_>,
    looked: &mut BTreeMap<DocNo, Open>,
    docs: impl IntoIterator<Item = DocNo>,
) -> Result<(), StoreError> {
    for row in tables.rows_of(docs)? {
        // The center's own words about houses and everybody name nobody's residents.
        if matches!(row.kind, Kind::Place | Kind::Door | Kind::Unknown(_)) {
            continue;
        }
        if let Entry::Vacant(place) = looked.entry(row.no) {
            place.insert(Open::read(tables, row)?);
        }
    }
    Ok(())
}

/// All entries of a document that goes, with the names and numbers in them.
fn all_of(erasure: &mut Erasure, document: &Document) {
    let fields = document.fields();
    for container in ["phones", "contacts"] {
        for id in fields.keys(container) {
            if let Ok(id) = id.parse() {
                erasure.add(id);
            }
        }
    }
    erasure.follow(document);
}

fn steps(
    looked: BTreeMap<DocNo, Open>,
    gone: &BTreeSet<DocNo>,
    erasure: &Erasure,
) -> Result<Vec<Step>, StoreError> {
    let mut steps = Vec::new();
    for Open { row, changes, .. } in looked.into_values() {
        let bytes = changes.iter().map(|change| change.bytes.as_slice());
        let renewed = renew(row.kind, row.id, bytes, erasure)
            .map_err(|_| StoreError::Damaged("a log that can't be written again"))?;
        let fate = if gone.contains(&row.no) || renewed.is_empty() {
            Fate::Gone
        } else if renewed.differs() {
            Fate::Anew(Box::new(renewed))
        } else {
            continue;
        };
        steps.push(Step { row, changes, fate });
    }
    Ok(steps)
}
