//! Cutting an address into numbers, the marks behind them and the words between.

use crate::search::fold::{chinese_number, fold, is_chinese_numeral};

/// One piece of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A number with what belongs to it.
    Number(Number),
    /// What the number before it counts.
    Mark(Mark, String),
    /// A dash, slash, comma or blank.
    Divider,
    /// Anything else.
    Words(String),
}

/// A number, perhaps with a letter: `501`, `501A`, `A1201`, `A`, `甲`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    /// In normal form, without the sign.
    pub(super) text: String,
    /// As it was written.
    pub(super) raw: String,
    /// Below ground.
    pub(super) below: bool,
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// 栋 幢 座 号楼 #
    Building,
    /// 单元 门 梯
    Unit,
    /// 层
    Floor,
    /// 楼: a floor, or in the north a building.
    Lou,
    /// 室 号 户 房
    Room,
}

/// Marks, those first that begin with another.
const MARKS: &[(&str, Mark)] = &[
    ("号楼", Mark::Building),
    ("号栋", Mark::Building),
    ("#楼", Mark::Building),
    ("栋", Mark::Building),
    ("幢", Mark::Building),
    ("座", Mark::Building),
    ("#", Mark::Building),
    ("单元", Mark::Unit),
    ("门洞", Mark::Unit),
    ("单", Mark::Unit),
    ("门", Mark::Unit),
    ("梯", Mark::Unit),
    ("层", Mark::Floor),
    ("楼", Mark::Lou),
    ("号房", Mark::Room),
    ("室", Mark::Room),
    ("号", Mark::Room),
    ("户", Mark::Room),
    ("房", Mark::Room),
];

/// Characters that number buildings and units without being numbers.
const NAMED: &str = "甲乙丙丁戊己东西南北中";

impl Number {
    /// Whether it is digits only.
    pub(super) fn is_plain(&self) -> bool {
        !self.below && self.text.bytes().all(|b| b.is_ascii_digit())
    }

    /// How many digits it has, letters aside.
    pub(super) fn digits(&self) -> usize {
        self.text.bytes().filter(u8::is_ascii_digit).count()
    }

    /// With the sign: `B` for below ground.
    pub(super) fn signed(&self) -> String {
        if self.below {
            format!("B{}", self.text)
        } else {
            self.text.clone()
        }
    }
}

/// Cuts a text into pieces. Letters come out in capitals, digits half-width.
pub(super) fn scan(typed: &str) -> Vec<Token> {
    let folded = fold(typed).to_ascii_uppercase();
    let folded = close_up(&folded)
        .replace("无单元", "")
        .replace("地下", "负");
    let text: Vec<char> = arabic(&folded).chars().filter(|c| *c != '第').collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < text.len() {
        at += take(&text[at..], text[..at].last().copied(), &mut tokens);
    }
    tokens
}

/// Takes the next piece off the front and says how many characters it had.
fn take(rest: &[char], before: Option<char>, tokens: &mut Vec<Token>) -> usize {
    let after_number = matches!(tokens.last(), Some(Token::Number(_)));
    if after_number && let Some((mark, length)) = mark_at(rest) {
        tokens.push(Token::Mark(mark, rest[..length].iter().collect()));
        return length;
    }
    let opens = tokens.is_empty() || matches!(tokens.last(), Some(Token::Divider));
    let signed = rest[0] == '负' || (rest[0] == '-' && opens);
    if signed && let Some((mut number, length)) = number_at(&rest[1..], None, false) {
        number.below = true;
        number.raw.insert(0, rest[0]);
        tokens.push(Token::Number(number));
        return length + 1;
    }
    if rest.starts_with(&['夹']) {
        let length = if rest.starts_with(&['夹', '层']) {
            2
        } else {
            1
        };
        tokens.push(Token::Number(Number {
            text: "J".to_owned(),
            raw: rest[..length].iter().collect(),
            below: false,
        }));
        return length;
    }
    let numbered = tokens.iter().any(|token| matches!(token, Token::Number(_)));
    if let Some((number, length)) = number_at(rest, before, numbered) {
        tokens.push(Token::Number(number));
        return length;
    }
    if matches!(
        rest[0],
        '-' | '/' | '#' | '·' | ',' | '、' | '，' | '_' | ' ' | '|' | '\\'
    ) {
        tokens.push(Token::Divider);
        return 1;
    }
    match tokens.last_mut() {
        Some(Token::Words(words)) => words.push(rest[0]),
        _ => tokens.push(Token::Words(rest[0].to_string())),
    }
    1
}

fn mark_at(rest: &[char]) -> Option<(Mark, usize)> {
    MARKS.iter().find_map(|(text, mark)| {
        let length = text.chars().count();
        let found = rest.len() >= length && text.chars().eq(rest[..length].iter().copied());
        // 5号线, 3号院, 2门市: the word goes on, so it is a name.
        let goes_on = rest.get(length).is_some_and(|next| {
            matches!(*text, "号" | "门" | "单" | "户" | "房" | "楼" | "层" | "室")
                && is_han(*next)
                && !NAMED.contains(*next)
                && !matches!(next, '负' | '夹')
        });
        (found && !goes_on).then_some((*mark, length))
    })
}

/// A number at the front. A letter alone is one before a building's or unit's mark, and behind
/// other numbers (`501-A`).
fn number_at(rest: &[char], before: Option<char>, numbered: bool) -> Option<(Number, usize)> {
    let in_word = |c: Option<&char>| c.is_some_and(char::is_ascii_alphabetic);
    let lead = usize::from(rest.first().is_some_and(char::is_ascii_alphabetic));
    if lead == 1 && in_word(before.as_ref()) {
        return None;
    }
    let digits = rest[lead..]
        .iter()
        .take_while(|c| c.is_ascii_digit())
        .count();
    let mut length = lead + digits;
    if digits == 0 {
        let alone = lead == 1 && !in_word(rest.get(1));
        let named = rest.first().is_some_and(|c| NAMED.contains(*c));
        let marked = rest
            .get(1..)
            .and_then(mark_at)
            .is_some_and(|(mark, _)| matches!(mark, Mark::Building | Mark::Unit));
        if !((alone && (marked || numbered)) || (named && marked)) {
            return None;
        }
        length = 1;
    } else if in_word(rest.get(length)) && !in_word(rest.get(length + 1)) {
        length += 1;
    } else if in_word(rest.get(length)) {
        return None;
    }
    let raw: String = rest[..length].iter().collect();
    Some((
        Number {
            text: without_zeros(&raw),
            raw,
            below: false,
        },
        length,
    ))
}

/// Drops zeros in front of a number's digits, the last one excepted.
fn without_zeros(number: &str) -> String {
    let lead = number.chars().take_while(char::is_ascii_alphabetic).count();
    let (lead, digits) = number.split_at(lead);
    let mut short = digits;
    while let Some(rest) = short.strip_prefix('0')
        && rest.starts_with(|c: char| c.is_ascii_digit())
    {
        short = rest;
    }
    format!("{lead}{short}")
}

/// Drops blanks beside Chinese characters; between letters and digits they divide.
fn close_up(text: &str) -> String {
    let mut closed = String::new();
    for word in text.split_whitespace() {
        let divided = closed.ends_with(|c| !is_han(c)) && word.starts_with(|c| !is_han(c));
        if divided {
            closed.push(' ');
        }
        closed.push_str(word);
    }
    closed
}

/// Writes Chinese numbers in digits where they number something, and leaves them in names
/// (百合苑, 五一路).
fn arabic(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::new();
    let mut at = 0;
    while at < chars.len() {
        let length = chars[at..]
            .iter()
            .take_while(|c| is_chinese_numeral(**c))
            .count();
        if length == 0 {
            out.push(chars[at]);
            at += 1;
            continue;
        }
        let run: String = chars[at..at + length].iter().collect();
        let after = &chars[at + length..];
        let before = at.checked_sub(1).map(|i| chars[i]);
        let marked = mark_at(after).is_some() || after.starts_with(&['夹']);
        let closed = after.first().is_none_or(|c| !is_han(*c));
        let opened = before.is_none_or(|c| !is_han(c) || ends_mark(c));
        let numbers = marked || (closed && opened && (length > 2 || before.is_some()));
        match chinese_number(&run).filter(|_| numbers) {
            Some(digits) => out.push_str(&digits),
            None => out.push_str(&run),
        }
        at += length;
    }
    out
}

/// Whether a character may stand right before a number: the end of a mark, or a sign.
fn ends_mark(c: char) -> bool {
    matches!(c, '负' | '第' | '夹') || MARKS.iter().any(|(mark, _)| mark.ends_with(c))
}

fn is_han(c: char) -> bool {
    u32::from(c) >= 0x2E80 && c.is_alphabetic()
}
