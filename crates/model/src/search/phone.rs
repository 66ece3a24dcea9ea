//! Telephone numbers by their last digits.

/// Fewest digits that count as the end of a telephone number; fewer match everybody.
pub const FEWEST_DIGITS: usize = 3;

/// What a number is indexed under: its digits from the last one back, without the country code
/// of China, so that the last digits become a prefix. Empty for a text without digits.
pub fn phone_key(number: &str) -> String {
    let digits: String = super::fold::fold(number)
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    let national = match digits
        .strip_prefix("0086")
        .or_else(|| digits.strip_prefix("86"))
    {
        Some(rest) if rest.len() >= 11 => rest,
        _ => &digits,
    };
    national.chars().rev().collect()
}

/// The prefix of keys for typed last digits; `None` for fewer than [`FEWEST_DIGITS`] digits or
/// for anything but digits, blanks and dashes.
pub(super) fn phone_prefix(typed: &str) -> Option<String> {
    let folded = super::fold::fold(typed);
    let number = folded.strip_prefix('+').unwrap_or(&folded);
    if !number
        .chars()
        .all(|c| c.is_ascii_digit() || c == ' ' || c == '-')
    {
        return None;
    }
    let key = phone_key(number);
    (key.len() >= FEWEST_DIGITS).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_comes_first() {
        assert_eq!(phone_key("12900001234"), "43210000921");
        assert_eq!(phone_key("+86 129 0000 1234"), "43210000921");
        assert_eq!(phone_key("129-0550-0100"), "00100550921");
        assert_eq!(phone_key("none"), "");
        for typed in [
            "1234",
            "１２３４",
            "00001234",
            "12900001234",
            "+8612900001234",
        ] {
            let prefix = phone_prefix(typed).unwrap();
            assert!(phone_key("12900001234").starts_with(&prefix), "{typed}");
        }
        assert_eq!(phone_prefix("34"), None);
        assert_eq!(phone_prefix("3栋"), None);
    }
}
