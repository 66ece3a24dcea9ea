//! Roles and the buckets they read and write. What a role doesn't list, it doesn't see.

use std::fmt;

use serde::{Deserialize, Deserializer};

use super::Name;
use crate::kind::Class;

/// All roles.
#[derive(Debug, Deserialize)]
pub struct Roles {
    /// What a masked number may be shown for; the index is the purpose's code.
    pub reveal_purposes_zh: Vec<String>,
    /// The roles in order.
    pub roles: Vec<Role>,
}

/// One role.
#[derive(Debug, Deserialize)]
pub struct Role {
    /// Which.
    pub code: RoleCode,
    /// Its name.
    #[serde(flatten)]
    pub name: Name,
    /// Where it works.
    pub client: Client,
    /// The extent of its data, in a word.
    pub data_scope: String,
    /// How much of a person it sees.
    pub personal_data: PersonalData,
    /// What it does.
    pub actions_zh: Vec<String>,
    /// What it reads.
    #[serde(deserialize_with = "grants")]
    pub read: Vec<(ScopeRel, Class)>,
    /// What it writes.
    #[serde(deserialize_with = "grants")]
    pub write: Vec<(ScopeRel, Class)>,
}

/// The action of those who decide about what was given back.
const RETURNED: &str = "处理隔离的修改";

impl Role {
    /// Whether the role decides about what was given back to its authors.
    pub fn decides_returned(&self) -> bool {
        self.actions_zh.iter().any(|action| action == RETURNED)
    }
}

/// Where a role works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Client {
    /// The phone.
    Field,
    /// The phone in large type with few buttons.
    FieldLargeType,
    /// The phone with single orders or tasks and nothing else.
    FieldLite,
    /// The console.
    Center,
    /// Phone and console.
    Both,
}

/// How much of a person a role sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonalData {
    /// Nothing.
    None,
    /// Surname and room.
    SurnameRoomOnly,
    /// What the one task says.
    TaskOnly,
    /// What the one case says.
    CaseOnly,
    /// Numbers always masked.
    Masked,
    /// Phone numbers masked, shown for a purpose and logged.
    PhoneMaskedReveal,
    /// Masked, shown for a purpose and logged: the duty officer's.
    MaskedRevealLogged,
}

/// A scope as seen from the person who holds the role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScopeRel {
    /// The person's grid.
    Grid,
    /// The person's community.
    Community,
    /// The person's street or town.
    Street,
    /// The county.
    County,
    /// The person's building.
    Building,
    /// The person's department or unit.
    Department,
    /// What the person wrote.
    Own,
    /// Documents that name the person.
    Assigned,
    /// One order or task given to the person.
    Assignment,
}

impl ScopeRel {
    /// Every relation with its name in the reference data.
    pub const ALL: [(Self, &'static str); 9] = [
        (Self::Grid, "grid"),
        (Self::Community, "community"),
        (Self::Street, "street"),
        (Self::County, "county"),
        (Self::Building, "building"),
        (Self::Department, "department"),
        (Self::Own, "own"),
        (Self::Assigned, "assigned"),
        (Self::Assignment, "assignment"),
    ];

    /// From its name in the reference data.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|(_, n)| *n == name)
            .map(|(rel, _)| rel)
    }
}

/// The code of a role. Travels and is stored as its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are in assets/roles.json")]
pub enum RoleCode {
    R01,
    R02,
    R03,
    R04,
    R05,
    R06,
    R07,
    R08,
    R09,
    R10,
    R11,
    R12,
    R13,
    R14,
    R15,
    R16,
}

impl RoleCode {
    /// Every code with its text.
    pub const ALL: [(Self, &'static str); 16] = [
        (Self::R01, "R01"),
        (Self::R02, "R02"),
        (Self::R03, "R03"),
        (Self::R04, "R04"),
        (Self::R05, "R05"),
        (Self::R06, "R06"),
        (Self::R07, "R07"),
        (Self::R08, "R08"),
        (Self::R09, "R09"),
        (Self::R10, "R10"),
        (Self::R11, "R11"),
        (Self::R12, "R12"),
        (Self::R13, "R13"),
        (Self::R14, "R14"),
        (Self::R15, "R15"),
        (Self::R16, "R16"),
    ];

    /// From its text; `None` for a role of a newer version.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|(_, t)| *t == text)
            .map(|(code, _)| code)
    }

    /// Its text.
    pub fn as_str(self) -> &'static str {
        Self::ALL
            .into_iter()
            .find(|(code, _)| *code == self)
            .map_or("", |(_, text)| text)
    }
}

impl fmt::Display for RoleCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for RoleCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("no role {text}")))
    }
}

impl serde::Serialize for RoleCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Roles {
    /// The role with this code. A test holds that every code has one.
    pub fn get(&self, code: RoleCode) -> Option<&Role> {
        self.roles.iter().find(|role| role.code == code)
    }
}

fn grants<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(ScopeRel, Class)>, D::Error> {
    let pairs = Vec::<String>::deserialize(deserializer)?;
    pairs
        .iter()
        .map(|pair| {
            let (scope, class) = pair.split_once(':')?;
            Some((ScopeRel::parse(scope)?, Class::parse(class)?))
        })
        .collect::<Option<_>>()
        .ok_or_else(|| serde::de::Error::custom(format!("no scope:class pairs: {pairs:?}")))
}
