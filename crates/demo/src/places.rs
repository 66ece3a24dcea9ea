//! Shops, hazard points and shelters.

use crate::dice::{Dice, apportion};
use crate::geometry::lines::LineKind;
use crate::geometry::point::{Xy, metres, on_earth};
use crate::geometry::rings::{contains, middle};
use crate::geometry::{Line, Point};
use crate::household::Household;
use crate::household::care::Numbers;
use crate::housing::Housing;
use crate::id::Id;
use crate::names::places;
use crate::org::Org;
use crate::totals::Totals;

/// A shop on the ground floor.
#[derive(Clone, Debug)]
pub struct Shop {
    /// Document id.
    pub id: Id,
    /// Name.
    pub name: String,
    /// What it sells.
    pub sells: &'static str,
    /// Index of its building.
    pub building: usize,
    /// Its door.
    pub at: Point,
    /// Telephone.
    pub phone: String,
}

/// A hazard point: a slope, a gully, a low bank.
#[derive(Clone, Debug)]
pub struct Hazard {
    /// Document id.
    pub id: Id,
    /// Name.
    pub name: String,
    /// `滑坡`, `崩塌`, `泥石流沟口` or `临河低洼`.
    pub sort: &'static str,
    /// Index of the grid that looks after it.
    pub grid: usize,
    /// Where.
    pub at: Point,
    /// Indices of the households it threatens.
    pub threatened: Vec<usize>,
}

/// A shelter.
#[derive(Clone, Debug)]
pub struct Shelter {
    /// Document id.
    pub id: Id,
    /// Name.
    pub name: String,
    /// Index of its grid.
    pub grid: usize,
    /// Where.
    pub at: Point,
    /// How many people it takes in.
    pub capacity: i64,
    /// Telephone.
    pub phone: String,
}

/// All places that aren't housing.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// Shops, by building.
    pub shops: Vec<Shop>,
    /// Hazard points, by grid.
    pub hazards: Vec<Hazard>,
    /// Shelters, by grid.
    pub shelters: Vec<Shelter>,
}

const HAZARDS: [&str; 4] = ["临河低洼", "滑坡", "崩塌", "泥石流沟口"];
const SHELTERS: [(&str, i64); 4] = [
    ("小学操场", 1_200),
    ("社区党群服务中心", 260),
    ("文化广场", 900),
    ("老年活动中心", 180),
];

/// What is there already when places are found.
pub(crate) struct Ground<'a> {
    pub(crate) org: &'a Org,
    pub(crate) housing: &'a Housing,
    pub(crate) households: &'a [Household],
    pub(crate) lines: &'a [Line],
    pub(crate) totals: &'a Totals,
    pub(crate) since: i64,
}

/// Finds a place for everything.
pub(crate) fn settle(ground: &Ground, numbers: &mut Numbers, dice: &mut Dice) -> Places {
    let &Ground {
        org,
        housing,
        totals,
        since,
        ..
    } = ground;
    let mut places = Places::default();
    let weights: Vec<f64> = housing
        .buildings
        .iter()
        .map(|b| {
            if housing.estates[b.estate].courtyard {
                0.6
            } else {
                b.units.len() as f64
            }
        })
        .collect();
    for (b, n) in apportion(totals.shops, &weights).into_iter().enumerate() {
        let outline = &housing.buildings[b].outline;
        for i in 0..n {
            let share = (i + 1) as f64 / (n + 1) as f64;
            let (sells, name) = places::shop(dice);
            let at = between(outline[0], outline[1], share);
            let phone = numbers.next();
            places.shops.push(Shop {
                id: Id::new(since, dice),
                name,
                sells,
                building: b,
                at,
                phone,
            });
        }
    }
    places.hazards = hazards(ground, dice);
    for i in 0..totals.shelters {
        let grid = i * org.grids.len() / totals.shelters;
        let (end, capacity) = SHELTERS[i % SHELTERS.len()];
        let at = open_ground(org, housing, grid);
        places.shelters.push(Shelter {
            id: Id::new(since, dice),
            name: format!("{}{end}", org.stem(org.grids[grid].community)),
            grid,
            at,
            capacity,
            phone: numbers.next(),
        });
    }
    places
}

fn between(a: Point, b: Point, share: f64) -> Point {
    let (p, q) = (metres(a), metres(b));
    on_earth(Xy {
        x: p.x + (q.x - p.x) * share,
        y: p.y + (q.y - p.y) * share,
    })
}

/// A point of the grid away from its buildings: the middle of an estate when it's free,
/// else the middle of the border, drawn a little inwards.
fn open_ground(org: &Org, housing: &Housing, grid: usize) -> Point {
    let ring = &org.grids[grid].outline;
    let centre = middle(ring);
    let free = |p: Point| {
        contains(ring, p)
            && !housing
                .buildings
                .iter()
                .any(|b| b.grid == grid && contains(&b.outline, p))
    };
    let toward = ring
        .iter()
        .flat_map(|&p| [0.0, 0.35, 0.55, 0.75, 0.93].map(|s| between(centre, p, s)));
    toward.into_iter().find(|&p| free(p)).unwrap_or(centre)
}

/// Hazard points along the river and on the far side of the county, each with the
/// households that live nearest.
fn hazards(ground: &Ground, dice: &mut Dice) -> Vec<Hazard> {
    let &Ground {
        org,
        housing,
        households,
        lines,
        totals,
        since,
    } = ground;
    let river: Vec<Point> = lines
        .iter()
        .filter(|l| l.kind == LineKind::River)
        .flat_map(|l| l.points.clone())
        .collect();
    let near_river = |g: usize| {
        let centre = middle(&org.grids[g].outline);
        river
            .iter()
            .map(|p| p.metres_to(centre))
            .fold(f64::INFINITY, f64::min)
    };
    let mut by_river: Vec<(usize, f64)> =
        (0..org.grids.len()).map(|g| (g, near_river(g))).collect();
    by_river.sort_by(|a, b| a.1.total_cmp(&b.1));
    let n = totals.hazards.min(by_river.len());
    // Half of them by the water, half where the hills begin.
    let mut grids: Vec<(usize, bool)> = Vec::new();
    grids.extend(by_river.iter().take(n / 2).map(|g| (g.0, true)));
    grids.extend(by_river.iter().rev().take(n - n / 2).map(|g| (g.0, false)));
    grids.sort_unstable();
    let shares = apportion(totals.threatened, &vec![1.0; n]);
    let mut taken = vec![false; households.len()];
    let mut hazards = Vec::new();
    for ((grid, wet), share) in grids.into_iter().zip(shares) {
        let ring = &org.grids[grid].outline;
        let corner = ring
            .iter()
            .copied()
            .min_by(|a, b| {
                let distance = |p: Point| {
                    river
                        .iter()
                        .map(|r| r.metres_to(p))
                        .fold(f64::INFINITY, f64::min)
                };
                let order = distance(*a).total_cmp(&distance(*b));
                if wet { order } else { order.reverse() }
            })
            .unwrap_or_else(|| middle(ring));
        let at = between(corner, middle(ring), 0.06);
        let mut near: Vec<(i64, usize)> = households
            .iter()
            .enumerate()
            .filter(|(h, household)| !taken[*h] && housing.grid_of(household.dwelling) == grid)
            .map(|(h, household)| {
                let b = housing.dwellings[household.dwelling].building;
                (
                    (middle(&housing.buildings[b].outline).metres_to(at) * 100.0) as i64,
                    h,
                )
            })
            .collect();
        near.sort_unstable();
        let threatened: Vec<usize> = near.into_iter().take(share).map(|(_, h)| h).collect();
        for &h in &threatened {
            taken[h] = true;
        }
        let sort = if wet {
            HAZARDS[0]
        } else {
            dice.pick(&HAZARDS[1..])
        };
        hazards.push(Hazard {
            id: Id::new(since, dice),
            name: format!("{}{sort}点", org.grids[grid].name),
            sort,
            grid,
            at,
            threatened,
        });
    }
    hazards
}
