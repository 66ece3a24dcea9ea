//! The two-level tree of reported problems.

use serde::{Deserialize, Deserializer};

use super::{Coded, Name};

/// Categories, their items, urgencies and limits.
#[derive(Debug, Deserialize)]
pub struct Events {
    /// From critical to plannable.
    pub urgency_levels: Vec<Urgency>,
    /// How the kinds of limits are counted.
    pub limit_types: Vec<LimitRule>,
    /// How many people a problem concerns.
    pub scale_codes: Vec<Coded>,
    /// How grave it is, on the public scale of four.
    pub level_codes: Vec<Coded>,
    /// Upper level of the tree, in the order shown.
    pub categories: Vec<Category>,
    /// Lower level: what is reported.
    pub items: Vec<Item>,
}

/// How fast somebody must react.
#[derive(Debug, Deserialize)]
pub struct Urgency {
    /// Letter of the light: `R` `O` `Y` `B`.
    pub key: String,
    /// 1 = critical … 4 = plannable.
    pub code: u8,
    /// Chinese word.
    pub zh: String,
    /// English word.
    pub en: String,
    /// Minutes for a unit to take up an order.
    pub accept_min: u32,
    /// Minutes until somebody is on site, where that is asked.
    pub onsite_min: Option<u32>,
    /// Whether the reporter is shown a telephone before the form.
    pub call_first: bool,
}

/// A clock that a limit runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitType {
    /// Hours that never pause.
    UrgentHour,
    /// Hours within working time.
    WorkHour,
    /// Working days of eight working hours.
    WorkDay,
    /// Calendar days.
    NaturalDay,
}

/// The words for a kind of limit.
#[derive(Debug, Deserialize)]
pub struct LimitRule {
    /// Which clock.
    #[serde(rename = "type")]
    pub kind: LimitType,
    /// Its name.
    pub zh: String,
    /// How it is counted.
    pub rule_zh: String,
}

/// Time a unit has to handle a problem once it has taken it up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Limit {
    /// How many.
    pub value: u32,
    /// Of what.
    #[serde(rename = "type")]
    pub kind: LimitType,
}

/// Upper level of the tree.
#[derive(Debug, Deserialize)]
pub struct Category {
    /// Two digits.
    pub code: String,
    /// Its name.
    #[serde(flatten)]
    pub name: Name,
    /// Name of its icon.
    pub icon: String,
    /// Codes of its items, in the order shown.
    pub children: Vec<String>,
}

/// What is reported: the category a case carries.
#[derive(Debug, Deserialize)]
pub struct Item {
    /// Four digits.
    pub code: String,
    /// Code of its category.
    pub parent: String,
    /// Its name.
    #[serde(flatten)]
    pub name: Name,
    /// The unit an order goes to unless a dispatcher chooses another.
    pub default_dept: String,
    /// Units usually asked to help.
    pub co_depts: Vec<String>,
    /// Whether the default unit is only a placeholder for whichever the case concerns.
    #[serde(default)]
    pub all_depts: bool,
    /// Code of its urgency, 1 = critical.
    pub urgency: u8,
    /// Time to handle it.
    pub limit: Limit,
    /// Whether a grid worker may settle it without a department.
    pub grid_can_self_handle: bool,
    /// Whether the case is sealed once the center has it: its reporter learns only a receipt.
    pub restricted: bool,
    /// Whether a building lead is offered it.
    pub building_lead_can_report: bool,
    /// Whether a building lead who reported it may follow it.
    pub building_lead_can_see_progress: bool,
    /// Everyday words that find it.
    pub keywords_zh: Vec<String>,
    /// Keys of telephones to call before reporting, the first one first.
    #[serde(deserialize_with = "phone_keys")]
    pub phone_first: Vec<String>,
}

impl Item {
    /// Whether somebody should telephone before anything else.
    pub fn is_critical(&self) -> bool {
        self.urgency == 1
    }
}

impl Events {
    /// The item with this four-digit code.
    pub fn item(&self, code: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.code == code)
    }

    /// The category with this two-digit code.
    pub fn category(&self, code: &str) -> Option<&Category> {
        self.categories
            .iter()
            .find(|category| category.code == code)
    }

    /// The urgency with this code.
    pub fn urgency(&self, code: u8) -> Option<&Urgency> {
        self.urgency_levels
            .iter()
            .find(|urgency| urgency.code == code)
    }
}

/// Several keys stand in one string, divided by slashes.
fn phone_keys<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let keys = Option::<String>::deserialize(deserializer)?.unwrap_or_default();
    Ok(keys
        .split('/')
        .map(str::trim)
        .filter(|key| !key.is_empty())
        .map(str::to_owned)
        .collect())
}
