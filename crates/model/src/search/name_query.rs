//! A name as somebody types it: characters, pinyin in full, first letters, or any mixture.

use super::fold::fold;
use super::keys::{KeyKind, inner_char_starts, inner_letter_starts};
use super::readings::{Reading, Syllable, UNTYPABLE, read_name};
use super::spelling::{all_initials, mixed_initials};

/// How well a name matches. Earlier is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// These very characters.
    Exact,
    /// The name begins with these characters.
    CharsPrefix,
    /// The first letters of the name, or of its beginning.
    Initials,
    /// The name begins so, in letters or a mixture.
    FullPrefix,
    /// The given name, or a later part, begins so.
    Inner,
}

/// What was typed, as a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameQuery {
    /// Folded, without blanks and dots.
    text: String,
}

impl NameQuery {
    /// Reads a typed text as a name; `None` when it can't be one: blank, or with digits or
    /// signs in it.
    pub fn parse(typed: &str) -> Option<Self> {
        let text: String = fold(typed)
            .chars()
            .filter(|c| !(c.is_whitespace() || matches!(c, '·' | '.' | '-' | '\'')))
            .map(|c| if c == 'ü' { 'v' } else { c })
            .collect();
        let fits = |c: char| c.is_alphabetic() || c == '?';
        let named = text.chars().any(char::is_alphabetic) && text.chars().all(fits);
        named.then_some(Self { text })
    }

    /// Prefixes of keys, the likeliest first: every name that [`rank`](Self::rank) accepts has a
    /// key that begins with one of them (save for names with more readings than are indexed).
    /// The reverse does not hold, so ask `rank` about every name found.
    pub fn prefixes(&self) -> Vec<String> {
        let letters: String = self
            .text
            .chars()
            .take_while(char::is_ascii_alphabetic)
            .collect();
        let mut prefixes = Vec::new();
        let mut push = |kind: KeyKind, text: &str| {
            let prefix = format!("{}{text}", kind.tag());
            if !prefixes.contains(&prefix) {
                prefixes.push(prefix);
            }
        };
        if letters.is_empty() {
            // Letters after the characters are left to `rank`.
            let chars: String = self
                .text
                .chars()
                .take_while(|c| !c.is_ascii_alphabetic())
                .collect();
            push(KeyKind::Chars, &chars);
            push(KeyKind::InnerChars, &chars);
        } else if letters.len() == self.text.len() {
            // A name in other letters than Chinese is a word, which its full key begins with.
            push(KeyKind::Initials, &letters);
            push(KeyKind::Full, &letters);
            let mixed = mixed_initials(&letters);
            mixed
                .iter()
                .for_each(|initials| push(KeyKind::Initials, initials));
            push(KeyKind::InnerInitials, &letters);
            push(KeyKind::InnerFull, &letters);
            mixed
                .iter()
                .for_each(|initials| push(KeyKind::InnerInitials, initials));
        } else {
            for initials in all_initials(&letters) {
                push(KeyKind::Initials, &initials);
                push(KeyKind::InnerInitials, &initials);
            }
        }
        prefixes
    }

    /// How well a name matches; `None` when it doesn't.
    pub fn rank(&self, name: &str) -> Option<Rank> {
        let reading = read_name(name);
        let chars: String = reading.syllables.iter().map(|s| s.text.as_str()).collect();
        if chars == self.text {
            return Some(Rank::Exact);
        }
        let whole = &reading.syllables;
        if begins_with_chars(whole, &self.text) {
            return Some(Rank::CharsPrefix);
        }
        if begins_with_initials(whole, &self.text) {
            return Some(Rank::Initials);
        }
        if begins_with(whole, &self.text) {
            return Some(Rank::FullPrefix);
        }
        self.is_inside(&reading).then_some(Rank::Inner)
    }

    fn is_inside(&self, reading: &Reading) -> bool {
        let by_letters = self.text.starts_with(|c: char| c.is_ascii_alphabetic());
        let from_chars = if by_letters {
            Vec::new()
        } else {
            inner_char_starts(reading)
        };
        let starts = from_chars.iter().chain(inner_letter_starts(reading));
        starts
            .filter_map(|start| reading.syllables.get(*start..))
            .any(|rest| begins_with(rest, &self.text))
    }
}

fn begins_with_chars(syllables: &[Syllable], typed: &str) -> bool {
    let mut rest = typed;
    for syllable in syllables {
        if rest.is_empty() {
            break;
        }
        match after_char(syllable, rest) {
            Some(after) => rest = after,
            None => return syllable.text.starts_with(rest),
        }
    }
    rest.is_empty()
}

fn begins_with_initials(syllables: &[Syllable], typed: &str) -> bool {
    let mut syllables = syllables.iter();
    typed.chars().all(|c| {
        let starts = |s: &Syllable| s.spellings().iter().any(|spelling| spelling.starts_with(c));
        syllables.next().is_some_and(starts)
    })
}

/// Whether the syllables can be typed so, each as its character, in full or by a first letter,
/// the last one as far as typed.
fn begins_with(syllables: &[Syllable], typed: &str) -> bool {
    if typed.is_empty() {
        return true;
    }
    let Some((first, rest)) = syllables.split_first() else {
        return false;
    };
    if after_char(first, typed).is_some_and(|after| begins_with(rest, after)) {
        return true;
    }
    first.readings.iter().any(|reading| {
        if reading.starts_with(typed) {
            return true;
        }
        let mut cuts = vec![reading.len(), 1];
        if reading.starts_with("zh") || reading.starts_with("ch") || reading.starts_with("sh") {
            cuts.push(2);
        }
        cuts.into_iter().any(|cut| {
            let after = reading
                .get(..cut)
                .and_then(|piece| typed.strip_prefix(piece));
            after.is_some_and(|after| begins_with(rest, after))
        })
    })
}

/// What is left after the syllable's own character, or after the mark that stands for one that
/// can't be typed.
fn after_char<'a>(syllable: &Syllable, typed: &'a str) -> Option<&'a str> {
    let skipped = if syllable.rare {
        typed.strip_prefix(UNTYPABLE)
    } else {
        None
    };
    skipped.or_else(|| typed.strip_prefix(syllable.text.as_str()))
}

#[cfg(test)]
mod tests;
