//! Visits of six months, with the tips of building leads.

use super::{DAYS, Place, Scene, hours, remarks};
use crate::awkward::Awkward;
use crate::date::{DAY_MS, Date};
use crate::dice::Dice;
use crate::household::Household;
use crate::household::care::Numbers;
use crate::id::Id;

/// Cycles up to so many days are kept; longer ones are filled up as time allows.
const ROUNDS: i64 = crate::household::care::CARE_CYCLE;

/// A visit.
#[derive(Clone, Debug)]
pub struct Visit {
    /// Document id.
    pub id: Id,
    /// Index of the post-holder who went.
    pub author: usize,
    /// When, by the author's phone.
    pub at: i64,
    /// When the center received it.
    pub received_at: i64,
    /// Index of the household; none from a building lead.
    pub household: Option<usize>,
    /// Index of the dwelling.
    pub dwelling: Option<usize>,
    /// The place, for visits that are to no dwelling.
    pub place: Option<Place>,
    /// Index of the resident it is about, when only named people may see it.
    pub subject: Option<usize>,
    /// Type, `V01`–`V12`.
    pub kind: &'static str,
    /// Result 1–5.
    pub result: i64,
    /// `good`, `fair`, `poor` or empty.
    pub mood: &'static str,
    /// `yes`, `no` or empty.
    pub utilities: &'static str,
    /// Words, may be empty.
    pub words: &'static str,
    /// What a building lead noticed.
    pub tips: Vec<Tip>,
}

/// Something a building lead noticed.
#[derive(Clone, Debug)]
pub struct Tip {
    /// Entry id.
    pub id: Id,
    /// `phone`, `need`, `mobility` or `moved_out`.
    pub kind: &'static str,
    /// A number or a code, or empty.
    pub value: String,
    /// Own words.
    pub words: &'static str,
    /// Empty while it waits, else `adopted` or `aside`.
    pub state: &'static str,
}

pub(super) fn build(scene: &Scene, awkward: &mut Awkward, numbers: &mut Numbers) -> Vec<Visit> {
    let county = scene.county;
    let mut dice = Dice::new(county.seed, "visits", 0);
    let mut log = Log {
        scene,
        dice: &mut dice,
        visits: Vec::new(),
    };
    let mut older = Vec::new();
    for h in 0..county.households.len() {
        let days = if h == county.hero {
            vec![7, 15, 21, 29, 36]
        } else {
            log.rounds(h)
        };
        for (i, ago) in days.into_iter().enumerate() {
            if i == 0 || h == county.hero {
                log.home(h, ago)
            } else {
                older.push((h, ago))
            }
        }
    }
    log.tips(numbers);
    log.places();
    let room = county.totals.visits.saturating_sub(log.visits.len() + 3);
    log.dice.shuffle(&mut older);
    older.truncate(room);
    for (h, ago) in older {
        log.home(h, ago);
    }
    log.ordinary(county.totals.visits.saturating_sub(3));
    let odd = [log.midnight(), log.wrong_clock(), log.deceased(awkward)];
    let mut visits = log.visits;
    visits.sort_by_key(|v| (v.received_at, v.id));
    let at = |id: Id| visits.iter().position(|v| v.id == id);
    awkward.midnight_visit = at(odd[0]);
    awkward.wrong_clock_visit = at(odd[1]);
    awkward.deceased_tip = at(odd[2]);
    visits
}

struct Log<'a> {
    scene: &'a Scene<'a>,
    dice: &'a mut Dice,
    visits: Vec<Visit>,
}

impl Log<'_> {
    fn today(&self) -> Date {
        self.scene.county.today
    }

    /// Days ago on which a household with a short cycle was visited, latest first; most
    /// were in time, a few are due today, a few overdue.
    fn rounds(&mut self, h: usize) -> Vec<i64> {
        let cycle = self.scene.county.households[h].cycle_days;
        if cycle > ROUNDS {
            return Vec::new();
        }
        let mut ago = match self.dice.below(100) {
            0..=81 => self.dice.range(1, cycle - 1),
            82..=90 => cycle,
            _ => cycle + self.dice.range(1, 5),
        };
        let step = match cycle {
            ..=7 => (12, 19),
            8..=14 => (21, 32),
            _ => (48, 80),
        };
        let mut days = Vec::new();
        while ago <= DAYS {
            days.push(ago);
            ago += self.dice.range(step.0, step.1);
        }
        days
    }

    fn home(&mut self, h: usize, ago: i64) {
        let county = self.scene.county;
        let household = &county.households[h];
        let (kind, subject) = kind_of(household, self.dice);
        let building = county.building_of(h);
        // The hero's rounds are his worker's; elsewhere leads and chiefs go, too.
        let worker = self.scene.worker[county.grid_of(h)];
        let by_lead = h != county.hero && subject.is_none() && self.dice.chance(110);
        let lead = self.scene.lead[building].filter(|_| by_lead);
        // The day a round fell due matters, so it isn't moved off a Sunday.
        let day = self.today().plus(-ago);
        let at = hours::out(day, self.dice);
        let kind = if lead.is_some() && kind != "V03" {
            "V01"
        } else {
            kind
        };
        let result = self
            .dice
            .weighted(&[(1, 72), (2, 14), (3, 8), (4, 5), (5, 1)]);
        let checked = kind == "V03" && result <= 3;
        let mood = self
            .dice
            .weighted(&[("good", 70), ("fair", 24), ("poor", 6)]);
        let utilities = self.dice.weighted(&[("yes", 95), ("no", 5)]);
        let words: &[&str] = match kind {
            _ if lead.is_some() => &remarks::LEADS,
            "V03" => &remarks::ELDERS,
            "V04" => &remarks::MOBILITY,
            "V05" => &remarks::HARDSHIP,
            _ => &remarks::ORDINARY,
        };
        let words = if result < 3 && self.dice.chance(330) {
            self.dice.pick(words)
        } else {
            ""
        };
        let visit = Visit {
            id: Id::new(at, self.dice),
            author: lead.unwrap_or(worker),
            at,
            received_at: hours::received(at, self.dice),
            household: lead.is_none().then_some(h),
            dwelling: Some(household.dwelling),
            place: None,
            subject,
            kind,
            result,
            mood: if checked { mood } else { "" },
            utilities: if checked { utilities } else { "" },
            words,
            tips: Vec::new(),
        };
        self.visits.push(visit);
    }

    /// Fills up with households that are visited once or twice a year.
    fn ordinary(&mut self, total: usize) {
        let county = self.scene.county;
        let mut order: Vec<usize> = (0..county.households.len())
            .filter(|&h| county.households[h].cycle_days > ROUNDS)
            .collect();
        self.dice.shuffle(&mut order);
        for i in 0..total.saturating_sub(self.visits.len()) {
            let ago = self.dice.range(1, DAYS);
            let day = hours::workday(self.today(), ago, self.dice);
            let ago = (self.today().at(0, 0, 0) - day.at(0, 0, 0)) / DAY_MS;
            self.home(order[i % order.len()], ago);
        }
    }

    /// A lead's visit to a dwelling, without a household: leads see doors only.
    fn by_lead(&mut self, h: usize, ago: i64, tips: Vec<Tip>) -> Option<Id> {
        let lead = self.scene.lead[self.scene.county.building_of(h)]?;
        let at = hours::out(self.today().plus(-ago), self.dice);
        let id = Id::new(at, self.dice);
        self.visits.push(Visit {
            id,
            author: lead,
            at,
            received_at: hours::received(at, self.dice),
            household: None,
            dwelling: Some(self.scene.county.households[h].dwelling),
            place: None,
            subject: None,
            kind: "V01",
            result: 1,
            mood: "",
            utilities: "",
            words: "",
            tips,
        });
        Some(id)
    }

    /// Every grid has a few tips that wait, and some that were dealt with.
    fn tips(&mut self, numbers: &mut Numbers) {
        for g in 0..self.scene.of_grid.len() {
            for i in 0..7 {
                let h = self.dice.pick(&self.scene.of_grid[g]);
                if h == self.scene.county.hero {
                    continue;
                }
                let (kind, value, words) = match i % 4 {
                    0 => ("phone", numbers.next(), "换号了,这是新的"),
                    1 => ("need", "repair".to_owned(), "说水管老是滴水,想找人看看"),
                    2 => ("mobility", "arm".to_owned(), "最近下楼要人扶"),
                    _ => ("moved_out", String::new(), "上周搬走了,门口东西清空了"),
                };
                let (ago, state) = match i {
                    0..=2 => (self.dice.range(1, 9), ""),
                    3..=5 => (self.dice.range(20, 120), "adopted"),
                    _ => (self.dice.range(20, 120), "aside"),
                };
                let id = Id::new(self.today().plus(-ago).at(9, 0, 0), self.dice);
                self.by_lead(
                    h,
                    ago,
                    vec![Tip {
                        id,
                        kind,
                        value,
                        words,
                        state,
                    }],
                );
            }
        }
    }

    /// Shops, hazard points, joint checks and meetings.
    fn places(&mut self) {
        let county = self.scene.county;
        for shop in 0..county.places.shops.len() {
            if self.dice.chance(500) {
                let grid = county.housing.buildings[county.places.shops[shop].building].grid;
                let ago = self.dice.range(1, 90);
                self.place(Place::Shop(shop), grid, "V07", ago);
            }
        }
        for hazard in 0..county.places.hazards.len() {
            for week in 0..26 {
                let ago = week * 7 + self.dice.range(1, 6);
                self.place(
                    Place::Hazard(hazard),
                    county.places.hazards[hazard].grid,
                    "V08",
                    ago,
                );
            }
        }
        for grid in 0..county.org.grids.len() {
            for month in 0..6 {
                let ago = month * 30 + self.dice.range(2, 26);
                self.place(
                    Place::Grid(grid),
                    grid,
                    if month % 3 == 2 { "V09" } else { "V10" },
                    ago,
                );
            }
        }
    }

    fn place(&mut self, place: Place, grid: usize, kind: &'static str, ago: i64) {
        let day = hours::workday(self.today(), ago, self.dice);
        let at = hours::out(day, self.dice);
        let chatty = matches!(kind, "V07" | "V08") && self.dice.chance(260);
        let range = if kind == "V07" {
            &remarks::PLACES[..4]
        } else {
            &remarks::PLACES[4..]
        };
        self.visits.push(Visit {
            id: Id::new(at, self.dice),
            author: self.scene.worker[grid],
            at,
            received_at: hours::received(at, self.dice),
            household: None,
            dwelling: None,
            place: Some(place),
            subject: None,
            kind,
            result: 1,
            mood: "",
            utilities: "",
            words: if chatty { self.dice.pick(range) } else { "" },
            tips: Vec::new(),
        });
    }

    /// Written at 23:52 without a signal, received the next morning: another day.
    fn midnight(&mut self) -> Id {
        self.single(12, |day| (day.at(23, 52, 10), day.plus(1).at(6, 41, 3)))
    }

    /// A phone whose clock runs a month ahead.
    fn wrong_clock(&mut self) -> Id {
        self.single(5, |day| (day.plus(31).at(10, 5, 0), day.at(10, 5, 40)))
    }

    fn single(&mut self, ago: i64, times: fn(Date) -> (i64, i64)) -> Id {
        let grid = self.scene.of_grid.len() - 1;
        let h = self.dice.pick(&self.scene.of_grid[grid]);
        self.home(h, ago);
        let (at, received_at) = times(self.today().plus(-ago));
        let id = Id::new(at, self.dice);
        let worker = self.scene.worker[grid];
        if let Some(visit) = self.visits.last_mut() {
            (visit.id, visit.at, visit.received_at) = (id, at, received_at);
            (visit.author, visit.household) = (worker, Some(h));
        }
        id
    }

    /// A lead heard that somebody on the list has died.
    fn deceased(&mut self, awkward: &Awkward) -> Id {
        let nobody = Id([0; 16]);
        let Some((h, _)) = awkward.deceased else {
            return nobody;
        };
        let tip = Tip {
            id: Id::new(self.today().plus(-3).at(9, 0, 0), self.dice),
            kind: "moved_out",
            value: String::new(),
            words: "听邻居说老人上个月已经走了,名册上还在",
            state: "",
        };
        self.by_lead(h, 3, vec![tip]).unwrap_or(nobody)
    }
}

/// The type of a visit to a household, and its subject when only named people may see it.
fn kind_of(h: &Household, dice: &mut Dice) -> (&'static str, Option<usize>) {
    let named = h
        .residents
        .iter()
        .position(|r| r.is("P28") || r.is("P29") || r.is("P31"));
    if let Some(m) = named.filter(|_| dice.chance(600)) {
        return (
            if h.residents[m].is("P31") {
                "V05"
            } else {
                "V06"
            },
            Some(m),
        );
    }
    let has = |tags: &[&str]| tags.iter().any(|t| h.any(t));
    if has(&["P20", "P21", "P22"]) {
        ("V03", None)
    } else if has(&["P23", "P24", "P32"]) {
        ("V04", None)
    } else if has(&["P25", "P26", "P27"]) {
        ("V05", None)
    } else if has(&["P12", "P13"]) && dice.chance(300) {
        ("V02", None)
    } else {
        ("V01", None)
    }
}
