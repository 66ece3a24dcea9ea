//! Person categories beyond the population type: as many of each as the county has.

use crate::dice::Dice;
use crate::household::deck::Kind;
use crate::household::{Household, Resident};
use crate::totals::Totals;

/// Gives every household its categories. Those that follow from who lives together
/// (alone, empty nest, over 80, left behind) are exact; the rest is drawn.
pub(crate) fn assign(households: &mut [Household], totals: &Totals, year: i64, dice: &mut Dice) {
    for h in households.iter_mut() {
        let kind = h.kind;
        for r in &mut h.residents {
            let (age, home) = (r.age(year), r.population == "P10");
            if !home {
                continue;
            }
            match kind {
                Kind::ElderAlone => r.tag("P20"),
                Kind::EmptyNest => r.tag("P21"),
                Kind::Skipped if r.relation == "4" => r.tag("P28"),
                _ => {}
            }
            if age >= 80 {
                r.tag("P22");
            }
        }
    }
    for (tag, eligible) in DRAWN {
        draw(households, tag, totals.persons(tag), year, eligible, dice);
    }
}

type Eligible = fn(&Resident, i64, Kind) -> bool;

const DRAWN: [(&str, Eligible); 14] = [
    ("P23", |_, age, _| age >= 70),
    ("P24", |_, age, _| age >= 6),
    ("P25", |r, age, _| age >= 25 && r.relation == "0"),
    ("P26", |r, age, k| {
        age >= 50 && matches!(k, Kind::ElderAlone | Kind::Single) && !r.is("P25")
    }),
    ("P27", |r, age, _| age >= 25 && !r.is("P25") && !r.is("P26")),
    ("P29", |r, age, _| age < 14 && !r.is("P28")),
    ("P30", |_, age, _| (21..=41).contains(&age)),
    ("P31", |_, age, k| {
        (49..=64).contains(&age) && k == Kind::Couple
    }),
    ("P32", |_, age, _| age >= 45),
    ("P40", |_, age, _| age >= 20),
    ("P41", |r, age, _| {
        age >= 22 && r.sex == crate::names::person::Sex::Male
    }),
    ("P42", |_, age, _| (16..=74).contains(&age)),
    ("P44", |_, age, _| (22..=70).contains(&age)),
    ("P50", |_, age, _| (18..=58).contains(&age)),
];

fn draw(
    households: &mut [Household],
    tag: &'static str,
    n: usize,
    year: i64,
    eligible: Eligible,
    dice: &mut Dice,
) {
    let women_only = tag == "P30";
    let mut fit = Vec::new();
    for (h, household) in households.iter().enumerate() {
        for (m, r) in household.residents.iter().enumerate() {
            let right_sex = !women_only || r.sex == crate::names::person::Sex::Female;
            if r.population == "P10" && right_sex && eligible(r, r.age(year), household.kind) {
                fit.push((h, m));
            }
        }
    }
    dice.shuffle(&mut fit);
    for (h, m) in fit.into_iter().take(n) {
        households[h].residents[m].tag(tag);
    }
}
