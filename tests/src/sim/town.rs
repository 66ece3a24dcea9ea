//! The little town of the simulator: two buildings of the demo county with a few households
//! each, and the people who serve there. Small, so that thousands of runs are possible; real,
//! because it is cut out of the county that the demo shows.

use std::collections::{BTreeMap, HashSet};
use std::io::Write;
use std::path::Path;

use linli_model::bundle::{Doc, Person, Record};
use linli_model::document::Document;
use linli_model::fields::Fields;
use linli_model::ids::{DocId, PersonId};
use linli_model::kind::Kind;
use linli_model::kinds::door;

/// Households kept in each building.
const HOUSEHOLDS: usize = 5;

/// Who gets a phone: one person has two.
#[derive(Debug, Clone)]
pub(super) struct Town {
    /// Name of the phone and its owner.
    pub(super) phones: Vec<(String, PersonId)>,
    /// The two grids whose workers have phones.
    pub(super) grids: [String; 2],
    /// When the county's data end, milliseconds.
    pub(super) now: i64,
}

/// Cuts the town out of the bundle `from` and writes it to `to`.
pub(super) fn cut(from: &Path, to: &Path) -> Result<Town, String> {
    let records = read(from)?;
    let people: Vec<&Person> = records
        .iter()
        .filter_map(|record| match record {
            Record::Person(person) => Some(person),
            _ => None,
        })
        .collect();
    let by_example = |name: &str| {
        people
            .iter()
            .find(|person| person.example == name)
            .copied()
            .ok_or_else(|| format!("the county has no {name}"))
    };
    let (worker, chief, lead) = (
        by_example("worker")?,
        by_example("chief")?,
        by_example("lead")?,
    );
    let other = people
        .iter()
        .find(|person| person.role == "R01" && person.org != worker.org)
        .ok_or("the county has one worker only")?;
    let docs: BTreeMap<DocId, (&Doc, Fields)> = records
        .iter()
        .filter_map(|record| match record {
            Record::Doc(doc) if wanted(doc.kind) => Some(doc),
            _ => None,
        })
        .map(|doc| {
            let changes = doc.changes.iter().map(|change| change.bytes.as_slice());
            let document = Document::from_changes(doc.kind, doc.id, changes);
            let document = document.map_err(|error| error.to_string())?;
            Ok((doc.id, (doc, document.fields())))
        })
        .collect::<Result<_, String>>()?;
    let own = lead.building.ok_or("the lead has no building")?;
    let elsewhere = docs
        .iter()
        .find(|(_, (doc, fields))| {
            doc.kind == Kind::Place
                && fields.text("type") == "building"
                && fields.text("org") == other.org
        })
        .map(|(id, _)| *id)
        .ok_or("the other grid has no building")?;
    let keep = chosen(&docs, &[own, elsewhere]);
    write(&records, &keep, to)?;
    let phone = |name: &str, person: &Person| (name.to_owned(), person.id);
    Ok(Town {
        phones: vec![
            phone("worker", worker),
            phone("worker-2", worker),
            phone("chief", chief),
            phone("lead", lead),
            phone("neighbour", other),
        ],
        grids: [worker.org.clone(), other.org.clone()],
        now: records
            .iter()
            .find_map(|record| match record {
                Record::Header(header) => Some(header.now),
                _ => None,
            })
            .unwrap_or_default(),
    })
}

fn wanted(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Place | Kind::Door | Kind::Household | Kind::Care
    )
}

/// All places, the doors of `buildings`, and the first households behind them.
fn chosen(docs: &BTreeMap<DocId, (&Doc, Fields)>, buildings: &[DocId]) -> HashSet<DocId> {
    let mut keep = HashSet::new();
    let mut dwellings = Vec::new();
    for (id, (doc, fields)) in docs {
        match doc.kind {
            Kind::Place => {
                keep.insert(*id);
            }
            Kind::Door if door::building(fields).is_some_and(|b| buildings.contains(&b)) => {
                keep.insert(*id);
                let mut homes: Vec<String> = docs
                    .values()
                    .filter(|(doc, _)| doc.kind == Kind::Household)
                    .map(|(_, household)| household.text("dwelling").to_owned())
                    .filter(|dwelling| {
                        door::rooms(fields)
                            .iter()
                            .any(|(id, _)| id.to_string() == *dwelling)
                    })
                    .collect();
                homes.sort_unstable();
                homes.dedup();
                homes.truncate(HOUSEHOLDS);
                dwellings.extend(homes);
            }
            _ => {}
        }
    }
    for (id, (doc, fields)) in docs {
        let home = matches!(doc.kind, Kind::Household | Kind::Care);
        if home && dwellings.iter().any(|one| one == fields.text("dwelling")) {
            keep.insert(*id);
        }
    }
    keep
}

fn read(path: &Path) -> Result<Vec<Record>, String> {
    let packed = std::fs::read(path).map_err(|error| error.to_string())?;
    let plain = zstd::decode_all(packed.as_slice()).map_err(|error| error.to_string())?;
    let mut decoder = minicbor::Decoder::new(&plain);
    let mut records = Vec::new();
    while decoder.position() < plain.len() {
        records.push(decoder.decode().map_err(|error| error.to_string())?);
    }
    Ok(records)
}

fn write(records: &[Record], keep: &HashSet<DocId>, to: &Path) -> Result<(), String> {
    let mut plain = Vec::new();
    for record in records {
        let record = match record {
            Record::Photo(_) => continue,
            Record::Doc(doc) if !keep.contains(&doc.id) => continue,
            Record::Header(header) => {
                let mut header = header.clone();
                header.docs = keep.len() as u64;
                Record::Header(header)
            }
            other => other.clone(),
        };
        minicbor::encode(&record, &mut plain).map_err(|error| error.to_string())?;
    }
    let packed = zstd::encode_all(plain.as_slice(), 3).map_err(|error| error.to_string())?;
    std::fs::File::create(to)
        .and_then(|mut file| file.write_all(&packed))
        .map_err(|error| error.to_string())
}
