//! How to reach a household, what it needs, how its people move, how often to visit.

use super::{Contact, Household, Phone};
use crate::dice::Dice;
use crate::id::Id;

/// Visit cycles by category, in days (defaults of the person categories).
const CYCLES: [(&str, i64); 21] = [
    ("P10", 365),
    ("P11", 365),
    ("P12", 180),
    ("P13", 90),
    ("P14", 180),
    ("P15", 90),
    ("P20", 7),
    ("P21", 30),
    ("P22", 30),
    ("P23", 14),
    ("P24", 30),
    ("P25", 30),
    ("P26", 14),
    ("P27", 30),
    ("P28", 30),
    ("P29", 30),
    ("P30", 60),
    ("P31", 30),
    ("P32", 30),
    ("P41", 180),
    ("P50", 90),
];

/// Cycles up to so many days are somebody's care; longer ones are everybody's yearly
/// round, which no document keeps.
pub const CARE_CYCLE: i64 = 60;

/// Numbers handed out so far; every one is given once.
#[derive(Default)]
pub(crate) struct Numbers(u64);

impl Numbers {
    /// The next number: 129 and eight digits, the first of them not 0 (those are kept
    /// for fixed persons).
    pub(crate) fn next(&mut self) -> String {
        self.0 += 1;
        // A fixed stride through all numbers, so neighbours don't look alike.
        let n = 10_000_000 + self.0 * 37_195_121 % 90_000_000;
        format!("129{n:08}")
    }
}

/// The days between visits: the shortest cycle of anybody in it.
pub(crate) fn cycle(h: &Household) -> i64 {
    let of = |tag: &str| CYCLES.iter().find(|(t, _)| *t == tag).map(|c| c.1);
    h.residents
        .iter()
        .flat_map(|r| r.tags.iter().chain([&r.population]))
        .filter_map(|tag| of(tag))
        .min()
        .unwrap_or(365)
}

/// Fills in phones, contacts, needs, mobility and cycle.
pub(crate) fn fill(h: &mut Household, year: i64, at: i64, numbers: &mut Numbers, dice: &mut Dice) {
    let id = |dice: &mut Dice| Id::new(at, dice);
    for m in 0..h.residents.len() {
        let r = &h.residents[m];
        let (age, away) = (r.age(year), r.population == "P11");
        let likely = match r.relation {
            "0" => 940,
            "1" => 450,
            _ if away => 700,
            _ if (18..65).contains(&age) => 250,
            _ => 30,
        };
        if age < 12 || !dice.chance(likely) {
            continue;
        }
        let elder = h.residents[0].age(year) >= 65;
        let who = child_word(h, m);
        let emergency = away && elder && h.contacts.is_empty();
        let note = if emergency {
            format!("{who},紧急联系人")
        } else {
            String::new()
        };
        h.phones.push(Phone {
            id: id(dice),
            number: numbers.next(),
            whose: Some(m),
            note,
        });
        if emergency {
            h.contacts.push(Contact {
                id: id(dice),
                name: h.residents[m].name.clone(),
                note: who.into(),
                phone: h.phones.len() - 1,
            });
        }
    }
    if h.phones.is_empty() && dice.chance(600) {
        let number = numbers.next();
        h.phones.push(Phone {
            id: id(dice),
            number,
            whose: None,
            note: "座机".into(),
        });
    }
    for r in &mut h.residents {
        needs(r, dice);
    }
    h.cycle_days = cycle(h);
}

/// What a resident is to the head, in the word a note uses.
fn child_word(h: &Household, m: usize) -> &'static str {
    match h.residents[m].relation {
        "0" => "本人",
        "1" => "老伴",
        "2" => "儿子",
        "3" => "女儿",
        _ => "亲戚",
    }
}

fn needs(r: &mut super::Resident, dice: &mut Dice) {
    let tags = r.tags.clone();
    for tag in tags {
        match tag {
            "P20" => {
                r.need("visit");
                if dice.chance(300) {
                    r.need(dice.pick(&["meals", "talk", "medicine", "errand"]));
                }
            }
            "P22" if dice.chance(350) => r.mobility = Some("arm"),
            "P23" => {
                r.mobility = Some(dice.weighted(&[
                    ("wheelchair", 45),
                    ("stretcher", 25),
                    ("oxygen", 12),
                    ("arm", 18),
                ]));
                r.need("errand");
            }
            "P24" if r.mobility.is_none() && dice.chance(550) => {
                r.mobility = Some(dice.weighted(&[("arm", 60), ("wheelchair", 40)]));
            }
            "P25" | "P26" | "P27" => r.need("policy"),
            "P28" | "P29" => r.need("child"),
            "P30" if r.mobility.is_none() => r.mobility = Some("arm"),
            "P32" => {
                if r.mobility.is_none() {
                    let how = [("medicine", 60), ("oxygen", 20), ("power", 20)];
                    r.mobility = Some(dice.weighted(&how));
                }
                if dice.chance(300) {
                    r.need("medicine");
                }
            }
            "P50" => r.need("job"),
            _ => {}
        }
    }
    match r.population {
        "P14" => r.need("language"),
        "P15" => r.need("register"),
        _ => {}
    }
}
