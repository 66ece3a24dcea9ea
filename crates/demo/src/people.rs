//! The people of a household: generations that fit together.

use crate::dice::Dice;
use crate::household::deck::{Card, Kind};
use crate::household::{Paper, Resident};
use crate::id::Id;
use crate::names::given::DOTTED;
use crate::names::person::{Sex, full, surname};

/// Where those who are away went, and where migrants come from.
const ELSEWHERE: [&str; 10] = [
    "成都市双流区",
    "广东省东莞市",
    "浙江省义乌市",
    "重庆市江津区",
    "福建省晋江市",
    "雅安市雨城区",
    "凉山州甘洛县",
    "甘孜州泸定县",
    "云南省昭通市",
    "江苏省昆山市",
];

const ABROAD: [&str; 5] = [
    "阮氏梅",
    "玛丽亚·桑托斯",
    "丹尼尔·里德",
    "金美善",
    "苏巴斯·塔帕",
];

/// Fills a household, one person after another.
struct Maker<'a> {
    year: i64,
    made_at: i64,
    dice: &'a mut Dice,
    people: Vec<Resident>,
}

/// The residents a card stands for, head first. `made_at` dates their ids.
pub(crate) fn residents(card: Card, year: i64, made_at: i64, dice: &mut Dice) -> Vec<Resident> {
    let mut maker = Maker {
        year,
        made_at,
        dice,
        people: Vec::new(),
    };
    let family = surname(maker.dice);
    maker.core(card, family);
    maker.extras(card, family);
    maker.people
}

impl Maker<'_> {
    fn core(&mut self, card: Card, family: &str) {
        let elder = if card.old { (80, 93) } else { (65, 79) };
        match card.kind {
            Kind::ElderAlone => {
                let sex = self.either();
                let age = self.age(elder);
                self.add(family, sex, age, "0", "P10");
            }
            Kind::EmptyNest => {
                let age = self.age(elder);
                self.couple(family, age, elder.0, "P10");
            }
            Kind::Skipped => {
                let age = self.age((54, 70));
                self.couple(family, age, 50, "P10");
                let child_age = self.age((4, 13));
                let child = self.either();
                self.add(family, child, child_age, "4", "P10");
            }
            Kind::Single => {
                let sex = self.either();
                let age = self.age((22, 63));
                self.add(family, sex, age, "0", "P10");
            }
            Kind::Couple => {
                let age = self.age((25, 63));
                self.couple(family, age, 22, "P10");
            }
            Kind::CoupleChild | Kind::CoupleTwo => {
                let age = self.age((27, 52));
                self.couple(family, age, 24, "P10");
                self.children(
                    family,
                    if card.kind == Kind::CoupleTwo { 2 } else { 1 },
                    "P10",
                );
            }
            Kind::LoneParent => {
                let sex = if self.dice.chance(700) {
                    Sex::Female
                } else {
                    Sex::Male
                };
                let age = self.age((27, 50));
                self.add(family, sex, age, "0", "P10");
                self.children(family, 1, "P10");
            }
            Kind::ThreeGen | Kind::ThreeGenBoth => self.three_generations(card, family, elder),
            Kind::ElderChild => {
                let sex = self.either();
                let age = self.age(elder);
                self.add(family, sex, age, "0", "P10");
                let (sex, relation) = self.child_sex();
                let child = (age - self.age((23, 34))).min(62);
                self.add(family, sex, child, relation, "P10");
            }
            Kind::MigrantSingle => {
                let sex = self.either();
                let age = self.age((19, 58));
                self.add(family, sex, age, "0", "P12");
            }
            Kind::MigrantCouple | Kind::MigrantFamily => {
                let age = self.age((23, 52));
                self.couple(family, age, 20, "P12");
                if card.kind == Kind::MigrantFamily {
                    self.children(family, 1, "P12");
                }
            }
            Kind::MigrantShare(n) => {
                for i in 0..n {
                    let (own, sex, age) = (surname(self.dice), self.either(), self.age((19, 45)));
                    self.add(own, sex, age, if i == 0 { "0" } else { "8" }, "P12");
                }
            }
            Kind::LodgerAlone => {
                let sex = self.either();
                let age = self.age((19, 68));
                self.add(family, sex, age, "0", "P13");
            }
            Kind::AbroadAlone => {
                let sex = self.either();
                let age = self.age((24, 48));
                self.add(family, sex, age, "0", "P14");
                self.rename_last();
            }
        }
    }

    fn three_generations(&mut self, card: Card, family: &str, elder: (i64, i64)) {
        let elder_age = self.age(elder);
        let age = (elder_age - self.age((24, 32))).clamp(30, 62);
        self.couple(family, age, 26, "P10");
        self.children(family, 1, "P10");
        let sex = if card.kind == Kind::ThreeGenBoth {
            Sex::Male
        } else {
            self.either()
        };
        self.add(family, sex, elder_age, "5", "P10");
        if card.kind == Kind::ThreeGenBoth {
            let own = surname(self.dice);
            let age = (elder_age - self.age((-1, 4))).clamp(elder.0, elder.1);
            self.add(own, Sex::Female, age, "5", "P10");
        }
    }

    fn extras(&mut self, card: Card, family: &str) {
        let head = self.people[0].age(self.year);
        for n in 0..card.away {
            let (sex, relation) = self.child_sex();
            let child = head - self.age((24, 30));
            match card.kind {
                Kind::Skipped if n == 0 => self.add(family, Sex::Male, child, "2", "P11"),
                Kind::Skipped => {
                    let own = surname(self.dice);
                    self.add(own, Sex::Female, child - 1, "8", "P11");
                }
                Kind::LoneParent if n == 0 => {
                    let own = surname(self.dice);
                    let other = if self.people[0].sex == Sex::Male {
                        Sex::Female
                    } else {
                        Sex::Male
                    };
                    self.add(own, other, head, "1", "P11");
                }
                _ if head >= 44 => self.add(family, sex, child.max(19), relation, "P11"),
                _ => self.add(family, sex, head - 2, "7", "P11"),
            }
        }
        if card.lodger {
            let (own, sex, age) = (surname(self.dice), self.either(), self.age((17, 70)));
            self.add(own, sex, age, "8", "P13");
        }
        if card.abroad {
            let other = if self.people[0].sex == Sex::Male {
                Sex::Female
            } else {
                Sex::Male
            };
            self.add(family, other, head, "1", "P14");
            self.rename_last();
        }
        if card.unregistered {
            let (sex, relation) = self.child_sex();
            let age = self.age((1, 9)).min((head - 20).max(1));
            self.add(family, sex, age, relation, "P15");
        }
    }

    /// A couple; the wife keeps her own surname and isn't younger than `youngest`.
    fn couple(&mut self, family: &str, age: i64, youngest: i64, population: &'static str) {
        let spouse = (age - self.age((-2, 5))).max(youngest);
        let own = surname(self.dice);
        self.add(family, Sex::Male, age, "0", population);
        // An elder couple stays on its side of 80.
        let spouse = if age < 80 { spouse.min(79) } else { spouse };
        self.add(own, Sex::Female, spouse, "1", population);
    }

    fn children(&mut self, family: &str, n: usize, population: &'static str) {
        let mother = self
            .people
            .iter()
            .map(|p| p.age(self.year))
            .min()
            .unwrap_or(30);
        let mut age = (mother - self.age((21, 29))).clamp(0, 30);
        for _ in 0..n {
            let (sex, relation) = self.child_sex();
            self.add(family, sex, age, relation, population);
            age = (age - self.age((2, 6))).max(0);
        }
    }

    fn add(
        &mut self,
        family: &str,
        sex: Sex,
        age: i64,
        relation: &'static str,
        population: &'static str,
    ) {
        let birth_year = self.year - age.max(0);
        let name = if self.dice.chance(4) {
            (self.dice.pick(&DOTTED)).to_owned()
        } else {
            full(family, sex, birth_year, self.dice)
        };
        let elsewhere = match population {
            "P11" | "P12" => self.dice.pick(&ELSEWHERE),
            _ => "",
        };
        let paper = match age {
            75.. if self.dice.chance(12) => Paper::None,
            75.. if self.dice.chance(30) => Paper::Old15,
            _ => Paper::Modern,
        };
        self.people.push(Resident {
            id: Id::new(self.made_at, self.dice),
            name,
            sex,
            birth_year,
            relation,
            population,
            tags: Vec::new(),
            needs: Vec::new(),
            mobility: None,
            elsewhere,
            paper,
        });
    }

    fn rename_last(&mut self) {
        let name = self.dice.pick(&ABROAD);
        if let Some(last) = self.people.last_mut() {
            last.name = name.into();
        }
    }

    fn age(&mut self, (low, high): (i64, i64)) -> i64 {
        self.dice.range(low, high)
    }

    fn either(&mut self) -> Sex {
        if self.dice.chance(500) {
            Sex::Male
        } else {
            Sex::Female
        }
    }

    fn child_sex(&mut self) -> (Sex, &'static str) {
        match self.either() {
            Sex::Male => (Sex::Male, "2"),
            Sex::Female => (Sex::Female, "3"),
        }
    }
}
