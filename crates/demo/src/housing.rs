//! Estates, courtyards, buildings, units and rooms.

mod budget;
mod design;
mod oddities;
mod rooms;

use crate::geometry::Point;
use crate::geometry::plan::{self, Plan};
use crate::id::Id;
use crate::org::Org;
use crate::totals::{Size, Totals};
use crate::{date::Date, dice::Dice};

pub use design::HERO_BUILDING;

/// A housing estate, or a courtyard: a small old compound without a property company.
#[derive(Clone, Debug)]
pub struct Estate {
    /// Document id.
    pub id: Id,
    /// Name, such as `望江苑`.
    pub name: String,
    /// A courtyard (院落).
    pub courtyard: bool,
    /// Index of its grid.
    pub grid: usize,
    /// Ring, counter-clockwise, not closed.
    pub outline: Vec<Point>,
    /// Index of its first building.
    pub first_building: usize,
    /// How many buildings.
    pub buildings: usize,
}

/// A residential building.
#[derive(Clone, Debug)]
pub struct Building {
    /// Document id.
    pub id: Id,
    /// Name, such as `5栋`.
    pub name: String,
    /// What people call it, such as `老供销社宿舍`; mostly empty.
    pub alias: String,
    /// Index of its estate.
    pub estate: usize,
    /// Index of its grid.
    pub grid: usize,
    /// The grid it belonged to before a border was moved.
    pub former_grid: Option<usize>,
    /// Ring, counter-clockwise, not closed.
    pub outline: Vec<Point>,
    /// Names of the units from left to right; one empty name when units have none.
    pub units: Vec<String>,
    /// Labels of the floors from the ground up, such as `-1`, `1`, `夹`, `2`.
    pub floors: Vec<String>,
    /// Index of its first dwelling.
    pub first_dwelling: usize,
    /// How many dwellings.
    pub dwellings: usize,
}

/// A dwelling (one flat).
#[derive(Clone, Debug)]
pub struct Dwelling {
    /// Random id; document ids of its households are derived from it.
    pub id: Id,
    /// Index of its building.
    pub building: usize,
    /// Index into the building's units.
    pub unit: usize,
    /// Index into the building's floors.
    pub floor: usize,
    /// Room label, such as `501` or `501A`.
    pub room: String,
}

/// All housing.
#[derive(Clone, Debug, Default)]
pub struct Housing {
    /// Estates and courtyards, by grid.
    pub estates: Vec<Estate>,
    /// Buildings, by estate.
    pub buildings: Vec<Building>,
    /// Dwellings, by building, unit, floor, room.
    pub dwellings: Vec<Dwelling>,
}

impl Housing {
    /// Builds everything on the plan it makes room for.
    pub(crate) fn build(
        seed: u64,
        size: Size,
        totals: &Totals,
        today: Date,
        org: &mut Org,
    ) -> (Self, Plan) {
        let mut blueprints = budget::blueprints(seed, size, totals, org);
        oddities::add(&mut blueprints, org);
        let needs: Vec<f64> = (0..org.grids.len())
            .map(|g| {
                let lots = blueprints.iter().filter(|e| e.grid == g);
                lots.map(|e| plan::with_streets(e.need()))
                    .sum::<f64>()
                    .max(12_000.0)
            })
            .collect();
        let plan = plan::draw(org, &needs);
        let mut housing = Housing::default();
        let mut dice = Dice::new(seed, "housing ids", 0);
        let since = today.plus(-400).at(9, 0, 0);
        for grid in 0..org.grids.len() {
            let estates: Vec<_> = blueprints.iter().filter(|e| e.grid == grid).collect();
            let needs: Vec<f64> = estates
                .iter()
                .map(|e| plan::with_streets(e.need()))
                .collect();
            for (estate, lot) in estates.into_iter().zip(plan.lots(grid, &needs)) {
                housing.add(estate, lot, since, &mut dice);
            }
        }
        (housing, plan)
    }

    fn add(
        &mut self,
        print: &design::EstatePrint,
        lot: crate::geometry::tiling::Rect,
        since: i64,
        dice: &mut Dice,
    ) {
        let estate = self.estates.len();
        self.estates.push(Estate {
            id: Id::new(since, dice),
            name: print.name.clone(),
            courtyard: print.courtyard,
            grid: print.grid,
            outline: plan::lot_outline(lot),
            first_building: self.buildings.len(),
            buildings: print.buildings.len(),
        });
        let shapes: Vec<_> = print.buildings.iter().map(|b| b.shape()).collect();
        let places = crate::geometry::building::place(lot, &shapes);
        for (b, place) in print.buildings.iter().zip(places) {
            let building = self.buildings.len();
            let first_dwelling = self.dwellings.len();
            for spot in rooms::of(b) {
                self.dwellings.push(Dwelling {
                    id: Id::new(since, dice),
                    building,
                    unit: spot.unit,
                    floor: spot.floor,
                    room: spot.room,
                });
            }
            self.buildings.push(Building {
                id: Id::new(since, dice),
                name: b.name.clone(),
                alias: b.alias.clone(),
                estate,
                grid: print.grid,
                former_grid: None,
                outline: place.outline(),
                units: b.unit_names(),
                floors: b.floor_labels(),
                first_dwelling,
                dwellings: self.dwellings.len() - first_dwelling,
            });
        }
    }

    /// Address inside the estate as people say it: `5栋2单元501`.
    pub fn address(&self, dwelling: usize) -> String {
        let d = &self.dwellings[dwelling];
        let b = &self.buildings[d.building];
        let unit = &b.units[d.unit];
        let unit = if unit.is_empty() {
            String::new()
        } else {
            format!("{unit}单元")
        };
        format!("{}{unit}{}", b.name, d.room)
    }

    /// Indices of the dwellings of a building.
    pub fn dwellings_of(&self, building: usize) -> std::ops::Range<usize> {
        let b = &self.buildings[building];
        b.first_dwelling..b.first_dwelling + b.dwellings
    }

    /// Index of the grid a dwelling lies in.
    pub fn grid_of(&self, dwelling: usize) -> usize {
        self.buildings[self.dwellings[dwelling].building].grid
    }
}
