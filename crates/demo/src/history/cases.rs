//! Reported problems: category, words, a position near a building, steps.

use super::troubles::TROUBLES;
use super::{DAYS, Scene, hours};
use crate::awkward::Awkward;
use crate::dice::{Dice, apportion};
use crate::geometry::Point;
use crate::geometry::point::{Xy, metres, on_earth};
use crate::id::Id;

/// A reported problem.
#[derive(Clone, Debug)]
pub struct Case {
    /// Document id.
    pub id: Id,
    /// Index of the reporter.
    pub author: usize,
    /// When, by the reporter's phone.
    pub at: i64,
    /// When the center received it.
    pub received_at: i64,
    /// Category code.
    pub category: &'static str,
    /// Words.
    pub words: String,
    /// Index of the building next to it.
    pub building: usize,
    /// Where.
    pub point: Point,
    /// Radius of the position in metres; none when tapped on the map.
    pub accuracy_m: Option<f64>,
    /// Further steps in order; the first is always `reported`.
    pub steps: Vec<Step>,
    /// What its photo shows, when it has one.
    pub photo: Option<Picture>,
}

/// A step of the case machine.
#[derive(Clone, Debug)]
pub struct Step {
    /// Event id.
    pub id: Id,
    /// State it leads to.
    pub to: &'static str,
    /// Index of the post-holder who decided.
    pub author: usize,
    /// When.
    pub at: i64,
    /// Reason or words, may be empty.
    pub reason: &'static str,
}

/// What a photo shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Picture {
    /// A street at night with a lamp out.
    DarkStreet,
    /// Things piled up in a stairwell.
    Stairwell,
    /// Water on the road.
    Water,
    /// A hole in the road.
    Hole,
    /// Rubbish beside the bins.
    Rubbish,
}

/// Shares of the urgencies: critical, urgent, normal, plannable.
const SHARES: [f64; 4] = [0.04, 0.17, 0.52, 0.27];

pub(super) fn build(scene: &Scene, awkward: &mut Awkward) -> Vec<Case> {
    let county = scene.county;
    let mut dice = Dice::new(county.seed, "cases", 0);
    let mut log = Log {
        scene,
        dice: &mut dice,
        cases: Vec::new(),
    };
    let mut urgencies: Vec<usize> = apportion(county.totals.cases - 5, &SHARES)
        .into_iter()
        .enumerate()
        .flat_map(|(i, n)| std::iter::repeat_n(i + 1, n))
        .collect();
    log.dice.shuffle(&mut urgencies);
    let buildings = county.housing.buildings.len();
    for (i, urgency) in urgencies.into_iter().enumerate() {
        // Every grid gets a fresh one now and then.
        let ago = if i % 11 == 0 {
            log.dice.range(1, 6)
        } else {
            log.dice.range(1, DAYS)
        };
        let building = log.dice.below(buildings);
        log.report(urgency, building, ago);
    }
    let hole = log.triple();
    let passed = log.passed_on();
    let held = log.on_hold();
    let mut cases = log.cases;
    cases.sort_by_key(|c| (c.received_at, c.id));
    let at = |id: Id| cases.iter().position(|c| c.id == id);
    awkward.triple_report = hole.into_iter().filter_map(at).collect();
    awkward.passed_on_case = at(passed);
    awkward.on_hold_case = at(held);
    cases
}

struct Log<'a> {
    scene: &'a Scene<'a>,
    dice: &'a mut Dice,
    cases: Vec<Case>,
}

impl Log<'_> {
    fn report(&mut self, urgency: usize, building: usize, ago: i64) {
        let among: Vec<_> = TROUBLES.iter().filter(|t| t.urgency == urgency).collect();
        let weights: Vec<(usize, u32)> = among
            .iter()
            .enumerate()
            .map(|(i, t)| (i, t.weight))
            .collect();
        let trouble = among[self.dice.weighted(&weights)];
        let words = self.dice.pick(trouble.words);
        let by_lead = trouble.leads && self.dice.chance(260);
        self.add(
            trouble.category,
            words,
            trouble.photo,
            building,
            by_lead,
            ago,
        );
        let grid = self.scene.county.housing.buildings[building].grid;
        self.follow(grid, ago);
    }

    /// Adds a fresh report near a building.
    fn add(
        &mut self,
        category: &'static str,
        words: &str,
        photo: Option<Picture>,
        building: usize,
        by_lead: bool,
        ago: i64,
    ) -> Id {
        let county = self.scene.county;
        let grid = county.housing.buildings[building].grid;
        let community = county.org.grids[grid].community;
        let worker = self.scene.worker[grid];
        let author = match self.scene.lead[building] {
            Some(lead) if by_lead => lead,
            _ if self.dice.chance(60) => county.chief(community),
            _ => worker,
        };
        let at = hours::out(hours::workday(county.today, ago, self.dice), self.dice);
        let id = Id::new(at, self.dice);
        let point = beside(&county.housing.buildings[building].outline, self.dice);
        let tapped = self.dice.chance(250);
        let accuracy = self.dice.range(3, 38) as f64;
        let received_at = hours::received(at, self.dice);
        let words = words
            .replace("{b}", &county.housing.buildings[building].name)
            .replace(
                "{e}",
                &county.housing.estates[county.housing.buildings[building].estate].name,
            );
        let first = Step {
            id: Id::new(at, self.dice),
            to: "reported",
            author,
            at,
            reason: "",
        };
        self.cases.push(Case {
            id,
            author,
            at,
            received_at,
            category,
            words,
            building,
            point,
            accuracy_m: (!tapped).then_some(accuracy),
            steps: vec![first],
            photo: photo.filter(|_| self.dice.chance(450)),
        });
        id
    }

    /// What became of the last report: most older ones were taken up.
    fn follow(&mut self, grid: usize, ago: i64) {
        let county = self.scene.county;
        let chief = county.chief(county.org.grids[grid].community);
        let Some(case) = self.cases.last() else {
            return;
        };
        let (reporter, received) = (case.author, case.received_at);
        let fate = self.dice.below(100);
        let later = |dice: &mut Dice, minutes| received + dice.range(3, minutes) * 60_000;
        match (ago, fate) {
            (..=2, 0..=54) | (3..=7, 0..=11) => {}
            (_, 55..=59) => {
                let at = later(self.dice, 90);
                self.step(
                    "need_info",
                    chief,
                    at,
                    "请补一张近一点的照片,说明在哪个门口",
                );
            }
            (_, 60..=63) if county.staff[reporter].role != "R04" => {
                let at = later(self.dice, 60);
                self.step("withdrawn", reporter, at, "刚才已经有人处理好了");
            }
            (_, 64..=66) => {
                let at = later(self.dice, 60);
                self.step("need_info", chief, at, "是几单元?水是清的还是浑的?");
                let more = at + self.dice.range(10, 240) * 60_000;
                self.step("reported", reporter, more, "是2单元门口,水是清的");
                self.step("accepted", chief, more + 900_000, "");
            }
            _ => {
                let at = later(self.dice, 45);
                let county_desk = county.acceptor();
                let by = if self.dice.chance(650) {
                    chief
                } else {
                    county_desk
                };
                self.step("accepted", by, at, "");
            }
        }
    }

    fn step(&mut self, to: &'static str, author: usize, at: i64, reason: &'static str) {
        let id = Id::new(at, self.dice);
        if let Some(case) = self.cases.last_mut() {
            case.steps.push(Step {
                id,
                to,
                author,
                at,
                reason,
            });
        }
    }

    /// Three people report the same hole within a day.
    fn triple(&mut self) -> Vec<Id> {
        let county = self.scene.county;
        let building = self.scene.buildings[county.grid_of(county.hero)][0];
        let words = [
            "{e}大门口路面塌了个坑,有脸盆大,电瓶车差点摔。",
            "{b}前面的路有个坑,下雨看不见,请补一下。",
            "小区门口路面破损,老人走路绊脚。",
        ];
        let mut ids = Vec::new();
        for (i, words) in words.iter().enumerate() {
            let id = self.add("0303", words, Some(Picture::Hole), building, i == 1, 2);
            ids.push(id);
        }
        // Three phones at one place: the later fixes lie a metre beside the first.
        let n = self.cases.len();
        let first = self.cases[n - 3].point;
        let chief = county.chief(county.org.grids[county.grid_of(county.hero)].community);
        for (i, case) in self.cases[n - 3..].iter_mut().enumerate() {
            case.point = Point {
                lon_e7: first.lon_e7 + 70 * i as i64,
                ..first
            };
            if i == 2 {
                case.author = chief;
                case.steps[0].author = chief;
            }
        }
        ids
    }

    /// Two departments sent it back, one after the other.
    fn passed_on(&mut self) -> Id {
        let county = self.scene.county;
        let id = self.add(
            "0406",
            "{b}顶楼漏雨,下雨天五户人家接水。",
            None,
            0,
            false,
            40,
        );
        let (chief, desk) = (
            county.chief(county.org.grids[0].community),
            county.acceptor(),
        );
        let at = self.cases.last().map_or(0, |c| c.received_at);
        let hour = 3_600_000;
        self.step("accepted", chief, at + hour, "");
        self.step("dispatched", desk, at + 2 * hour, "");
        self.step("returned", desk, at + 26 * hour, "不在保修期,不归我们管");
        self.step("dispatched", desk, at + 30 * hour, "改派房管");
        self.step("returned", desk, at + 52 * hour, "应由物业先行维修");
        id
    }

    /// Waits for a date that has come.
    fn on_hold(&mut self) -> Id {
        let county = self.scene.county;
        let id = self.add(
            "0303",
            "{e}外路面破损,等雨季过后统一铺。",
            None,
            0,
            false,
            95,
        );
        let (chief, desk) = (
            county.chief(county.org.grids[0].community),
            county.acceptor(),
        );
        let at = self.cases.last().map_or(0, |c| c.received_at);
        let hour = 3_600_000;
        self.step("accepted", chief, at + hour, "");
        self.step("dispatched", desk, at + 2 * hour, "");
        self.step("handling", desk, at + 5 * hour, "");
        self.step(
            "on_hold",
            desk,
            at + 30 * hour,
            "雨季施工质量没保证,挂账90天",
        );
        id
    }
}

/// A point a few metres outside a building, off the middle of one of its walls.
fn beside(outline: &[Point], dice: &mut Dice) -> Point {
    let i = dice.below(outline.len());
    let (a, b) = (metres(outline[i]), metres(outline[(i + 1) % outline.len()]));
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length = (dx * dx + dy * dy).sqrt().max(0.1);
    let along = 0.2 + 0.6 * dice.unit();
    let off = 2.0 + 4.0 * dice.unit();
    // Rings are counter-clockwise, so outside is to the right of the wall.
    on_earth(Xy {
        x: a.x + dx * along + dy / length * off,
        y: a.y + dy * along - dx / length * off,
    })
}
