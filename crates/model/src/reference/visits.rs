//! Types and results of visits.

use serde::{Deserialize, Deserializer};

use super::{Coded, Name};
use crate::kind::Class;

/// All types and results.
#[derive(Debug, Deserialize)]
pub struct Visits {
    /// How a visit may end.
    pub results: Vec<Coded<u8>>,
    /// When not being answered is itself a problem to report.
    pub escalate_zh: String,
    /// The types in order.
    pub types: Vec<VisitType>,
}

/// One type of visit.
#[derive(Debug, Deserialize)]
pub struct VisitType {
    /// `V01`…
    pub code: String,
    /// Its name.
    #[serde(flatten)]
    pub name: Name,
    /// Categories of persons it is meant for; empty = a place, a case or a meeting.
    pub for_categories: Vec<String>,
    /// Days between visits, unless the person's category says otherwise; 0 = none due.
    pub default_cycle_days: u32,
    /// What is asked.
    pub fields_zh: Vec<String>,
    /// Minutes it should take at most.
    pub target_minutes: u32,
    /// Whether a photo may be added.
    pub photo: Photo,
    /// When the position is taken.
    pub location: Location,
    /// Class of the visit's document.
    #[serde(deserialize_with = "visit_class")]
    pub class: VisitClass,
}

/// What class a visit's document has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VisitClass {
    /// Always this one.
    Fixed(Class),
    /// `care_named` when the visited person's category is, else `work`.
    BySubject,
}

impl VisitClass {
    /// The class for a visit to a person of these categories.
    pub fn for_subject(self, subject: impl IntoIterator<Item = Class>) -> Class {
        match self {
            Self::Fixed(class) => class,
            Self::BySubject => subject
                .into_iter()
                .find(|class| *class == Class::CareNamed)
                .unwrap_or(Class::Work),
        }
    }
}

impl VisitType {
    /// Whether a visit of this type to people of these categories is for named people only
    /// because of them. The visitor's phone knows them; the center is told in the visit.
    pub fn is_named<'a>(&self, categories: impl IntoIterator<Item = &'a str>) -> bool {
        let meant = categories
            .into_iter()
            .filter(|code| self.for_categories.iter().any(|other| other == code))
            .filter_map(|code| super::persons().get(code)?.class);
        self.class == VisitClass::BySubject && self.class.for_subject(meant) == Class::CareNamed
    }
}

/// Whether a visit takes a photo. No type may force one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Photo {
    /// May be added.
    Optional,
}

/// When a visit takes the position. No type may take it by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Location {
    /// Only on a tap.
    OnlyWhenUserTaps,
}

impl Visits {
    /// The type with this code.
    pub fn get(&self, code: &str) -> Option<&VisitType> {
        self.types.iter().find(|visit| visit.code == code)
    }
}

fn visit_class<'de, D: Deserializer<'de>>(deserializer: D) -> Result<VisitClass, D::Error> {
    let name = String::deserialize(deserializer)?;
    if name == "by_subject" {
        return Ok(VisitClass::BySubject);
    }
    Class::parse(&name)
        .map(VisitClass::Fixed)
        .ok_or_else(|| serde::de::Error::custom(format!("no class {name}")))
}
