//! The awkward cases every county has, and where to find them in this one.

use crate::date::Date;
use crate::dice::Dice;
use crate::household::care::Numbers;
use crate::household::{Household, Paper, Phone};
use crate::housing::Housing;
use crate::id::Id;
use crate::org::Org;

/// A resident: index of the household, index inside it.
pub type Someone = (usize, usize);

/// Where the awkward cases are; all of them are filled in after a county was built.
#[derive(Clone, Debug, Default)]
pub struct Awkward {
    /// 同名同姓同楼: two residents of one building with the same name.
    pub same_name: Vec<Someone>,
    /// 一人两处登记: one person listed in two households.
    pub listed_twice: Vec<Someone>,
    /// 生僻字姓名: names with 䶮 and 𬱖.
    pub rare_names: Vec<Someone>,
    /// 少数民族长姓名带间隔号: a long name with middle dots.
    pub dotted_name: Option<Someone>,
    /// 老年人只有15位旧号: an elder whose paper has 15 digits.
    pub old_paper: Option<Someone>,
    /// 老年人无号: an elder without papers.
    pub no_paper: Option<Someone>,
    /// 一户多电话: a household with several phones…
    pub many_phones: Option<usize>,
    /// …共用: one of which the neighbours share.
    pub shared_phone_with: Option<usize>,
    /// 楼栋俗称与门牌不一致: a building people call by another name.
    pub alias_building: Option<usize>,
    /// 单元无编号: a building whose unit has no number.
    pub nameless_unit: Option<usize>,
    /// 房号含字母: a dwelling such as 301A.
    pub lettered_room: Option<usize>,
    /// 夹层: a dwelling between the first and the second floor.
    pub mezzanine_room: Option<usize>,
    /// 负层: a dwelling below ground.
    pub basement_room: Option<usize>,
    /// 半夜离线补录跨日: a visit written before and received after midnight.
    pub midnight_visit: Option<usize>,
    /// 手机时间错误: a visit from a phone whose clock was wrong.
    pub wrong_clock_visit: Option<usize>,
    /// 两名网格员同改一户: the edit where two people changed the same number.
    pub clash: Option<usize>,
    /// 网格边界调整: a building that came from another grid.
    pub moved_building: Option<usize>,
    /// 已离世仍在册: somebody who has died and is still listed…
    pub deceased: Option<Someone>,
    /// …and the visit whose tip says so.
    pub deceased_tip: Option<usize>,
    /// 14岁生日跨线: a child who turns 14 this year, still treated as under 14.
    pub turning_14: Option<Someone>,
    /// 同一坑洞三人重复上报: three cases about one hole.
    pub triple_report: Vec<usize>,
    /// 退回两次的推诿件: a case that two departments sent back.
    pub passed_on_case: Option<usize>,
    /// 挂账到期: a case on hold whose date has come.
    pub on_hold_case: Option<usize>,
}

/// Sees to it that the awkward people and buildings exist, and notes them.
pub(crate) fn people(
    seed: u64,
    today: Date,
    org: &Org,
    housing: &mut Housing,
    households: &mut [Household],
    hero: usize,
    numbers: &mut Numbers,
) -> Awkward {
    let mut dice = Dice::new(seed, "awkward", 0);
    let mut places = Picker {
        households,
        housing,
        hero,
        taken: vec![hero],
    };
    let mut awkward = Awkward::default();
    let neighbours = places.two_adults_of_one_building();
    let name = places.households[neighbours[0].0].residents[0].name.clone();
    places.households[neighbours[1].0].residents[0].name = name;
    awkward.same_name = neighbours;

    let (a, b) = (places.single(0), places.single(1));
    let twin = places.households[a].residents[0].clone();
    let other = &mut places.households[b].residents[0];
    (other.name, other.sex, other.birth_year) = (twin.name, twin.sex, twin.birth_year);
    awkward.listed_twice = vec![(a, 0), (b, 0)];

    let h = places.single(2);
    places.households[h].residents[0].name = "陈𬱖".into();
    awkward.rare_names = vec![(hero, 1), (h, 0)];
    let h = places.single(3);
    places.households[h].residents[0].name = "阿苏·有合·史洛莫·木果惹".into();
    awkward.dotted_name = Some((h, 0));

    let year = today.year();
    for (slot, paper) in [
        (&mut awkward.old_paper, Paper::Old15),
        (&mut awkward.no_paper, Paper::None),
    ] {
        let found = places.find(|h| h.residents[0].age(year) >= 75);
        places.households[found].residents[0].paper = paper;
        *slot = Some((found, 0));
    }
    phones(&mut awkward, &mut places, today, numbers, &mut dice);
    let h = places.find(|h| h.residents[0].age(year) >= 80);
    awkward.deceased = Some((h, 0));
    let child = |h: &Household| h.residents.iter().position(|r| r.age(year) == 14);
    let h = places.find(|h| child(h).is_some());
    awkward.turning_14 = child(&places.households[h]).map(|m| (h, m));
    buildings(&mut awkward, org, housing, households, hero);
    awkward
}

/// A household with four numbers, one of which its neighbours use as well.
fn phones(
    awkward: &mut Awkward,
    places: &mut Picker,
    today: Date,
    numbers: &mut Numbers,
    dice: &mut Dice,
) {
    let at = today.plus(-300).at(9, 0, 0);
    let h = places.find(|h| !h.phones.is_empty() && h.residents.len() > 2);
    for note in ["老屋座机", "楼下小卖部转", "单位"] {
        let id = Id::new(at, dice);
        places.households[h].phones.push(Phone {
            id,
            number: numbers.next(),
            whose: None,
            note: note.into(),
        });
    }
    let shared = places.households[h].phones[0].number.clone();
    let other = places.find(|h| !h.phones.is_empty());
    let id = Id::new(at, dice);
    places.households[other].phones.push(Phone {
        id,
        number: shared,
        whose: None,
        note: "邻居家的,可以带话".into(),
    });
    awkward.many_phones = Some(h);
    awkward.shared_phone_with = Some(other);
}

fn buildings(
    awkward: &mut Awkward,
    org: &Org,
    housing: &mut Housing,
    households: &[Household],
    hero: usize,
) {
    let of =
        |keep: &dyn Fn(&crate::housing::Building) -> bool| housing.buildings.iter().position(keep);
    awkward.alias_building = of(&|b| !b.alias.is_empty());
    awkward.nameless_unit = of(&|b| b.units[0].is_empty());
    let room = |keep: &dyn Fn(&str) -> bool| housing.dwellings.iter().position(|d| keep(&d.room));
    awkward.lettered_room = room(&|r| r.ends_with('A'));
    awkward.mezzanine_room = room(&|r| r.starts_with('夹'));
    awkward.basement_room = room(&|r| r.starts_with('-'));
    // The border moved: a building of the hero's community came from the grid next to it.
    let home = housing.grid_of(households[hero].dwelling);
    let community = org.grids[home].community;
    let neighbour = org.grids_of(community).find(|&g| g != home).unwrap_or(home);
    let moved = (0..housing.buildings.len()).rev().find(|&b| {
        let grid = housing.buildings[b].grid;
        org.grids[grid].community == community && grid != home && grid != neighbour
    });
    if let Some(b) = moved {
        housing.buildings[b].former_grid = Some(neighbour);
    }
    awkward.moved_building = moved;
}

/// Picks households that nothing else has picked, never the fixed one.
struct Picker<'a> {
    households: &'a mut [Household],
    housing: &'a Housing,
    hero: usize,
    taken: Vec<usize>,
}

impl Picker<'_> {
    fn find(&mut self, keep: impl Fn(&Household) -> bool) -> usize {
        let free = |h: &usize| !self.taken.contains(h) && keep(&self.households[*h]);
        let found = (0..self.households.len()).find(free).unwrap_or(self.hero);
        self.taken.push(found);
        found
    }

    /// An ordinary adult at home, from a part of the county (of four).
    fn single(&mut self, part: usize) -> usize {
        let from = self.households.len() * part / 4;
        let free = |h: &usize| {
            let household = &self.households[*h];
            let head = &household.residents[0];
            !self.taken.contains(h)
                && head.population == "P10"
                && !head.is("P43")
                && household.kind == crate::household::Kind::Single
        };
        let found = (from..self.households.len())
            .find(free)
            .unwrap_or(self.hero);
        self.taken.push(found);
        found
    }

    /// Heads of two households in different dwellings of one building.
    fn two_adults_of_one_building(&mut self) -> Vec<Someone> {
        let fits = |h: &Household| {
            h.residents[0].population == "P10"
                && !h.residents[0].is("P43")
                && h.residents.len() == 1
        };
        for h in 0..self.households.len() {
            let building = |h: usize| self.housing.dwellings[self.households[h].dwelling].building;
            if h == self.hero || !fits(&self.households[h]) {
                continue;
            }
            let other = (h + 1..self.households.len()).find(|&o| {
                o != self.hero
                    && building(o) == building(h)
                    && self.households[o].dwelling != self.households[h].dwelling
                    && fits(&self.households[o])
                    && self.households[o].residents[0].sex == self.households[h].residents[0].sex
            });
            if let Some(other) = other {
                self.taken.extend([h, other]);
                return vec![(h, 0), (other, 0)];
            }
        }
        Vec::new()
    }
}
