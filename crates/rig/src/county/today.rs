//! The day the county stands at.

use std::time::{SystemTime, UNIX_EPOCH};

/// China has one time zone and no summer time.
const ZONE_S: u64 = 8 * 60 * 60;

/// The date in China at `now`, as `YYYY-MM-DD`.
pub(super) fn in_china(now: SystemTime) -> String {
    let since = now.duration_since(UNIX_EPOCH).map_or(0, |s| s.as_secs());
    let mut days = (since + ZONE_S) / 86_400;
    let mut year = 1970;
    while days >= year_days(year) {
        days -= year_days(year);
        year += 1;
    }
    let mut month = 1;
    while days >= month_days(year, month) {
        days -= month_days(year, month);
        month += 1;
    }
    format!("{year:04}-{month:02}-{:02}", days + 1)
}

fn leap(year: u64) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn year_days(year: u64) -> u64 {
    365 + u64::from(leap(year))
}

fn month_days(year: u64, month: u64) -> u64 {
    match month {
        2 => 28 + u64::from(leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn the_day_turns_at_midnight_in_china() {
        let at = |s| in_china(UNIX_EPOCH + Duration::from_secs(s));
        assert_eq!(at(0), "1970-01-01");
        // 2024-02-28 15:59:59 UTC, and a second later.
        assert_eq!(at(1_709_135_999), "2024-02-28");
        assert_eq!(at(1_709_136_000), "2024-02-29");
        assert_eq!(at(1_798_732_800), "2027-01-01");
    }
}
