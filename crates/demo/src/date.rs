//! Civil dates, and moments in the county's one time zone (UTC+8).

use std::fmt;
use std::str::FromStr;

/// Milliseconds of a day.
pub const DAY_MS: i64 = 86_400_000;

/// Local time is UTC+8, all year round.
const ZONE_MS: i64 = 8 * 3_600_000;

/// A civil date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    days: i64,
}

/// The text is no date of the form `YYYY-MM-DD`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a date of the form YYYY-MM-DD")]
pub struct BadDate;

impl Date {
    /// The date of year, month (1–12) and day (1–31), if there is one.
    pub fn from_ymd(year: i64, month: i64, day: i64) -> Option<Self> {
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return None;
        }
        // Count years from March, so that the leap day is the last one.
        let y = if month <= 2 { year - 1 } else { year };
        let era = y.div_euclid(400);
        let of_era = y.rem_euclid(400);
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let of_cycle = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
        let date = Date {
            days: era * 146_097 + of_cycle - 719_468,
        };
        (date.ymd() == (year, month, day)).then_some(date)
    }

    /// Year, month and day.
    pub fn ymd(self) -> (i64, i64, i64) {
        let z = self.days + 719_468;
        let era = z.div_euclid(146_097);
        let of_cycle = z.rem_euclid(146_097);
        let of_era = (of_cycle - of_cycle / 1_460 + of_cycle / 36_524 - of_cycle / 146_096) / 365;
        let of_year = of_cycle - (365 * of_era + of_era / 4 - of_era / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 {
            shifted + 3
        } else {
            shifted - 9
        };
        let year = of_era + era * 400 + i64::from(month <= 2);
        (year, month, day)
    }

    /// The year.
    pub fn year(self) -> i64 {
        self.ymd().0
    }

    /// The date `days` later (earlier when negative).
    pub fn plus(self, days: i64) -> Self {
        Date {
            days: self.days + days,
        }
    }

    /// Day of the week, Monday = 0.
    pub fn weekday(self) -> i64 {
        (self.days + 3).rem_euclid(7)
    }

    /// The moment of a local time of this day, in milliseconds since 1970 UTC.
    pub fn at(self, hour: i64, minute: i64, second: i64) -> i64 {
        self.days * DAY_MS - ZONE_MS + ((hour * 60 + minute) * 60 + second) * 1_000
    }

    /// The local date of a moment.
    pub fn of(ms: i64) -> Self {
        Date {
            days: (ms + ZONE_MS).div_euclid(DAY_MS),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (y, m, d) = self.ymd();
        write!(f, "{y:04}-{m:02}-{d:02}")
    }
}

impl FromStr for Date {
    type Err = BadDate;

    fn from_str(text: &str) -> Result<Self, BadDate> {
        let mut parts = text.splitn(3, '-').map(|p| p.parse::<i64>().ok());
        match (parts.next(), parts.next(), parts.next()) {
            (Some(Some(y)), Some(Some(m)), Some(Some(d))) => Date::from_ymd(y, m, d).ok_or(BadDate),
            _ => Err(BadDate),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_round_trip_over_two_centuries() {
        let mut date = Date::from_ymd(1900, 1, 1).unwrap();
        for _ in 0..73_500 {
            let (y, m, d) = date.ymd();
            assert_eq!(Date::from_ymd(y, m, d), Some(date));
            date = date.plus(1);
        }
        assert_eq!(date.to_string(), "2101-03-28");
    }

    #[test]
    fn moments_are_local_times() {
        let date: Date = "2026-11-23".parse().unwrap();
        assert_eq!(date.weekday(), 0);
        assert_eq!(date.at(8, 0, 0), 1_795_392_000_000);
        assert_eq!(Date::of(date.at(0, 0, 0)), date);
        assert_eq!(Date::of(date.at(0, 0, 0) - 1), date.plus(-1));
        assert!("2026-02-30".parse::<Date>().is_err());
    }
}
