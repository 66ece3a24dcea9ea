//! How typed letters may stand for the characters of a name.

use super::syllables::{LONGEST, begins_syllable, is_syllable};

/// Most ways that are followed up; letters that could be more are cut at the likeliest.
const MOST_WAYS: usize = 8;

/// The first letters of the characters that these letters may spell when some characters are
/// given in full and some by a first letter only: `zhangst` → `zst` (zhang·s·t), `zsan` → `zs`.
/// Fewest characters first. Nothing for letters that are whole syllables throughout, perhaps
/// with the last one unfinished, since those begin a full spelling anyway.
pub(super) fn mixed_initials(letters: &str) -> Vec<String> {
    ways(letters)
        .into_iter()
        .filter(|way| way.mixed)
        .map(|way| way.initials)
        .collect()
}

/// The first letters of the characters for every way of reading the letters.
pub(super) fn all_initials(letters: &str) -> Vec<String> {
    let mut all: Vec<String> = ways(letters).into_iter().map(|way| way.initials).collect();
    all.dedup();
    all
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Way {
    characters: usize,
    initials: String,
    /// Whether a character other than the last is given by its first letter or two only.
    mixed: bool,
}

/// Ways to read all the letters. For each length of the beginning only the best ways are kept.
fn ways(letters: &str) -> Vec<Way> {
    if !letters.is_ascii() {
        return Vec::new();
    }
    let start = Way {
        characters: 0,
        initials: String::new(),
        mixed: false,
    };
    let mut upto: Vec<Vec<Way>> = vec![Vec::new(); letters.len() + 1];
    upto[0].push(start);
    for from in 0..letters.len() {
        let mut known = std::mem::take(&mut upto[from]);
        known.sort();
        known.dedup();
        known.truncate(MOST_WAYS);
        for to in from + 1..=letters.len().min(from + LONGEST) {
            let piece = &letters[from..to];
            let last = to == letters.len() && begins_syllable(piece);
            // One vowel may be a syllable, but is rather the first letter of one.
            let whole = is_syllable(piece);
            let first_only = piece.len() == 1 || matches!(piece, "zh" | "ch" | "sh");
            if !(whole || first_only || last) {
                continue;
            }
            upto[to].extend(known.iter().map(|way| Way {
                characters: way.characters + 1,
                initials: format!("{}{}", way.initials, &piece[..1]),
                mixed: way.mixed || !last && (first_only || !whole),
            }));
        }
        upto[from] = known;
    }
    let mut all = upto.pop().unwrap_or_default();
    all.retain(|way| way.characters > 0);
    all.sort();
    all.dedup();
    all.truncate(MOST_WAYS);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_syllables_need_no_second_look() {
        assert!(mixed_initials("zhang").iter().all(|i| i != "z"));
        assert!(!mixed_initials("zhangsan").contains(&"zs".to_owned()));
        assert!(!mixed_initials("zhangs").contains(&"zs".to_owned()));
    }

    #[test]
    fn full_and_first_letters_mix() {
        assert!(mixed_initials("zhangst").contains(&"zst".to_owned()));
        assert!(mixed_initials("zsan").contains(&"zs".to_owned()));
        assert!(mixed_initials("zhsanf").contains(&"zsf".to_owned()));
        assert!(mixed_initials("lxiaop").contains(&"lxp".to_owned()));
    }

    #[test]
    fn fewest_characters_first() {
        assert_eq!(all_initials("xian")[0], "x");
        assert!(all_initials("xian").contains(&"xa".to_owned()));
        assert!(all_initials("张").is_empty() && all_initials("").is_empty());
    }

    #[test]
    fn endless_letters_end() {
        let ways = all_initials(&"zhangan".repeat(30));
        assert!(!ways.is_empty() && ways.len() <= MOST_WAYS);
    }
}
