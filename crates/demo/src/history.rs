//! Six months of work: visits, reported problems, tasks, notices, roll-calls, edits.

pub mod cases;
pub mod edits;
pub mod hours;
pub mod musters;
pub mod notices;
mod remarks;
pub mod tasks;
mod troubles;
pub mod visits;

use crate::awkward::Awkward;
use crate::county::County;
use crate::household::care::Numbers;
use crate::staff::Post;

pub use cases::{Case, Step};
pub use edits::{Change, Edit};
pub use musters::Muster;
pub use notices::Notice;
pub use tasks::Task;
pub use visits::{Tip, Visit};

/// Days of history.
pub const DAYS: i64 = 183;

/// What a visit, case or task is about, when it isn't a household.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Index of a grid.
    Grid(usize),
    /// Index of a building.
    Building(usize),
    /// Index of a shop.
    Shop(usize),
    /// Index of a hazard point.
    Hazard(usize),
}

/// Everything that happened.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// Visits, oldest first.
    pub visits: Vec<Visit>,
    /// Reported problems, oldest first.
    pub cases: Vec<Case>,
    /// Tasks by grid.
    pub tasks: Vec<Task>,
    /// Notices, oldest first.
    pub notices: Vec<Notice>,
    /// Roll-calls, oldest first.
    pub musters: Vec<Muster>,
    /// Edits of households and care, oldest first.
    pub edits: Vec<Edit>,
}

/// The county with what history looks up often.
pub(crate) struct Scene<'a> {
    pub(crate) county: &'a County,
    /// Households by building.
    pub(crate) of_building: Vec<Vec<usize>>,
    /// Households by grid.
    pub(crate) of_grid: Vec<Vec<usize>>,
    /// Buildings by grid.
    pub(crate) buildings: Vec<Vec<usize>>,
    /// Worker by grid.
    pub(crate) worker: Vec<usize>,
    /// Lead by building.
    pub(crate) lead: Vec<Option<usize>>,
}

impl<'a> Scene<'a> {
    fn new(county: &'a County) -> Self {
        let grids = county.org.grids.len();
        let housing = &county.housing;
        let mut scene = Scene {
            county,
            of_building: vec![Vec::new(); housing.buildings.len()],
            of_grid: vec![Vec::new(); grids],
            buildings: vec![Vec::new(); grids],
            worker: (0..grids).map(|g| county.worker(g)).collect(),
            lead: vec![None; housing.buildings.len()],
        };
        for h in 0..county.households.len() {
            scene.of_building[county.building_of(h)].push(h);
            scene.of_grid[county.grid_of(h)].push(h);
        }
        for (b, building) in housing.buildings.iter().enumerate() {
            scene.buildings[building.grid].push(b);
        }
        for (s, staff) in county.staff.iter().enumerate() {
            if let Post::Building(b) = staff.post {
                scene.lead[b] = Some(s);
            }
        }
        scene
    }
}

impl History {
    /// Makes up the history of a county, and notes where its awkward cases are.
    pub(crate) fn build(county: &County, awkward: &mut Awkward, numbers: &mut Numbers) -> Self {
        let scene = Scene::new(county);
        History {
            visits: visits::build(&scene, awkward, numbers),
            cases: cases::build(&scene, awkward),
            tasks: tasks::build(&scene),
            notices: notices::build(&scene),
            musters: musters::build(&scene),
            edits: edits::build(&scene, awkward, numbers),
        }
    }
}
