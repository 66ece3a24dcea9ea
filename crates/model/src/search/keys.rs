//! What a name is indexed under.

use super::readings::{Reading, Syllable, UNTYPABLE, read_name};

/// Most keys a name gets. A name with several readings in several places gets its likeliest.
pub const MOST_KEYS: usize = 24;

/// Longest name that is indexed, in syllables; what follows is not searched for.
const LONGEST_NAME: usize = 16;

// How many of each kind, adding up to MOST_KEYS.
const INITIALS: usize = 4;
const FULL: usize = 7;
const INNER_CHARS: usize = 3;
const INNER_INITIALS: usize = 4;
const INNER_FULL: usize = 4;

/// Which way of writing a key holds. Ordered as matches are: earlier is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyKind {
    /// The name itself.
    Chars,
    /// First letters: `zsf`.
    Initials,
    /// All letters: `zhangsanfeng`.
    Full,
    /// The name from a later character on.
    InnerChars,
    /// First letters from the given name or a later part on.
    InnerInitials,
    /// All letters from the given name or a later part on.
    InnerFull,
}

impl KeyKind {
    /// The character that begins the text of keys of this kind, so that a prefix search stays
    /// among them.
    pub(super) const fn tag(self) -> char {
        match self {
            Self::Chars => 'c',
            Self::Initials => 'i',
            Self::Full => 'f',
            Self::InnerChars => 'C',
            Self::InnerInitials => 'I',
            Self::InnerFull => 'F',
        }
    }
}

/// One entry of the index of names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// What kind of key it is; also the order of matches.
    pub kind: KeyKind,
    /// What to store and search by prefix, bytewise. Begins with a tag of its kind.
    pub text: String,
}

/// The keys of a name, the most telling first, at most [`MOST_KEYS`], none twice. Nothing for a
/// blank name.
pub fn keys_for_name(name: &str) -> Vec<Key> {
    let mut reading = read_name(name);
    reading.syllables.truncate(LONGEST_NAME);
    let mut keys = Keys(Vec::new());
    keys.of_whole(&reading.syllables);
    keys.of_inner(&reading);
    keys.0
}

/// The end of the range of keys that begin with a prefix: they are `>= prefix` and `< end`.
pub fn prefix_end(prefix: &str) -> String {
    format!("{prefix}{}", char::MAX)
}

/// Where a name may also be found by its characters: after the surname or a dot first, then
/// anywhere, up to what is indexed.
pub(super) fn inner_char_starts(reading: &Reading) -> Vec<usize> {
    let mut starts = reading.starts.clone();
    starts.extend((1..reading.syllables.len()).filter(|at| !reading.starts.contains(at)));
    starts.retain(|at| *at < LONGEST_NAME);
    starts.truncate(INNER_CHARS);
    starts
}

/// Where a name may also be found by letters: after the surname or a dot.
pub(super) fn inner_letter_starts(reading: &Reading) -> &[usize] {
    &reading.starts[..reading.starts.len().min(2)]
}

struct Keys(Vec<Key>);

impl Keys {
    fn push(&mut self, kind: KeyKind, text: &str) {
        let key = Key {
            kind,
            text: format!("{}{text}", kind.tag()),
        };
        if !text.is_empty() && !self.0.contains(&key) {
            self.0.push(key);
        }
    }

    fn of_whole(&mut self, syllables: &[Syllable]) {
        self.push(KeyKind::Chars, &chars(syllables));
        self.push(KeyKind::Chars, &typable(syllables));
        for text in combinations(&initials(syllables), INITIALS) {
            self.push(KeyKind::Initials, &text);
        }
        for text in combinations(&spellings(syllables), FULL) {
            self.push(KeyKind::Full, &text);
        }
    }

    fn of_inner(&mut self, reading: &Reading) {
        for start in inner_char_starts(reading) {
            self.push(KeyKind::InnerChars, &chars(&reading.syllables[start..]));
        }
        let starts = inner_letter_starts(reading);
        for start in starts.iter().filter_map(|at| reading.syllables.get(*at..)) {
            for text in combinations(&initials(start), INNER_INITIALS / starts.len()) {
                self.push(KeyKind::InnerInitials, &text);
            }
            for text in combinations(&spellings(start), INNER_FULL / starts.len()) {
                self.push(KeyKind::InnerFull, &text);
            }
        }
    }
}

fn chars(syllables: &[Syllable]) -> String {
    syllables.iter().map(|s| s.text.as_str()).collect()
}

/// The name as somebody types it who has to skip the rare characters.
fn typable(syllables: &[Syllable]) -> String {
    let skip = |s: &Syllable| {
        if s.rare {
            UNTYPABLE.to_owned()
        } else {
            s.text.clone()
        }
    };
    syllables.iter().map(skip).collect()
}

fn spellings(syllables: &[Syllable]) -> Vec<Vec<String>> {
    let owned = |s: &Syllable| s.spellings().into_iter().map(str::to_owned).collect();
    syllables.iter().map(owned).collect()
}

fn initials(syllables: &[Syllable]) -> Vec<Vec<String>> {
    let mut choices = spellings(syllables);
    for choice in &mut choices {
        let mut seen = Vec::new();
        choice.retain_mut(|spelling| {
            let first: String = spelling.chars().take(1).collect();
            *spelling = first;
            let new = !seen.contains(spelling);
            seen.push(spelling.clone());
            new
        });
    }
    choices
}

/// One choice from each list, joined: first the first of each, then those that depart from it in
/// few places and by little, so that a limit cuts off the unlikely.
fn combinations(choices: &[Vec<String>], limit: usize) -> Vec<String> {
    let mut made = Vec::new();
    let reach: usize = choices
        .iter()
        .map(|choice| choice.len().saturating_sub(1))
        .sum();
    for unlikeliness in 0..=reach {
        combine(choices, unlikeliness, String::new(), limit, &mut made);
        if made.len() == limit {
            break;
        }
    }
    made
}

fn combine(
    choices: &[Vec<String>],
    left: usize,
    so_far: String,
    limit: usize,
    made: &mut Vec<String>,
) {
    if made.len() == limit {
        return;
    }
    let Some((choice, rest)) = choices.split_first() else {
        if left == 0 && !made.contains(&so_far) {
            made.push(so_far);
        }
        return;
    };
    let most: usize = rest
        .iter()
        .map(|choice| choice.len().saturating_sub(1))
        .sum();
    for (cost, spelling) in choice.iter().enumerate() {
        if cost <= left && left - cost <= most {
            combine(
                rest,
                left - cost,
                format!("{so_far}{spelling}"),
                limit,
                made,
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(name: &str) -> Vec<String> {
        keys_for_name(name)
            .into_iter()
            .map(|key| key.text)
            .collect()
    }

    #[test]
    fn an_ordinary_name() {
        assert_eq!(
            texts("李芳"),
            ["c李芳", "ilf", "flifang", "C芳", "If", "Ffang"]
        );
    }

    #[test]
    fn the_surname_reads_as_a_surname_and_as_a_character() {
        let keys = texts("单芳");
        assert_eq!(keys[..4], ["c单芳", "isf", "idf", "icf"]);
        assert!(keys.contains(&"fshanfang".to_owned()));
        assert!(keys.contains(&"fdanfang".to_owned()));
        assert_eq!(texts("尉迟恭")[..3], ["c尉迟恭", "iycg", "iwcg"]);
    }

    #[test]
    fn rare_characters_leave_a_question_mark() {
        let keys = texts("张\u{30EDE}");
        for key in ["c张\u{30EDE}", "c张?", "iz?", "fzhang?", "fzhang\u{30EDE}"] {
            assert!(keys.contains(&key.to_owned()), "{key} in {keys:?}");
        }
    }

    #[test]
    fn parts_are_found_without_the_dot() {
        let keys = texts("扎西·多吉");
        for key in ["c扎西多吉", "C多吉", "Idj", "Fduoji"] {
            assert!(keys.contains(&key.to_owned()), "{key} in {keys:?}");
        }
        assert_eq!(keys, texts("扎西・多吉"));
    }

    #[test]
    fn blank_names_have_no_keys() {
        assert!(keys_for_name(" · ").is_empty());
        assert!(keys_for_name("").is_empty());
    }

    #[test]
    fn prefix_ranges_hold_what_begins_with_the_prefix() {
        let (from, to) = ("fzhang", prefix_end("fzhang"));
        for inside in ["fzhang", "fzhangsan", "fzhang\u{30EDE}"] {
            assert!(from <= inside && inside < to.as_str());
        }
        assert!(to.as_str() < "fzhao" && "fzhan" < from);
    }

    proptest! {
        #[test]
        fn few_and_never_twice(name in "[单曾乐长行重朴缪解扎𬱖䶮\u{30EDE}·a-z]{0,20}") {
            let keys = keys_for_name(&name);
            prop_assert!(keys.len() <= MOST_KEYS, "{} keys", keys.len());
            for (index, key) in keys.iter().enumerate() {
                prop_assert!(!keys[..index].contains(key));
                prop_assert!(key.text.starts_with(key.kind.tag()) && key.text.len() > 1);
            }
        }

        #[test]
        fn any_text_will_do(name in "\\PC{0,40}") {
            prop_assert!(keys_for_name(&name).len() <= MOST_KEYS);
        }
    }
}
