//! Post-holders: grid workers, chiefs, building leads, the people at the desks.

use crate::dice::Dice;
use crate::household::care::Numbers;
use crate::household::{Household, hero};
use crate::housing::{HERO_BUILDING, Housing};
use crate::id::Id;
use crate::names::person::{Sex, full, surname};
use crate::org::Org;
use crate::totals::Totals;

/// What a post-holder is in charge of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Post {
    /// The county.
    County,
    /// Index of a street.
    Street(usize),
    /// Index of a community.
    Community(usize),
    /// Index of a grid.
    Grid(usize),
    /// Index of a building.
    Building(usize),
    /// Code of a department or partner unit.
    Department(&'static str),
}

/// A post-holder.
#[derive(Clone, Debug)]
pub struct Staff {
    /// Person id.
    pub id: Id,
    /// Name.
    pub name: String,
    /// Role code, `R01`…
    pub role: &'static str,
    /// In charge of.
    pub post: Post,
    /// Duty number.
    pub phone: String,
    /// Which resident it is (household, member), for building leads.
    pub resident: Option<(usize, usize)>,
}

/// Departments and partner units whose liaison takes orders.
const UNITS: [&str; 29] = [
    "DEP01", "DEP02", "DEP03", "DEP04", "DEP05", "DEP06", "DEP07", "DEP08", "DEP09", "DEP10",
    "DEP11", "DEP12", "DEP13", "DEP14", "DEP15", "DEP16", "DEP17", "DEP18", "DEP19", "U01", "U02",
    "U03", "U04", "U05", "U06", "U07", "U08", "U09", "U10",
];

/// Desk roles of the county.
const COUNTY_ROLES: [&str; 8] = ["R07", "R08", "R09", "R10", "R13", "R14", "R15", "R16"];

/// All post-holders: grid workers by grid, chiefs and desks by community, then the rest.
pub(crate) struct Roster<'a> {
    pub(crate) org: &'a Org,
    pub(crate) housing: &'a Housing,
    pub(crate) totals: &'a Totals,
    pub(crate) year: i64,
    pub(crate) since: i64,
    /// Grid of the fixed household.
    pub(crate) hero_grid: usize,
    /// Building of the fixed household.
    pub(crate) hero_building: usize,
}

impl Roster<'_> {
    /// Appoints everybody; building leads are residents of their building.
    pub(crate) fn appoint(
        &self,
        households: &mut [Household],
        numbers: &mut Numbers,
        dice: &mut Dice,
    ) -> Vec<Staff> {
        let mut staff = Vec::new();
        for (g, grid) in self.org.grids.iter().enumerate() {
            let name = (g == self.hero_grid).then_some(hero::WORKER);
            staff.push(self.somebody(name, "R01", Post::Grid(g), numbers, dice));
            debug_assert_eq!(grid.community, self.org.grids[g].community);
        }
        let hero_community = self.org.grids[self.hero_grid].community;
        for c in 0..self.org.communities.len() {
            let name = (c == hero_community).then_some(hero::CHIEF);
            staff.push(self.somebody(name, "R04", Post::Community(c), numbers, dice));
            staff.push(self.somebody(None, "R05", Post::Community(c), numbers, dice));
        }
        for s in 0..self.org.streets.len() {
            staff.push(self.somebody(None, "R06", Post::Street(s), numbers, dice));
        }
        for role in COUNTY_ROLES {
            staff.push(self.somebody(None, role, Post::County, numbers, dice));
        }
        for unit in UNITS {
            staff.push(self.somebody(None, "R11", Post::Department(unit), numbers, dice));
        }
        self.leads(&mut staff, households, numbers, dice);
        staff
    }

    fn somebody(
        &self,
        name: Option<&str>,
        role: &'static str,
        post: Post,
        numbers: &mut Numbers,
        dice: &mut Dice,
    ) -> Staff {
        let sex = if dice.chance(620) {
            Sex::Female
        } else {
            Sex::Male
        };
        let born = self.year - dice.range(26, 57);
        let drawn = full(surname(dice), sex, born, dice);
        Staff {
            id: Id::new(self.since, dice),
            name: name.map_or(drawn, str::to_owned),
            role,
            post,
            phone: numbers.next(),
            resident: None,
        }
    }

    /// A lead for every building but the smallest; unit leads besides, who have no account.
    fn leads(
        &self,
        staff: &mut Vec<Staff>,
        households: &mut [Household],
        numbers: &mut Numbers,
        dice: &mut Dice,
    ) {
        let mut candidates: Vec<Vec<(usize, usize)>> =
            vec![Vec::new(); self.housing.buildings.len()];
        for (h, household) in households.iter().enumerate() {
            let building = self.housing.dwellings[household.dwelling].building;
            for (m, r) in household.residents.iter().enumerate() {
                let age = r.age(self.year);
                if r.population == "P10" && (40..=74).contains(&age) && r.name != hero::ELDER {
                    candidates[building].push((h, m));
                }
            }
        }
        let mut order: Vec<usize> = (0..candidates.len())
            .filter(|&b| !candidates[b].is_empty())
            .collect();
        order.sort_by_key(|&b| {
            (
                b != self.hero_building,
                usize::MAX - self.housing.buildings[b].dwellings,
                b,
            )
        });
        order.truncate(self.totals.leads);
        order.sort_unstable();
        for &building in &order {
            let hero = building == self.hero_building;
            let (h, m) = lead_of(&candidates[building], households, hero, dice);
            let r = &mut households[h].residents[m];
            if hero {
                r.name = hero::LEAD.into();
            }
            r.tag("P43");
            let own = households[h].phones.iter().find(|p| p.whose == Some(m));
            let phone = own.map_or_else(|| numbers.next(), |p| p.number.clone());
            staff.push(Staff {
                id: Id::new(self.since, dice),
                name: households[h].residents[m].name.clone(),
                role: "R02",
                post: Post::Building(building),
                phone,
                resident: Some((h, m)),
            });
        }
        let unit_leads = self.totals.persons("P43").saturating_sub(order.len());
        for i in 0..unit_leads {
            let among = &candidates[order[i * order.len() / unit_leads.max(1)]];
            if let Some(&(h, m)) = among
                .iter()
                .find(|&&(h, m)| !households[h].residents[m].is("P43"))
            {
                households[h].residents[m].tag("P43");
            }
        }
    }
}

/// Somebody of the building; for the fixed one a woman whose children don't bear her name.
fn lead_of(
    among: &[(usize, usize)],
    households: &[Household],
    hero: bool,
    dice: &mut Dice,
) -> (usize, usize) {
    let wife = |&&(h, m): &&(usize, usize)| {
        let r = &households[h].residents[m];
        r.sex == Sex::Female && matches!(r.relation, "0" | "1") && r.birth_year < 1976
    };
    if hero && let Some(found) = among.iter().find(wife) {
        return *found;
    }
    dice.pick(among)
}

/// Index of the building of the fixed household: number 5 of the first estate of its grid.
pub(crate) fn hero_building(housing: &Housing, hero_grid: usize) -> usize {
    let estate = housing
        .estates
        .iter()
        .find(|e| e.grid == hero_grid && !e.courtyard);
    estate.map_or(0, |e| e.first_building + HERO_BUILDING - 1)
}
