//! One household: who lives there, care, visits, tips, clashes, history.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Author, Receipt, Value};

/// Which household, or which dwelling (its first household).
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct HouseholdId {
    /// Household document id, or empty.
    pub household: String,
    /// Dwelling id, used when `household` is empty.
    pub dwelling: String,
}

/// A telephone entry.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Phone {
    /// Entry id.
    pub id: String,
    /// Masked: `129****0452`.
    pub masked: String,
    /// Resident it belongs to; empty for the household.
    pub whose: String,
    /// Words such as "女儿,紧急联系人"; may be empty.
    pub note: String,
    /// Two values stand side by side.
    pub clash: bool,
}

/// A resident.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Resident {
    /// Resident id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Code of GB/T 2261.1: `1` male, `2` female.
    pub sex: String,
    /// Year of birth, 0 when unknown.
    pub birth_year: i64,
    /// Age by year, 0 when unknown.
    pub age: i64,
    /// Code of GB/T 4761.
    pub relation: String,
    /// Population type code P10–P15.
    pub population: String,
    /// Category and need codes.
    pub flags: Vec<String>,
    /// Mobility code; empty when not recorded.
    pub mobility: String,
    /// Moved out or died: when.
    pub ended: Option<i64>,
}

/// One of the values that stand side by side.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ClashValue {
    /// Hash of the change that wrote it: the name of this choice.
    pub change: String,
    /// The value; telephone numbers are masked but keep every digit in which they differ.
    pub value: Value,
    /// Who.
    pub by: Author,
    /// When they wrote it, by their phone.
    pub at: i64,
    /// Accepted by the center.
    pub receipt: Receipt,
}

/// A field that two people wrote differently.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Clash {
    /// Document id.
    pub doc: String,
    /// Field path such as `phones/<id>/number`.
    pub field: String,
    /// Whose: a resident's name, or empty.
    pub about: String,
    /// Two or more values.
    pub values: Vec<ClashValue>,
    /// It is a phone entry, so both can be kept.
    pub can_keep_both: bool,
}

/// Something a building lead noticed, waiting to be adopted.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Tip {
    /// Visit document it came in.
    pub visit: String,
    /// Entry id.
    pub id: String,
    /// `phone`, `need`, `mobility` or `moved_out`.
    pub kind: String,
    /// The value: a masked number, a need or mobility code, or empty.
    pub value: String,
    /// The lead's own words, or empty.
    pub words: String,
    /// Who.
    pub by: Author,
    /// When.
    pub at: i64,
}

/// A visit in a list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct VisitLine {
    /// Document id.
    pub id: String,
    /// Visit type code V01….
    pub kind: String,
    /// Result 1–5.
    pub result: i64,
    /// `good`, `fair`, `poor` or empty.
    pub mood: String,
    /// Water, power and gas fine: `yes`, `no` or empty.
    pub utilities: String,
    /// Words.
    pub words: String,
    /// When.
    pub at: i64,
    /// Who.
    pub by: Author,
    /// Where it is.
    pub receipt: Receipt,
}

/// A household.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Household {
    /// Household document id.
    pub id: String,
    /// Care document id.
    pub care: String,
    /// Dwelling id.
    pub dwelling: String,
    /// Building id.
    pub building: String,
    /// `5栋2单元501`.
    pub address: String,
    /// Estate name.
    pub estate: String,
    /// Households in the same dwelling, this one included.
    pub siblings: Vec<String>,
    /// Residents, head first, those who left last.
    pub people: Vec<Resident>,
    /// Phones.
    pub phones: Vec<Phone>,
    /// Fields that two people wrote differently.
    pub clashes: Vec<Clash>,
    /// Tips not yet adopted or put aside.
    pub tips: Vec<Tip>,
    /// Visits, newest first, at most 20.
    pub visits: Vec<VisitLine>,
    /// Days between visits; 0 when none is set.
    pub cycle_days: i64,
    /// Next visit due.
    pub due: Option<i64>,
    /// Heads of the household document this was read at: hand back with every edit.
    pub household_seen: Vec<String>,
    /// Heads of the care document.
    pub care_seen: Vec<String>,
    /// Records of this household not accepted yet.
    pub receipt: Receipt,
}

/// Ask for a number in clear. Logged, offline as well.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Reveal {
    /// Care document.
    pub care: String,
    /// Phone entry.
    pub phone: String,
    /// `dial` (needs no purpose) or `show`.
    pub way: String,
    /// Index into `reveal_purposes_zh` of the roles table; for `show`.
    pub purpose: Option<u32>,
    /// A value of a clash, by change hash; absent for the entry's own value.
    pub change: Option<String>,
}

/// A number in clear.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Revealed {
    /// Digits.
    pub number: String,
}

/// Which field.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FieldId {
    /// Document id.
    pub doc: String,
    /// Field path.
    pub field: String,
}

/// A former or present value.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HistoryItem {
    /// The value (telephone numbers masked).
    pub value: Value,
    /// Who.
    pub by: Author,
    /// When they wrote it, by their phone.
    pub at: i64,
    /// When the center received it.
    pub received_at: Option<i64>,
    /// Values this one replaced (telephone numbers masked).
    pub replaced: Vec<Value>,
    /// It stands now (one of several when they clash).
    pub current: bool,
}
