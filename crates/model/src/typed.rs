//! What a person typed, among all that an action writes.

use crate::value::Write;

/// Fields that hold what a person typed, in the order they are shown in.
const TYPED: [&str; 8] = [
    "name", "title", "number", "value", "words", "reason", "note", "address",
];

/// A text somebody typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Typed<'a> {
    /// Field path.
    pub path: &'a str,
    /// Its last part, such as `words`.
    pub field: &'a str,
    /// The text.
    pub text: &'a str,
}

impl Typed<'_> {
    /// Whether it is a telephone number: masked wherever it isn't its author who looks.
    pub fn is_number(&self) -> bool {
        matches!(self.field, "number" | "value")
    }
}

/// The texts of an action that a person typed; codes and ids are none.
pub fn typed(writes: &[Write]) -> Vec<Typed<'_>> {
    let rank = |field| TYPED.iter().position(|known| *known == field);
    let mut found: Vec<Typed<'_>> = writes
        .iter()
        .filter_map(|write| {
            let path = write.path.as_str();
            let field = path.rsplit('/').next().unwrap_or_default();
            let text = write.value.text();
            // The value of a tip is a code, or the number somebody wrote down.
            let code = field == "value" && !text.bytes().all(|b| b.is_ascii_digit());
            (rank(field).is_some() && !code && !text.is_empty()).then_some(Typed {
                path,
                field,
                text,
            })
        })
        .collect();
    found.sort_by_key(|typed| rank(typed.field));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{DocId, EntryId};
    use crate::kinds::visit::{Tip, Visit};

    #[test]
    fn codes_and_ids_are_not_shown_as_if_they_had_been_typed() {
        let tips = [("phone", "12912345678"), ("mobility", "wheelchair")];
        let visit = Visit {
            dwelling: Some(DocId::from_bytes([1; 16])),
            words: "有人应门".into(),
            tips: (1..)
                .zip(tips)
                .map(|(n, (kind, value))| {
                    let tip = Tip {
                        kind: kind.into(),
                        value: value.into(),
                        ..Tip::default()
                    };
                    (EntryId::from_bytes([n; 16]), tip)
                })
                .collect(),
            ..Visit::default()
        };
        let writes = visit.create();
        let found = typed(&writes);
        let texts: Vec<&str> = found.iter().map(|typed| typed.text).collect();
        assert_eq!(texts, ["12912345678", "有人应门"]);
        assert!(found[0].is_number() && !found[1].is_number());
        assert_eq!(found[1].path, "words");
    }
}
