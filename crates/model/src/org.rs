//! Scopes: org nodes, buildings, persons. A document's buckets follow from them.
//!
//! Scope ids are text: `org:<division code>` for county, street, community and grid,
//! `bld:<building document>`, `per:<person>`, `dept:<code>`, `asg:<id>`.

use std::collections::HashMap;

/// Level of a node of the org tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// 6 digits.
    County,
    /// 9 digits: street or town.
    Street,
    /// 12 digits.
    Community,
    /// 15 digits.
    Grid,
}

impl Level {
    /// Level of a division code by its length (GB/T 2260 and GB/T 10114: 6, 9, 12; grids 15).
    pub fn of_code(code: &str) -> Option<Self> {
        if !code.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        match code.len() {
            6 => Some(Self::County),
            9 => Some(Self::Street),
            12 => Some(Self::Community),
            15 => Some(Self::Grid),
            _ => None,
        }
    }

    /// Its name, as posts are kept under.
    pub const fn name(self) -> &'static str {
        match self {
            Self::County => "county",
            Self::Street => "street",
            Self::Community => "community",
            Self::Grid => "grid",
        }
    }

    /// Digits of a code of this level.
    pub const fn digits(self) -> usize {
        match self {
            Self::County => 6,
            Self::Street => 9,
            Self::Community => 12,
            Self::Grid => 15,
        }
    }
}

/// A node's scope and those above it, nearest first: `org:…15`, `org:…12`, `org:…9`, `org:…6`.
pub fn org_scopes(code: &str) -> Vec<String> {
    [Level::Grid, Level::Community, Level::Street, Level::County]
        .iter()
        .filter_map(|level| code.get(..level.digits()))
        .map(|code| format!("org:{code}"))
        .collect()
}

/// Scope of a building.
pub fn building_scope(building: impl std::fmt::Display) -> String {
    format!("bld:{building}")
}

/// Scope of a person.
pub fn person_scope(person: impl std::fmt::Display) -> String {
    format!("per:{person}")
}

/// Names of org nodes by code, as the center sends and the phone keeps them.
pub type OrgNames = HashMap<String, String>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_climb_to_the_county() {
        assert_eq!(
            org_scopes("519901002002003"),
            [
                "org:519901002002003",
                "org:519901002002",
                "org:519901002",
                "org:519901"
            ]
        );
        assert_eq!(org_scopes("519901002"), ["org:519901002", "org:519901"]);
        assert_eq!(Level::of_code("51990"), None);
        assert_eq!(Level::of_code("51990x"), None);
    }
}
