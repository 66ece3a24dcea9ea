//! How many estates, buildings, units and dwellings go where: shares that add up.

use super::design::{BuildingPrint, EstatePrint, HERO_BUILDING};
use crate::dice::{Dice, apportion};
use crate::names::places;
use crate::org::{Org, Quarter};
use crate::totals::{Size, Totals};

/// The tall building: 33 storeys and six units of two flats a floor.
const TALL: (usize, usize, usize) = (6, 33, 2);

/// Every estate of every grid, in order of grids.
pub(super) fn blueprints(seed: u64, size: Size, totals: &Totals, org: &Org) -> Vec<EstatePrint> {
    let grids = org.grids.len();
    let mut dice = Dice::new(seed, "budget", 0);
    let hero = hero_grid(org);
    let tall = tall_grids(size, org);
    // 安置苑社区 has 38 buildings in every county; the others share the rest.
    let rebuilt: Vec<bool> = (0..grids)
        .map(|g| org.stem(org.grids[g].community) == "安置苑")
        .collect();
    let share = |dice: &mut Dice, total: usize, inside: bool| {
        let weights: Vec<f64> = rebuilt
            .iter()
            .map(|&r| {
                if r == inside {
                    0.8 + 0.4 * dice.unit()
                } else {
                    0.0
                }
            })
            .collect();
        apportion(total, &weights)
    };
    let inner = share(&mut dice, 38, true);
    let outer = share(&mut dice, totals.buildings - 38, false);
    let estates = spread(totals.estates, grids, &mut dice);
    let courtyards = spread(totals.courtyards, grids, &mut dice);
    let mut prints = Vec::new();
    for g in 0..grids {
        let mut total = inner[g] + outer[g];
        let mut yards = courtyards[g];
        if g == hero {
            total = total.max(HERO_BUILDING + 1 + yards);
        }
        yards = yards.min(total.saturating_sub(estates[g]));
        grid_estates(&mut prints, org, g, total, estates[g], yards, &mut dice);
    }
    settle_buildings(&mut prints, totals.buildings, hero);
    give_units(&mut prints, totals.units, hero, &tall, &mut dice);
    give_floors(&mut prints, totals.dwellings, org, &tall, &mut dice);
    prints
}

/// The grid of the fixed household: number 3 of 望江社区, or of the only community.
fn hero_grid(org: &Org) -> usize {
    let hero = |g: &crate::org::Grid| {
        g.number == 3 && (org.communities.len() == 1 || org.stem(g.community) == "望江")
    };
    org.grids.iter().position(hero).unwrap_or(0)
}

/// Where the tall building stands: the first grid of each new-town community.
fn tall_grids(size: Size, org: &Org) -> Vec<usize> {
    let grid = |g: &usize| {
        let grid = &org.grids[*g];
        match size {
            Size::S => grid.number == 6,
            _ => grid.number == 1 && org.communities[grid.community].quarter == Quarter::NewTown,
        }
    };
    (0..org.grids.len()).filter(grid).collect()
}

/// Spreads `n` over the grids: everybody gets the same, the rest is drawn.
fn spread(n: usize, grids: usize, dice: &mut Dice) -> Vec<usize> {
    let mut counts = vec![n / grids; grids];
    let mut order: Vec<usize> = (0..grids).collect();
    dice.shuffle(&mut order);
    for g in order.into_iter().take(n % grids) {
        counts[g] += 1;
    }
    counts
}

fn grid_estates(
    prints: &mut Vec<EstatePrint>,
    org: &Org,
    grid: usize,
    buildings: usize,
    estates: usize,
    yards: usize,
    dice: &mut Dice,
) {
    let of_yards: Vec<usize> = (0..yards).map(|_| 1 + dice.below(2)).collect();
    let yard_sum = of_yards.iter().sum::<usize>().min(buildings - estates);
    let of_estates = apportion(buildings - yard_sum, &vec![1.0; estates]);
    let mut left = yard_sum;
    for (i, n) in of_estates.into_iter().enumerate() {
        prints.push(print(places::estate(org, grid, i), grid, false, n));
    }
    for (i, n) in of_yards.into_iter().enumerate() {
        let later = yards - i - 1;
        let n = n.min(left - later.min(left)).max(1);
        left = left.saturating_sub(n);
        prints.push(print(places::courtyard(grid, i), grid, true, n));
    }
}

fn print(name: String, grid: usize, courtyard: bool, n: usize) -> EstatePrint {
    let building = |i| BuildingPrint::new(format!("{}栋", i + 1), 1, 6, 2);
    EstatePrint {
        grid,
        name,
        courtyard,
        buildings: (0..n).map(building).collect(),
    }
}

/// Adds or removes buildings of the largest or smallest estates until the total is
/// right; the estate of the fixed household keeps its own.
fn settle_buildings(prints: &mut [EstatePrint], total: usize, hero: usize) {
    loop {
        let now: usize = prints.iter().map(|e| e.buildings.len()).sum();
        let open = prints.iter_mut().filter(|e| !e.courtyard && e.grid != hero);
        if now < total {
            let Some(e) = open.min_by_key(|e| e.buildings.len()) else {
                return;
            };
            let n = e.buildings.len() + 1;
            e.buildings
                .push(BuildingPrint::new(format!("{n}栋"), 1, 6, 2));
        } else if now > total {
            let Some(e) = open.rev().max_by_key(|e| e.buildings.len()) else {
                return;
            };
            e.buildings.pop();
        } else {
            return;
        }
    }
}

fn give_units(
    prints: &mut [EstatePrint],
    total: usize,
    hero: usize,
    tall: &[usize],
    dice: &mut Dice,
) {
    let mut sum = 0;
    for e in prints.iter_mut() {
        let grid = e.grid;
        let courtyard = e.courtyard;
        for (i, b) in e.buildings.iter_mut().enumerate() {
            if !courtyard && i == 0 && tall.contains(&grid) {
                (b.units, b.floors, b.rooms) = TALL;
                b.fixed = true;
                // One tall building is enough for the first estate of the grid.
            } else if !courtyard && i + 1 == HERO_BUILDING && grid == hero {
                (b.units, b.floors, b.rooms) = (3, 7, 2);
                b.fixed = true;
            } else if courtyard {
                b.units = 1;
            } else {
                b.units = dice.weighted(&[(1, 20), (2, 30), (3, 34), (4, 16)]);
            }
            sum += b.units;
        }
    }
    let mut free: Vec<&mut BuildingPrint> = prints
        .iter_mut()
        .filter(|e| !e.courtyard)
        .flat_map(|e| e.buildings.iter_mut())
        .filter(|b| !b.fixed)
        .collect();
    // Every round of the walk can change each building by one, so this ends.
    let mut at = dice.below(free.len());
    while sum != total && !free.is_empty() {
        let n = free.len();
        let b = &mut free[at % n];
        if sum < total && b.units < 5 {
            b.units += 1;
            sum += 1;
        } else if sum > total && b.units > 1 {
            b.units -= 1;
            sum -= 1;
        }
        at += 7;
        if at > 7 * n * 6 {
            break;
        }
    }
}

fn give_floors(
    prints: &mut [EstatePrint],
    total: usize,
    org: &Org,
    tall: &[usize],
    dice: &mut Dice,
) {
    let grids = org.grids.len();
    let weights: Vec<f64> = (0..grids)
        .map(|g| {
            if tall.contains(&g) {
                1.55
            } else {
                0.9 + 0.2 * dice.unit()
            }
        })
        .collect();
    let targets = apportion(total, &weights);
    for (g, target) in targets.into_iter().enumerate() {
        let quarter = org.communities[org.grids[g].community].quarter;
        let mut free: Vec<&mut BuildingPrint> = Vec::new();
        let mut fixed = 0;
        for e in prints.iter_mut().filter(|e| e.grid == g) {
            let courtyard = e.courtyard;
            for b in &mut e.buildings {
                if b.fixed {
                    fixed += b.dwellings();
                    continue;
                }
                (b.floors, b.rooms) = first_guess(quarter, courtyard, dice);
                b.most_floors = most_floors(quarter, courtyard);
                b.corner = b.units >= 3 && dice.chance(350);
                free.push(b);
            }
        }
        fit(&mut free, target.saturating_sub(fixed), dice);
    }
}

/// Floors and rooms per floor, by what stands in such a quarter.
fn first_guess(quarter: Quarter, courtyard: bool, dice: &mut Dice) -> (usize, usize) {
    if courtyard {
        return (2 + dice.below(3), 2 + dice.below(2));
    }
    match quarter {
        Quarter::NewTown => (11 + dice.below(7), 4),
        Quarter::Rebuilt | Quarter::Resettled => (6 + dice.below(6), 2 + dice.below(3)),
        Quarter::TownEdge => (5 + dice.below(5), 2 + dice.below(2)),
        _ => (6 + dice.below(3), 2 + dice.below(3)),
    }
}

/// How high people build there, as long as everybody finds room.
fn most_floors(quarter: Quarter, courtyard: bool) -> usize {
    match quarter {
        _ if courtyard => 5,
        Quarter::NewTown => 24,
        Quarter::Rebuilt | Quarter::Resettled => 11,
        _ => 8,
    }
}

/// Changes floors until the buildings hold `target` dwellings or slightly more; the
/// ground-floor flats too many become shops.
fn fit(free: &mut [&mut BuildingPrint], target: usize, dice: &mut Dice) {
    if free.is_empty() {
        return;
    }
    let sum = |free: &[&mut BuildingPrint]| free.iter().map(|b| b.dwellings()).sum::<usize>();
    for _ in 0..4_000 {
        let now = sum(free);
        // Of two, the lower one grows and the higher one shrinks: few stand out.
        let (i, j) = (dice.below(free.len()), dice.below(free.len()));
        let i = if (free[i].floors < free[j].floors) == (now < target) {
            i
        } else {
            j
        };
        let b = &mut free[i];
        let step = b.units * b.rooms;
        if now < target {
            if b.floors < b.most_floors {
                b.floors += 1;
            } else if b.rooms < 4 {
                b.rooms += 1;
            } else {
                b.most_floors += 1;
            }
        } else if now >= target + step && b.floors > 2 {
            b.floors -= 1;
        } else if now < target + 12 {
            break;
        }
    }
    let mut extra = sum(free).saturating_sub(target);
    for b in free.iter_mut() {
        let take = extra.min(b.units * b.rooms);
        b.taken = take;
        extra -= take;
    }
}
