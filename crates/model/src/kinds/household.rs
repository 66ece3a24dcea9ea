//! Residents of one family in one dwelling.

use super::{doc_id, push_text, time};
use crate::fields::Fields;
use crate::ids::{DocId, EntryId};
use crate::value::Write;

/// A resident.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resident {
    /// Name.
    pub name: String,
    /// GB/T 2261.1 code.
    pub sex: String,
    /// Year of birth, 0 when unknown.
    pub birth_year: i64,
    /// GB/T 4761 code; `0` is the head.
    pub relation: String,
    /// P10–P13.
    pub population: String,
    /// Where they came from or went to, to the county.
    pub from: String,
    /// Moved out or died: when.
    pub ended: Option<i64>,
}

/// A household.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Household {
    /// Dwelling.
    pub dwelling: Option<DocId>,
    /// Which family in this dwelling, from 1.
    pub occupancy: u32,
    /// Residents by entry id.
    pub residents: Vec<(EntryId, Resident)>,
    /// Tags `<resident>:<category>` of class roster, such as P40.
    pub tags: Vec<(EntryId, String)>,
    /// The family moved out: when.
    pub ended: Option<i64>,
}

impl Household {
    /// Reads a household.
    pub fn read(fields: &Fields) -> Self {
        let residents = fields
            .keys("residents")
            .into_iter()
            .filter_map(|key| {
                let at = |name: &str| format!("residents/{key}/{name}");
                let text = |name: &str| fields.text(&at(name)).to_owned();
                let resident = Resident {
                    name: text("name"),
                    sex: text("sex"),
                    birth_year: fields.int(&at("birth_year")),
                    relation: text("relation"),
                    population: text("population"),
                    from: text("from"),
                    ended: time(fields, &at("ended")),
                };
                Some((key.parse().ok()?, resident))
            })
            .collect();
        Self {
            dwelling: doc_id(fields, "dwelling"),
            occupancy: u32::try_from(fields.int("occupancy")).unwrap_or(0),
            residents,
            tags: super::care::tags(fields, "tags"),
            ended: time(fields, "ended"),
        }
    }
}

/// The writes that name a household (the genesis is empty).
pub fn found(dwelling: DocId, occupancy: u32) -> Vec<Write> {
    vec![
        Write::new("dwelling", dwelling.to_string()),
        Write::new("occupancy", i64::from(occupancy)),
    ]
}

/// The writes that add a resident.
pub fn add_resident(id: EntryId, resident: &Resident) -> Vec<Write> {
    let at = |name: &str| format!("residents/{id}/{name}");
    let mut writes = vec![Write::new(at("name"), resident.name.as_str())];
    push_text(&mut writes, at("sex"), &resident.sex);
    if resident.birth_year > 0 {
        writes.push(Write::new(at("birth_year"), resident.birth_year));
    }
    push_text(&mut writes, at("relation"), &resident.relation);
    push_text(&mut writes, at("population"), &resident.population);
    push_text(&mut writes, at("from"), &resident.from);
    if let Some(ended) = resident.ended {
        writes.push(Write::new(at("ended"), ended));
    }
    writes
}

/// The write that tags a resident (classes of the roster only, such as P40).
pub fn tag(resident: EntryId, category: &str) -> Write {
    Write::new(format!("tags/{resident}:{category}"), true)
}
