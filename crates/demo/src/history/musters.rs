//! Emergency roll-calls: two drills, the later one still open in the hero's community.

use super::Scene;
use crate::dice::Dice;
use crate::id::Id;

/// A roll-call.
#[derive(Clone, Debug)]
pub struct Muster {
    /// Document id.
    pub id: Id,
    /// Index of who started it.
    pub author: usize,
    /// Title.
    pub title: &'static str,
    /// An exercise.
    pub drill: bool,
    /// Index of the community called.
    pub community: usize,
    /// Started when.
    pub at: i64,
    /// Ended when; none while open.
    pub ended: Option<i64>,
    /// What was said of residents so far, oldest first.
    pub statuses: Vec<Status>,
}

/// What somebody said of a resident.
#[derive(Clone, Copy, Debug)]
pub struct Status {
    /// Household.
    pub household: usize,
    /// Index of the resident in it.
    pub resident: usize,
    /// Status code.
    pub status: &'static str,
    /// Index of who said so.
    pub author: usize,
    /// When.
    pub at: i64,
}

pub(super) fn build(scene: &Scene) -> Vec<Muster> {
    let county = scene.county;
    let mut dice = Dice::new(county.seed, "musters", 0);
    let community = county.org.grids[county.grid_of(county.hero)].community;
    let spring = county.today.plus(-104).at(9, 30, 0);
    let open = county.today.plus(-1).at(16, 30, 0);
    vec![
        muster(
            scene,
            "汛期转移演练",
            community,
            spring,
            Some(spring + 5_400_000),
            60,
            &mut dice,
        ),
        muster(scene, "地震避险演练", community, open, None, 14, &mut dice),
    ]
}

/// A drill in which `per_grid` residents of each grid were accounted for. The hero's own
/// grid waits for its worker.
fn muster(
    scene: &Scene,
    title: &'static str,
    community: usize,
    at: i64,
    ended: Option<i64>,
    per_grid: usize,
    dice: &mut Dice,
) -> Muster {
    let county = scene.county;
    let mut statuses = Vec::new();
    for grid in county.org.grids_of(community) {
        if grid == county.grid_of(county.hero) {
            continue;
        }
        // Those who need help come first, as on the list.
        let mut people = Vec::new();
        for &h in &scene.of_grid[grid] {
            for (m, r) in county.households[h].residents.iter().enumerate() {
                if r.population != "P11" {
                    people.push((r.mobility.is_none(), h, m));
                }
            }
        }
        people.sort_unstable();
        for (i, (_, household, resident)) in people.into_iter().take(per_grid).enumerate() {
            let codes = [
                ("safe_home", 60),
                ("moved", 25),
                ("safe_away", 11),
                ("unknown", 4),
            ];
            statuses.push(Status {
                household,
                resident,
                status: dice.weighted(&codes),
                author: scene.worker[grid],
                at: at + (4 + 2 * i as i64) * 60_000 + dice.range(0, 59_999),
            });
        }
    }
    statuses.sort_by_key(|s| (s.at, s.household, s.resident));
    Muster {
        id: Id::new(at, dice),
        author: county.chief(community),
        title,
        drill: true,
        community,
        at,
        ended,
        statuses,
    }
}
