//! The whole county, and how its parts are made one after another.

use crate::awkward::{self, Awkward};
use crate::date::Date;
use crate::dice::{Dice, apportion};
use crate::geometry::Line;
use crate::history::History;
use crate::household::care::{self, Numbers};
use crate::household::deck::{self, Card, Kind};
use crate::household::{Household, hero};
use crate::housing::Housing;
use crate::org::Org;
use crate::people;
use crate::places::{self, Ground, Places};
use crate::staff::{self, Post, Roster, Staff};
use crate::tags;
use crate::totals::{Size, Totals};

/// The fictional county as plain structs. Things refer to each other by index.
#[derive(Clone, Debug)]
pub struct County {
    /// Seed it was made from.
    pub seed: u64,
    /// Size.
    pub size: Size,
    /// The day it stands at; history ends in the evening before.
    pub today: Date,
    /// How much of everything was asked for.
    pub totals: Totals,
    /// Org tree with outlines.
    pub org: Org,
    /// River and roads.
    pub lines: Vec<Line>,
    /// Estates, buildings, dwellings.
    pub housing: Housing,
    /// Households.
    pub households: Vec<Household>,
    /// Post-holders.
    pub staff: Vec<Staff>,
    /// Shops, hazard points, shelters.
    pub places: Places,
    /// Six months of work.
    pub history: History,
    /// Where the awkward cases are.
    pub awkward: Awkward,
    /// Index of the fixed household.
    pub hero: usize,
}

impl County {
    /// Makes the county of a seed and size as it stands on the morning of `today`.
    pub fn build(seed: u64, size: Size, today: Date) -> Self {
        let totals = Totals::of(size);
        let mut org = Org::plan(size);
        if size == Size::S {
            org.keep_only("安置苑社区");
        }
        let (mut housing, plan) = Housing::build(seed, size, &totals, today, &mut org);
        let hero_grid = hero_grid(&org);
        let hero_building = staff::hero_building(&housing, hero_grid);
        let mut numbers = Numbers::default();
        let since = today.plus(-380).at(9, 0, 0);
        let (mut households, hero) = settle(
            seed,
            &totals,
            today,
            &org,
            &housing,
            hero_grid,
            hero_building,
        );
        tags::assign(
            &mut households,
            &totals,
            today.year(),
            &mut Dice::new(seed, "tags", 0),
        );
        reach(seed, &mut households, hero, today, since, &mut numbers);
        let roster = Roster {
            org: &org,
            housing: &housing,
            totals: &totals,
            year: today.year(),
            since,
            hero_grid,
            hero_building,
        };
        let staff = roster.appoint(
            &mut households,
            &mut numbers,
            &mut Dice::new(seed, "staff", 0),
        );
        let ground = Ground {
            org: &org,
            housing: &housing,
            households: &households,
            lines: &plan.lines,
            totals: &totals,
            since,
        };
        let places = places::settle(&ground, &mut numbers, &mut Dice::new(seed, "places", 0));
        let mut awkward = awkward::people(
            seed,
            today,
            &org,
            &mut housing,
            &mut households,
            hero,
            &mut numbers,
        );
        let mut county = County {
            seed,
            size,
            today,
            totals,
            org,
            lines: plan.lines,
            housing,
            households,
            staff,
            places,
            history: History::default(),
            awkward: Awkward::default(),
            hero,
        };
        county.history = History::build(&county, &mut awkward, &mut numbers);
        county.awkward = awkward;
        county
    }

    /// Index of the grid a household lives in.
    pub fn grid_of(&self, household: usize) -> usize {
        self.housing.grid_of(self.households[household].dwelling)
    }

    /// Index of the building a household lives in.
    pub fn building_of(&self, household: usize) -> usize {
        self.housing.dwellings[self.households[household].dwelling].building
    }

    /// Index of the worker of a grid.
    pub fn worker(&self, grid: usize) -> usize {
        self.holder("R01", Post::Grid(grid))
    }

    /// Index of the grid chief of a community.
    pub fn chief(&self, community: usize) -> usize {
        self.holder("R04", Post::Community(community))
    }

    /// Index of the desk of a community.
    pub fn desk(&self, community: usize) -> usize {
        self.holder("R05", Post::Community(community))
    }

    /// Index of the county's acceptor.
    pub fn acceptor(&self) -> usize {
        self.holder("R07", Post::County)
    }

    /// Index of the lead of a building, when it has one.
    pub fn lead(&self, building: usize) -> Option<usize> {
        self.staff
            .iter()
            .position(|s| s.post == Post::Building(building))
    }

    fn holder(&self, role: &str, post: Post) -> usize {
        self.staff
            .iter()
            .position(|s| s.role == role && s.post == post)
            .unwrap_or(0)
    }
}

/// The grid of the fixed household: number 3 of 望江社区, or of the only community.
fn hero_grid(org: &Org) -> usize {
    let hero = |g: &crate::org::Grid| {
        g.number == 3 && (org.communities.len() == 1 || org.stem(g.community) == "望江")
    };
    org.grids.iter().position(hero).unwrap_or(0)
}

/// Deals the deck of households to the dwellings, grid by grid; tells where the fixed
/// household ended up.
fn settle(
    seed: u64,
    totals: &Totals,
    today: Date,
    org: &Org,
    housing: &Housing,
    hero_grid: usize,
    hero_building: usize,
) -> (Vec<Household>, usize) {
    let mut dice = Dice::new(seed, "deal", 0);
    let mut deck = deck::deck(totals, &mut dice);
    let hero_dwelling = housing
        .dwellings_of(hero_building)
        .find(|&d| housing.address(d) == hero::ADDRESS)
        .unwrap_or(housing.buildings[hero_building].first_dwelling);
    // The elder's card: alone, not beyond 80, one child away.
    let fits = |c: &Card| c.kind == Kind::ElderAlone && !c.old && c.away == 1;
    let hero_card = deck.iter().position(fits).map(|i| deck.swap_remove(i));
    let mut dwellings: Vec<Vec<usize>> = vec![Vec::new(); org.grids.len()];
    for d in 0..housing.dwellings.len() {
        dwellings[housing.grid_of(d)].push(d);
    }
    let sizes: Vec<f64> = dwellings.iter().map(|d| d.len() as f64).collect();
    let shares = apportion(totals.households, &sizes);
    let since = today.plus(-390).at(9, 0, 0);
    let mut households = Vec::with_capacity(totals.households);
    let mut hero = 0;
    for (grid, mut free) in dwellings.into_iter().enumerate() {
        dice.shuffle(&mut free);
        let mut people = Dice::new(seed, "people", grid as u64);
        let mut left = shares[grid];
        if grid == hero_grid && hero_card.is_some() {
            free.retain(|&d| d != hero_dwelling);
            hero = households.len();
            households.push(hero::household(
                hero_dwelling,
                today.year(),
                since,
                &mut people,
            ));
            left -= 1;
        }
        // A few flats hold two families.
        let shared = left * 4 / 1_000 + 1;
        let spots = free.iter().map(|&d| (d, 1)).take(left - shared);
        let beside = free.iter().map(|&d| (d, 2)).take(shared);
        for (dwelling, occupancy) in spots.chain(beside) {
            let Some(card) = deck.pop() else { break };
            households.push(Household {
                dwelling,
                occupancy,
                kind: card.kind,
                residents: people::residents(card, today.year(), since, &mut people),
                phones: Vec::new(),
                contacts: Vec::new(),
                cycle_days: 0,
            });
        }
    }
    (households, hero)
}

/// Phones, needs and cycles for everybody but the fixed household, which has its own.
fn reach(
    seed: u64,
    households: &mut [Household],
    hero: usize,
    today: Date,
    since: i64,
    numbers: &mut Numbers,
) {
    let mut dice = Dice::new(seed, "care", 0);
    for (h, household) in households.iter_mut().enumerate() {
        if h == hero {
            // Whatever categories were drawn for him, the story wants him able to walk.
            for r in &mut household.residents {
                r.tags.retain(|t| *t == "P20");
            }
            household.cycle_days = care::cycle(household);
        } else {
            care::fill(household, today.year(), since, numbers, &mut dice);
        }
    }
}
