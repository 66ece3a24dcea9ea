//! How a name reads: its parts, each with every reading.

use pinyin::ToPinyinMulti;

use super::fold::fold;
use super::surnames::surname;

/// Somebody who can't type a character types this in its place.
pub(super) const UNTYPABLE: &str = "?";

/// A piece of a name that is read as one: a Chinese character, or a word in other letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Syllable {
    /// The character or the word, folded.
    pub(super) text: String,
    /// How it can be typed in letters, the likeliest first; empty for a character nobody reads.
    pub(super) readings: Vec<String>,
    /// Whether many phones can't type it: outside the common block, or without a known reading.
    pub(super) rare: bool,
}

impl Syllable {
    /// What stands for it in a key of letters: its readings, and for a rare character also the
    /// character itself and the question mark.
    pub(super) fn spellings(&self) -> Vec<&str> {
        let mut spellings: Vec<&str> = self.readings.iter().map(String::as_str).collect();
        if self.rare {
            spellings.extend([self.text.as_str(), UNTYPABLE]);
        }
        spellings
    }
}

/// A name taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    /// Its pieces in order.
    pub(super) syllables: Vec<Syllable>,
    /// Where a search may begin other than at the front, the likeliest first: after a dot in a
    /// name of several parts, then after the surname.
    pub(super) starts: Vec<usize>,
}

/// Every reading of a character, without tones, ü as v and also as u, the commonest first.
pub(super) fn readings_of(c: char) -> Vec<&'static str> {
    let mut readings = Vec::new();
    let known = c.to_pinyin_multi().into_iter().flatten();
    for reading in known.flat_map(|reading| typed(reading.plain())) {
        if !readings.contains(&reading) {
            readings.push(reading);
        }
    }
    readings
}

/// How a reading is typed. Interjections (m, ng, hm) are no way to type a name.
fn typed(plain: &'static str) -> impl Iterator<Item = &'static str> {
    let (first, second) = match plain {
        "lü" => ("lv", "lu"),
        "lüe" => ("lve", "lue"),
        "nü" => ("nv", "nu"),
        "nüe" => ("nve", "nue"),
        _ if plain.is_ascii() && plain.contains(['a', 'e', 'i', 'o', 'u']) => (plain, plain),
        _ => ("", ""),
    };
    [first, second]
        .into_iter()
        .filter(|reading| !reading.is_empty())
}

/// Takes a name apart. Dots, blanks and dashes divide its parts and are not searched for.
pub(super) fn read_name(name: &str) -> Reading {
    let folded = fold(name);
    let mut syllables: Vec<Syllable> = Vec::new();
    let mut starts = Vec::new();
    let divides = |c: char| c == '·' || c == '.' || c == '-' || c.is_whitespace();
    for part in folded.split(divides).filter(|part| !part.is_empty()) {
        if !syllables.is_empty() {
            starts.push(syllables.len());
        }
        read_part(part, &mut syllables);
    }
    let end = read_surname(&mut syllables);
    if starts.is_empty() && end < syllables.len() {
        starts.push(end);
    }
    Reading { syllables, starts }
}

fn read_part(part: &str, syllables: &mut Vec<Syllable>) {
    let mut word = String::new();
    for c in part.chars() {
        if c.is_ascii_alphanumeric() {
            word.push(c);
            continue;
        }
        push_word(&mut word, syllables);
        let readings: Vec<String> = readings_of(c).into_iter().map(str::to_owned).collect();
        let rare = readings.is_empty() || !('\u{4E00}'..='\u{9FFF}').contains(&c);
        syllables.push(Syllable {
            text: c.to_string(),
            readings,
            rare,
        });
    }
    push_word(&mut word, syllables);
}

fn push_word(word: &mut String, syllables: &mut Vec<Syllable>) {
    if !word.is_empty() {
        let text = std::mem::take(word);
        syllables.push(Syllable {
            readings: vec![text.clone()],
            text,
            rare: false,
        });
    }
}

/// Puts the surname's own readings first and returns how many syllables it has.
fn read_surname(syllables: &mut [Syllable]) -> usize {
    for length in [2, 1] {
        let Some(front) = syllables.get_mut(..length) else {
            continue;
        };
        let text: String = front.iter().map(|s| s.text.as_str()).collect();
        let Some(readings) = surname(&text) else {
            continue;
        };
        for reading in readings.iter().rev() {
            for (syllable, spelled) in front.iter_mut().zip(reading.split(' ')) {
                syllable.readings.retain(|known| known != spelled);
                syllable.readings.insert(0, spelled.to_owned());
            }
        }
        return length;
    }
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn readings(name: &str) -> Vec<Vec<String>> {
        read_name(name)
            .syllables
            .into_iter()
            .map(|s| s.readings)
            .collect()
    }

    #[test]
    fn surnames_read_as_surnames_first() {
        for (name, reading) in [
            ("单雄", "shan"),
            ("曾国", "zeng"),
            ("仇英", "qiu"),
            ("解珍", "xie"),
            ("查良", "zha"),
            ("朴树", "piao"),
            ("区志", "ou"),
            ("盖伦", "ge"),
            ("任贤", "ren"),
            ("华佗", "hua"),
            ("覃秀", "qin"),
            ("缪昌", "miao"),
            ("乐毅", "yue"),
            ("张三", "zhang"),
        ] {
            assert_eq!(readings(name)[0][0], reading, "{name}");
        }
        assert_eq!(readings("覃")[0][..2], ["qin", "tan"]);
        assert!(readings("单雄")[0].contains(&"dan".to_owned()));
    }

    #[test]
    fn double_surnames() {
        let first = |name: &str| -> Vec<String> {
            readings(name)
                .into_iter()
                .map(|mut r| r.remove(0))
                .collect()
        };
        assert_eq!(first("尉迟恭"), ["yu", "chi", "gong"]);
        assert_eq!(first("长孙无忌"), ["zhang", "sun", "wu", "ji"]);
        assert_eq!(first("欧阳修"), ["ou", "yang", "xiu"]);
        assert_eq!(read_name("欧阳修").starts, [2]);
        assert_eq!(read_name("张三丰").starts, [1]);
        assert_eq!(read_name("长城").starts, [1]);
    }

    #[test]
    fn names_of_several_parts() {
        let name = read_name("扎西·多吉");
        assert_eq!(name.syllables.len(), 4);
        assert_eq!(name.starts, [2]);
        assert_eq!(read_name("Ana Maria Silva").starts, [1, 2]);
        assert_eq!(read_name("Ana Maria").syllables[0].readings, ["ana"]);
    }

    #[test]
    fn rare_characters_can_be_skipped() {
        let rare = read_name("张𬱖");
        assert!(rare.syllables[1].rare);
        assert!(rare.syllables[1].spellings().ends_with(&["𬱖", "?"]));
        let unread = read_name("张\u{2FFFD}");
        assert_eq!(unread.syllables[1].spellings(), ["\u{2FFFD}", "?"]);
        assert_eq!(
            read_name("张䶮").syllables[1].spellings(),
            ["yan", "䶮", "?"]
        );
        assert!(!read_name("张妍").syllables[1].rare);
    }

    #[test]
    fn u_with_dots_is_typed_v_or_u() {
        assert_eq!(readings("吕布")[0], ["lv", "lu"]);
    }
}
