//! Phones, contacts, needs, mobility and visit cycle of a household (`care`) or of one
//! person whom only named people may see (`care_named`).

use super::{push_text, time};
use crate::fields::Fields;
use crate::ids::{DocId, EntryId};
use crate::value::Write;

/// A telephone entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Phone {
    /// Digits.
    pub number: String,
    /// Resident it belongs to; none for the household.
    pub whose: Option<EntryId>,
    /// Words such as 女儿.
    pub note: String,
    /// No longer valid: since when.
    pub ended: Option<i64>,
}

/// Care of one household or person.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Care {
    /// Telephone entries by id.
    pub phones: Vec<(EntryId, Phone)>,
    /// Category and need codes set for a resident.
    pub flags: Vec<(EntryId, String)>,
    /// Mobility codes by resident.
    pub mobility: Vec<(EntryId, String)>,
    /// Days between visits; 0 when none is set.
    pub cycle_days: i64,
}

impl Care {
    /// Reads care.
    pub fn read(fields: &Fields) -> Self {
        let phones = fields
            .keys("phones")
            .into_iter()
            .filter_map(|key| {
                let at = |name: &str| format!("phones/{key}/{name}");
                let phone = Phone {
                    number: fields.text(&at("number")).to_owned(),
                    whose: fields.text(&at("whose")).parse().ok(),
                    note: fields.text(&at("note")).to_owned(),
                    ended: time(fields, &at("ended")),
                };
                Some((key.parse().ok()?, phone))
            })
            .collect();
        let mobility = fields
            .keys("mobility")
            .into_iter()
            .filter_map(|key| {
                let code = fields.text(&format!("mobility/{key}"));
                (!code.is_empty()).then(|| Some((key.parse().ok()?, code.to_owned())))?
            })
            .collect();
        Self {
            phones,
            flags: tags(fields, "flags"),
            mobility,
            cycle_days: fields.int("cycle_days"),
        }
    }
}

/// Scalars `<resident>:<code>` of a container that are set to true.
pub(crate) fn tags(fields: &Fields, container: &str) -> Vec<(EntryId, String)> {
    fields
        .keys(container)
        .into_iter()
        .filter(|key| fields.get(&format!("{container}/{key}")).is_true())
        .filter_map(|key| {
            let (resident, code) = key.split_once(':')?;
            Some((resident.parse().ok()?, code.to_owned()))
        })
        .collect()
}

/// The writes that name a household's care (the genesis is empty).
pub fn found(dwelling: DocId, occupancy: u32) -> Vec<Write> {
    super::household::found(dwelling, occupancy)
}

/// The writes that add a telephone entry.
pub fn add_phone(id: EntryId, phone: &Phone) -> Vec<Write> {
    let at = |name: &str| format!("phones/{id}/{name}");
    let mut writes = vec![Write::new(at("number"), phone.number.as_str())];
    if let Some(whose) = phone.whose {
        writes.push(Write::new(at("whose"), whose.to_string()));
    }
    push_text(&mut writes, at("note"), &phone.note);
    writes
}

/// The write that sets or clears a flag: a category of class care or a need code.
pub fn flag(resident: EntryId, code: &str, on: bool) -> Write {
    Write::new(format!("flags/{resident}:{code}"), on)
}

/// The write that says how a resident moves.
pub fn mobility(resident: EntryId, code: &str) -> Write {
    Write::new(format!("mobility/{resident}"), code)
}

/// A number as kept: digits, with a leading + where it had one; none when it is no number.
pub fn normal_number(typed: &str) -> Option<String> {
    let mut number = String::new();
    for (index, c) in typed.trim().chars().enumerate() {
        // Full-width digits come from Chinese keyboards.
        let c = match c {
            '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10)?,
            other => other,
        };
        match c {
            '0'..='9' => number.push(c),
            '+' if index == 0 => number.push(c),
            ' ' | '-' | '(' | ')' | '.' | '·' => {}
            _ => return None,
        }
    }
    let digits = number.trim_start_matches('+').len();
    (3..=15).contains(&digits).then_some(number)
}

/// A number as lists show it: the first three and last four digits.
pub fn masked(number: &str) -> String {
    let chars: Vec<char> = number.chars().collect();
    if chars.len() < 8 {
        let keep = chars.len().min(2);
        let tail: String = chars[chars.len() - keep..].iter().collect();
        return format!("{}{tail}", "*".repeat(chars.len() - keep));
    }
    let head: String = chars[..3].iter().collect();
    let tail: String = chars[chars.len() - 4..].iter().collect();
    format!("{head}{}{tail}", "*".repeat(chars.len() - 7))
}

/// Masks several numbers so that nobody has to choose between two masks that look alike: as
/// usual where the usual masks differ, and else with every digit in which the numbers differ.
pub fn masked_apart(numbers: &[String]) -> Vec<String> {
    let usual: Vec<String> = numbers.iter().map(|number| masked(number)).collect();
    let alike = usual
        .iter()
        .enumerate()
        .any(|(i, mask)| usual[..i].contains(mask));
    let split: Vec<Vec<char>> = numbers
        .iter()
        .map(|number| number.chars().collect())
        .collect();
    let longest = split.iter().map(Vec::len).max().unwrap_or(0);
    if !alike || split.iter().any(|number| number.len() != longest) {
        return usual;
    }
    split
        .iter()
        .map(|number| {
            (0..longest)
                .map(|i| {
                    let differs = split.iter().any(|other| other[i] != number[i]);
                    if differs || i < 3 || i + 4 >= longest {
                        number[i]
                    } else {
                        '*'
                    }
                })
                .collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_normalised_or_refused() {
        assert_eq!(
            normal_number(" 129 0000-0452 ").as_deref(),
            Some("12900000452")
        );
        assert_eq!(normal_number("１２９００００").as_deref(), Some("1290000"));
        assert_eq!(
            normal_number("+86 12900000452").as_deref(),
            Some("+8612900000452")
        );
        assert_eq!(normal_number("没有电话"), None);
        assert_eq!(normal_number("12"), None);
    }

    #[test]
    fn masks_hide_the_middle_but_never_the_difference() {
        assert_eq!(masked("12900000452"), "129****0452");
        assert_eq!(masked("110"), "*10");
        let two = ["12900000452".to_owned(), "12901000452".to_owned()];
        assert_eq!(masked_apart(&two), ["129*0**0452", "129*1**0452"]);
        let apart = ["12911110001".to_owned(), "12922220002".to_owned()];
        assert_eq!(masked_apart(&apart), ["129****0001", "129****0002"]);
    }
}
