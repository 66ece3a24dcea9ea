//! A person's name.

use super::{given, surnames};
use crate::dice::Dice;

/// Male or female, as GB/T 2261.1 codes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    /// Code 1.
    Male,
    /// Code 2.
    Female,
}

impl Sex {
    /// The code of GB/T 2261.1.
    pub fn code(self) -> &'static str {
        match self {
            Sex::Male => "1",
            Sex::Female => "2",
        }
    }
}

/// A surname.
pub fn surname(dice: &mut Dice) -> &'static str {
    if dice.chance(28) {
        dice.pick(&surnames::SURPRISING)
    } else {
        dice.weighted(&surnames::COMMON)
    }
}

/// A full name with this surname.
pub fn full(surname: &str, sex: Sex, birth_year: i64, dice: &mut Dice) -> String {
    if dice.chance(2) {
        return format!("{surname}{}", dice.pick(&given::RARE));
    }
    let old = birth_year < 1965;
    let young = birth_year >= 1996;
    if !old && !young && dice.chance(300) {
        let singles = match sex {
            Sex::Male => given::MEN_SINGLE,
            Sex::Female => given::WOMEN_SINGLE,
        };
        return format!("{surname}{}", letter(singles, dice));
    }
    let (first, second) = match (sex, old, young) {
        (Sex::Male, true, _) => (given::MEN_OLD_1, given::MEN_OLD_2),
        (Sex::Female, true, _) => (given::WOMEN_OLD_1, given::WOMEN_OLD_2),
        (Sex::Male, _, true) => (given::BOYS_1, given::BOYS_2),
        (Sex::Female, _, true) => (given::GIRLS_1, given::GIRLS_2),
        (Sex::Male, ..) => (given::MEN_MID_1, given::MEN_MID_2),
        (Sex::Female, ..) => (given::WOMEN_MID_1, given::WOMEN_MID_2),
    };
    let first = letter(first, dice);
    let mut last = letter(second, dice);
    if first == last {
        last = second.chars().next().unwrap_or(last);
    }
    format!("{surname}{first}{last}")
}

fn letter(letters: &str, dice: &mut Dice) -> char {
    let n = letters.chars().count();
    letters.chars().nth(dice.below(n)).unwrap_or('平')
}

/// The surname at the door: what stands before a middle dot, two characters for the
/// double surnames, else the first character.
pub fn surname_of(name: &str) -> String {
    if let Some((first, _)) = name.split_once('·') {
        return first.into();
    }
    let double = surnames::SURPRISING
        .iter()
        .find(|s| s.chars().count() == 2 && name.starts_with(**s));
    match double {
        Some(surname) => (*surname).into(),
        None => name.chars().take(1).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surnames_are_cut_off_right() {
        assert_eq!(surname_of("张守田"), "张");
        assert_eq!(surname_of("尉迟国华"), "尉迟");
        assert_eq!(surname_of("吉克·阿依·木果"), "吉克");
        assert_eq!(surname_of("𬱖明"), "𬱖");
    }
}
