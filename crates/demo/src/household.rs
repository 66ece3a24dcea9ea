//! Households: who lives in a dwelling, how to reach them, what they need.

pub mod care;
pub mod deck;
pub mod hero;

use crate::id::Id;
use crate::names::person::Sex;

pub use deck::Kind;

/// Which identity paper an elder has; no number is kept anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// A card with 18 digits.
    Modern,
    /// An old one with 15 digits.
    Old15,
    /// None at all.
    None,
}

/// A resident.
#[derive(Clone, Debug)]
pub struct Resident {
    /// Entry id.
    pub id: Id,
    /// Name.
    pub name: String,
    /// Sex.
    pub sex: Sex,
    /// Year of birth.
    pub birth_year: i64,
    /// Relation to the head, code of GB/T 4761 (`0` head, `1` spouse…).
    pub relation: &'static str,
    /// Population type, `P10`–`P15`.
    pub population: &'static str,
    /// Further categories (`P20`…), sorted.
    pub tags: Vec<&'static str>,
    /// Need codes, sorted.
    pub needs: Vec<&'static str>,
    /// Mobility code, when help is needed.
    pub mobility: Option<&'static str>,
    /// Where an away resident went, or a migrant came from (county level); mostly empty.
    pub elsewhere: &'static str,
    /// Identity paper.
    pub paper: Paper,
}

impl Resident {
    /// Age by year.
    pub fn age(&self, year: i64) -> i64 {
        year - self.birth_year
    }

    /// Has the category.
    pub fn is(&self, tag: &str) -> bool {
        self.population == tag || self.tags.contains(&tag)
    }

    /// Adds a category, keeping them sorted.
    pub(crate) fn tag(&mut self, tag: &'static str) {
        if let Err(at) = self.tags.binary_search(&tag) {
            self.tags.insert(at, tag);
        }
    }

    /// Adds a need, keeping them sorted.
    pub(crate) fn need(&mut self, need: &'static str) {
        if let Err(at) = self.needs.binary_search(&need) {
            self.needs.insert(at, need);
        }
    }
}

/// A telephone entry.
#[derive(Clone, Debug)]
pub struct Phone {
    /// Entry id.
    pub id: Id,
    /// Eleven digits, beginning with 129.
    pub number: String,
    /// Index of the resident it belongs to; none for the household.
    pub whose: Option<usize>,
    /// Words such as `女儿,紧急联系人`; mostly empty.
    pub note: String,
}

/// Somebody to call in an emergency.
#[derive(Clone, Debug)]
pub struct Contact {
    /// Entry id.
    pub id: Id,
    /// Name.
    pub name: String,
    /// Who it is, such as `女儿`.
    pub note: String,
    /// Index into the phones.
    pub phone: usize,
}

/// A household.
#[derive(Clone, Debug)]
pub struct Household {
    /// Index of its dwelling.
    pub dwelling: usize,
    /// 1 for the first family of a dwelling, 2 for one beside it.
    pub occupancy: u32,
    /// What sort of household it is.
    pub kind: Kind,
    /// Residents, head first.
    pub residents: Vec<Resident>,
    /// Phones.
    pub phones: Vec<Phone>,
    /// Emergency contacts.
    pub contacts: Vec<Contact>,
    /// Days between visits.
    pub cycle_days: i64,
}

impl Household {
    /// Somebody in it has the category.
    pub fn any(&self, tag: &str) -> bool {
        self.residents.iter().any(|r| r.is(tag))
    }
}
