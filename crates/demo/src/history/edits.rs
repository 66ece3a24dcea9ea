//! Edits that gave households a history: a changed number, a new need, a clash.

use super::{DAYS, Scene, hours};
use crate::awkward::Awkward;
use crate::dice::Dice;
use crate::household::care::Numbers;

/// What an edit changed. The county holds the value after all edits; edits know what stood
/// before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The number of a telephone entry was another one.
    Number {
        /// Index of the entry.
        phone: usize,
        /// What stood before.
        was: String,
    },
    /// A year of birth was wrong.
    BirthYear {
        /// Index of the resident.
        resident: usize,
        /// What stood before.
        was: i64,
    },
    /// A mobility was noted that wasn't known before.
    Mobility {
        /// Index of the resident.
        resident: usize,
    },
    /// A need was noted.
    Need {
        /// Index of the resident.
        resident: usize,
        /// Need code.
        need: &'static str,
    },
    /// Two people changed the same number at the same time; both values stand.
    Clash {
        /// Index of the entry.
        phone: usize,
        /// What both of them saw.
        was: String,
        /// What the other one wrote; the author wrote the county's value.
        other: String,
        /// Index of the other author.
        other_author: usize,
    },
}

/// An edit of a household or its care.
#[derive(Clone, Debug)]
pub struct Edit {
    /// Index of the household.
    pub household: usize,
    /// Index of the author.
    pub author: usize,
    /// When, by the author's phone.
    pub at: i64,
    /// When the center received it.
    pub received_at: i64,
    /// What was changed.
    pub change: Change,
}

/// One household in so many was edited.
const ONE_IN: usize = 33;

pub(super) fn build(scene: &Scene, awkward: &mut Awkward, numbers: &mut Numbers) -> Vec<Edit> {
    let county = scene.county;
    let mut dice = Dice::new(county.seed, "edits", 0);
    let mut edits = Vec::new();
    let clash = clashing(scene);
    for h in 0..county.households.len() {
        if h == county.hero || !(Some(h) == clash || dice.below(ONE_IN) == 0) {
            continue;
        }
        let grid = county.grid_of(h);
        let ago = if Some(h) == clash {
            3
        } else {
            dice.range(2, DAYS)
        };
        let at = hours::out(county.today.plus(-ago), &mut dice);
        let change = if Some(h) == clash {
            Some(Change::Clash {
                phone: 0,
                was: numbers.next(),
                other: numbers.next(),
                other_author: county.chief(county.org.grids[grid].community),
            })
        } else {
            change(scene, h, numbers, &mut dice)
        };
        if let Some(change) = change {
            let received_at = hours::received(at, &mut dice);
            edits.push(Edit {
                household: h,
                author: scene.worker[grid],
                at,
                received_at,
                change,
            });
        }
    }
    edits.sort_by_key(|e| (e.at, e.household));
    awkward.clash = edits
        .iter()
        .position(|e| matches!(e.change, Change::Clash { .. }));
    edits
}

/// The household that two people edit: in the hero's grid, with a phone.
fn clashing(scene: &Scene) -> Option<usize> {
    let county = scene.county;
    let grid = county.grid_of(county.hero);
    scene.of_grid[grid]
        .iter()
        .copied()
        .find(|&h| h != county.hero && county.households[h].phones.len() == 1)
}

fn change(scene: &Scene, h: usize, numbers: &mut Numbers, dice: &mut Dice) -> Option<Change> {
    let household = &scene.county.households[h];
    let resident = dice.below(household.residents.len());
    let r = &household.residents[resident];
    let mut choices = Vec::new();
    if !household.phones.is_empty() {
        let phone = dice.below(household.phones.len());
        choices.push(Change::Number {
            phone,
            was: numbers.next(),
        });
    }
    if r.population != "P14" && r.population != "P15" {
        choices.push(Change::BirthYear {
            resident,
            was: r.birth_year - dice.range(1, 3),
        });
    }
    let named = r.is("P28") || r.is("P29") || r.is("P31");
    if r.mobility.is_some() && !named {
        choices.push(Change::Mobility { resident });
    }
    if let Some(need) = r.needs.first().filter(|_| !named) {
        choices.push(Change::Need { resident, need });
    }
    (!choices.is_empty()).then(|| choices.swap_remove(dice.below(choices.len())))
}
