//! When people work, and when their phones find a signal.

use crate::date::Date;
use crate::dice::Dice;

/// A moment of a local day when field people are out: mostly working hours, sometimes the
/// evening.
pub fn out(day: Date, dice: &mut Dice) -> i64 {
    let (from, to) = dice.weighted(&[
        ((8 * 60 + 30, 11 * 60 + 50), 46),
        ((14 * 60, 17 * 60 + 50), 42),
        ((18 * 60 + 40, 20 * 60 + 40), 12),
    ]);
    let minute = dice.range(from, to);
    day.at(0, minute, dice.range(0, 59))
}

/// When the center received what was written at `at`: mostly within minutes, sometimes
/// after the evening's walk home.
pub fn received(at: i64, dice: &mut Dice) -> i64 {
    let seconds = dice.weighted(&[((2, 40), 70), ((60, 1_500), 20), ((3_600, 14_000), 10)]);
    at + dice.range(seconds.0, seconds.1) * 1_000 + dice.range(0, 999)
}

/// The day `ago` days before `today`, moved off Sundays most of the time.
pub fn workday(today: Date, ago: i64, dice: &mut Dice) -> Date {
    let day = today.plus(-ago);
    if day.weekday() == 6 && dice.chance(800) {
        day.plus(-1)
    } else {
        day
    }
}
