//! Work with a due date: monthly building checks, lists to verify, errands.

use super::{Place, Scene, hours};
use crate::dice::Dice;
use crate::id::Id;

/// A task.
#[derive(Clone, Debug)]
pub struct Task {
    /// Document id.
    pub id: Id,
    /// Index of the post-holder who gave it.
    pub author: usize,
    /// Title.
    pub title: String,
    /// Words, may be empty.
    pub words: &'static str,
    /// Index of the household it is about.
    pub household: Option<usize>,
    /// The place it is about.
    pub place: Option<Place>,
    /// Index of the grid that does it.
    pub grid: usize,
    /// Given when.
    pub at: i64,
    /// Due when.
    pub due: i64,
    /// Id of its first event, `open`.
    pub opened: Id,
    /// How it ended: event id, `done` or `not_possible`, who, when, words.
    pub ended: Option<Ended>,
}

/// How a task ended.
#[derive(Clone, Debug)]
pub struct Ended {
    /// Event id.
    pub id: Id,
    /// `done` or `not_possible`.
    pub to: &'static str,
    /// Index of who did it.
    pub author: usize,
    /// When.
    pub at: i64,
    /// Words; a reason when it wasn't possible.
    pub words: &'static str,
}

/// Tasks that the chief gives besides the monthly checks.
const ERRANDS: [(&str, &str); 6] = [
    ("核对部门下发名单", "只核差异项:对、错、找不到,三选一。"),
    (
        "请联系出租房新住户",
        "告知社区电话和应急路线就行,不用收证件。",
    ),
    ("帮老人取慢病药", "本人已同意代取,药单在卫生站。"),
    ("给独居老人换灯泡", "互助队周末上门,先约好时间。"),
    ("通知周六义诊", "楼栋长转告一声,不强求。"),
    ("转移路线贴到单元门口", "旧的撕掉,新的贴在眼睛高度。"),
];

pub(super) fn build(scene: &Scene) -> Vec<Task> {
    let mut dice = Dice::new(scene.county.seed, "tasks", 0);
    let mut tasks = Vec::new();
    for grid in 0..scene.of_grid.len() {
        checks(scene, grid, &mut tasks, &mut dice);
        errands(scene, grid, &mut tasks, &mut dice);
    }
    tasks
}

/// Two checks a month of every building: stairwells and fire lanes, wiring and lifts.
fn checks(scene: &Scene, grid: usize, tasks: &mut Vec<Task>, dice: &mut Dice) {
    let county = scene.county;
    let chief = county.chief(county.org.grids[grid].community);
    let mut fresh = 0;
    for &b in &scene.buildings[grid] {
        for month in 0..6 {
            for what in ["消防通道与楼道检查", "用电与电梯安全提示"] {
                // This month's are still open for some buildings: one due today, one overdue.
                let open = month == 0 && fresh < 4;
                let ago = match fresh {
                    0 if open => 0,
                    1 if open => 3,
                    2 | 3 if open => -6,
                    _ => month * 30 + dice.range(1, 25),
                };
                fresh += usize::from(open);
                let due = county.today.plus(-ago).at(18, 0, 0);
                let at = county.today.plus(-ago - 14).at(9, dice.range(0, 50), 0);
                let estate = &county.housing.estates[county.housing.buildings[b].estate].name;
                tasks.push(Task {
                    id: Id::new(at, dice),
                    author: chief,
                    title: format!("{estate}{}{what}", county.housing.buildings[b].name),
                    words: "",
                    household: None,
                    place: Some(Place::Building(b)),
                    grid,
                    at,
                    due,
                    opened: Id::new(at, dice),
                    ended: None,
                });
                if !open {
                    end(scene, tasks, 5, dice);
                }
            }
        }
    }
}

fn errands(scene: &Scene, grid: usize, tasks: &mut Vec<Task>, dice: &mut Dice) {
    let county = scene.county;
    let chief = county.chief(county.org.grids[grid].community);
    // Days until due: one today, one overdue, one soon, three long done.
    for (i, in_days) in [0, -2, 4, -30, -70, -120].into_iter().enumerate() {
        let (title, words) = ERRANDS[(grid + i) % ERRANDS.len()];
        let personal = title.contains("老人");
        let elders: Vec<usize> = scene.of_grid[grid]
            .iter()
            .copied()
            .filter(|&h| county.households[h].any("P20"))
            .collect();
        let household = (personal && !elders.is_empty()).then(|| dice.pick(&elders));
        let due = county.today.plus(in_days).at(18, 0, 0);
        let at = county.today.plus(in_days - 5).at(9, dice.range(0, 59), 0);
        let at = at.min(county.today.plus(-1).at(17, 0, 0));
        tasks.push(Task {
            id: Id::new(at, dice),
            author: chief,
            title: title.into(),
            words,
            household,
            place: None,
            grid,
            at,
            due,
            opened: Id::new(at, dice),
            ended: None,
        });
        if in_days < -10 {
            end(scene, tasks, 120, dice);
        }
    }
}

/// Ends the last task a day or so before it was due.
fn end(scene: &Scene, tasks: &mut [Task], not_possible: usize, dice: &mut Dice) {
    let Some(task) = tasks.last_mut() else { return };
    let day = crate::date::Date::of(task.due).plus(-dice.range(0, 4));
    let at = hours::out(day, dice)
        .min(scene.county.today.plus(-1).at(18, 30, 0))
        .max(task.at + 60_000);
    let failed = dice.chance(not_possible);
    task.ended = Some(Ended {
        id: Id::new(at, dice),
        to: if failed { "not_possible" } else { "done" },
        author: scene.worker[task.grid],
        at,
        words: if failed {
            "敲了三次门没人,电话也不通"
        } else {
            ""
        },
    });
}
