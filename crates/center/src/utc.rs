//! Times for people and other programs to read, where no page puts them into words.

use rawzip::time::UtcDateTime;

/// `2027-01-15T08:00:00Z`. A phone's clock may say anything: what no calendar has is its nearest
/// day.
pub(crate) fn utc(ms: i64) -> String {
    UtcDateTime::from_unix(ms.div_euclid(1_000)).to_string()
}

#[cfg(test)]
mod tests {
    use super::utc;

    #[test]
    fn times_are_said_whatever_the_clock() {
        assert_eq!(utc(1_800_000_000_999), "2027-01-15T08:00:00Z");
        assert_eq!(utc(-1), "1969-12-31T23:59:59Z");
        for ms in [i64::MIN, i64::MAX] {
            assert!(utc(ms).ends_with('Z'));
        }
    }
}
