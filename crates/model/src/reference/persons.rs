//! Categories of persons and their tiers, L0 to L3.

use serde::{Deserialize, Deserializer};

use super::Name;
use crate::kind::Class;

/// All categories.
#[derive(Debug, Deserialize)]
pub struct Persons {
    /// What each tier means on a phone.
    pub tiers: Vec<TierRule>,
    /// The categories in order.
    pub categories: Vec<PersonCategory>,
    /// How age under 14 is told when only the year of birth is kept.
    pub under_14_zh: String,
}

/// How sensitive a category is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum Tier {
    /// General: on every phone of the grid.
    L0,
    /// Care: on every phone of the grid.
    L1,
    /// Sensitive: only a flag "needs help with…", never a reason.
    L2,
    /// For professional bodies only: refused everywhere, by import too.
    L3,
}

/// The words for a tier.
#[derive(Debug, Deserialize)]
pub struct TierRule {
    /// Which tier.
    pub tier: Tier,
    /// Its name.
    pub zh: String,
    /// What a phone may hold of it.
    pub device: String,
}

/// What a phone may hold of a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnDevice {
    /// Its few fields.
    Yes,
    /// What help is needed.
    NeedFlag,
    /// That help is needed at a room, without a person's details.
    FlagOnly,
    /// Nothing.
    Never,
}

/// One category.
#[derive(Debug, Deserialize)]
pub struct PersonCategory {
    /// `P10`…
    pub code: String,
    /// Its name.
    #[serde(flatten)]
    pub name: Name,
    /// How sensitive it is.
    pub tier: Tier,
    /// What a phone may hold of it.
    pub on_device: OnDevice,
    /// What is noted about such a person.
    pub fields_zh: Vec<String>,
    /// Days between visits; 0 = no visits due. Beats a visit type's own cycle.
    pub default_cycle_days: u32,
    /// Population type: a person carries exactly one exclusive category.
    pub exclusive: bool,
    /// Class of the document it is written in; `None` = the app has no field for it.
    #[serde(deserialize_with = "class_or_none")]
    pub class: Option<Class>,
    /// Rate in the demo county.
    pub share_per_mille: f64,
}

impl Persons {
    /// The category with this code.
    pub fn get(&self, code: &str) -> Option<&PersonCategory> {
        self.categories
            .iter()
            .find(|category| category.code == code)
    }

    /// Whether the code must be refused wherever it turns up (tier L3).
    pub fn is_refused(&self, code: &str) -> bool {
        self.get(code)
            .is_some_and(|category| category.tier == Tier::L3)
    }
}

fn class_or_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Class>, D::Error> {
    let Some(name) = Option::<String>::deserialize(deserializer)? else {
        return Ok(None);
    };
    match Class::parse(&name) {
        Some(class) => Ok(Some(class)),
        None => Err(serde::de::Error::custom(format!("no class {name}"))),
    }
}
