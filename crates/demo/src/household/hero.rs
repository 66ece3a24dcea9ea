//! The one fixed household that stories and tests know by name.

use super::care::cycle;
use super::deck::Kind;
use super::{Contact, Household, Paper, Phone, Resident};
use crate::dice::Dice;
use crate::id::Id;
use crate::names::person::Sex;

/// The elder.
pub const ELDER: &str = "张守田";
/// His daughter, who lives elsewhere.
pub const DAUGHTER: &str = "张䶮";
/// The daughter's number, the household's only telephone entry.
pub const PHONE: &str = "12900310452";
/// His building's lead.
pub const LEAD: &str = "罗桂兰";
/// His grid's worker.
pub const WORKER: &str = "樊小青";
/// His community's grid chief.
pub const CHIEF: &str = "王桂英";
/// His address inside the estate.
pub const ADDRESS: &str = "5栋2单元501";

/// The household of 张守田: 78, alone, his daughter away and reachable.
pub(crate) fn household(dwelling: usize, year: i64, at: i64, dice: &mut Dice) -> Household {
    let mut person = |name: &str, sex, age: i64, relation, population, elsewhere| Resident {
        id: Id::new(at, dice),
        name: name.into(),
        sex,
        birth_year: year - age,
        relation,
        population,
        tags: Vec::new(),
        needs: Vec::new(),
        mobility: None,
        elsewhere,
        paper: Paper::Modern,
    };
    let mut elder = person(ELDER, Sex::Male, 78, "0", "P10", "");
    elder.tag("P20");
    elder.need("visit");
    let daughter = person(DAUGHTER, Sex::Female, 41, "3", "P11", "成都市双流区");
    let phone = Phone {
        id: Id::new(at, dice),
        number: PHONE.into(),
        whose: Some(1),
        note: "女儿,紧急联系人".into(),
    };
    let contact = Contact {
        id: Id::new(at, dice),
        name: DAUGHTER.into(),
        note: "女儿".into(),
        phone: 0,
    };
    let mut household = Household {
        dwelling,
        occupancy: 1,
        kind: Kind::ElderAlone,
        residents: vec![elder, daughter],
        phones: vec![phone],
        contacts: vec![contact],
        cycle_days: 0,
    };
    household.cycle_days = cycle(&household);
    household
}
