//! Buildings that don't fit the pattern: aliases, basements, letters, nameless units.

use super::design::{BuildingPrint, EstatePrint};
use crate::org::Org;

/// The building everybody calls by what it once was.
pub(crate) const ALIAS: &str = "老供销社宿舍";

/// Marks one building of each kind in every community; numbers of dwellings stay
/// what they are, since each addition takes as many flats from the ground floor.
pub(super) fn add(prints: &mut [EstatePrint], org: &Org) {
    for c in 0..org.communities.len() {
        let mut yards = 0;
        let mut bars = 0;
        for e in prints
            .iter_mut()
            .filter(|e| org.grids[e.grid].community == c)
        {
            for b in e.buildings.iter_mut().filter(|b| !b.fixed) {
                if e.courtyard {
                    yards += 1;
                    match yards {
                        1 => {
                            b.alias = ALIAS.into();
                            b.nameless_unit = true;
                        }
                        2 => b.nameless_unit = true,
                        _ => {}
                    }
                    continue;
                }
                let row = b.units * b.rooms;
                // What is added below or between is taken from the top.
                if b.floors < 5 || b.taken + 1 > row {
                    continue;
                }
                bars += 1;
                match bars {
                    1 => below(b),
                    2 => between(b),
                    3 => {
                        b.divided = true;
                        b.taken += 1;
                    }
                    _ => {}
                }
            }
        }
    }
}

fn below(b: &mut BuildingPrint) {
    b.basement = true;
    b.floors -= 1;
}

fn between(b: &mut BuildingPrint) {
    b.mezzanine = true;
    b.floors -= 1;
}
