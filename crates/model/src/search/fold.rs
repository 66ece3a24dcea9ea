//! Bringing what was typed to one way of writing.

/// Full-width letters and digits become half-width, letters small, the many dashes and dots one
/// each, brackets and blanks at the ends go. What it returns is compared, never shown.
pub fn fold(text: &str) -> String {
    text.trim()
        .chars()
        .map(fold_char)
        .flat_map(char::to_lowercase)
        .collect()
}

fn fold_char(c: char) -> char {
    match c {
        '\u{3000}' | '\t' | '\n' | '\r' => ' ',
        '\u{FF01}'..='\u{FF5E}' => half_width(c),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '﹣' | '~' | '〜' => '-',
        '•' | '・' | '･' | '‧' | '∙' | '⋅' | '●' => '·',
        _ => c,
    }
}

/// The ASCII character that a full-width one stands for.
fn half_width(c: char) -> char {
    let half = u32::from(c) - 0xFEE0;
    match char::from_u32(half) {
        Some('~') => '-',
        Some('.') => '·',
        Some(half) => half,
        None => c,
    }
}

/// The value of a Chinese digit; `None` for any other character.
pub(super) fn chinese_digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '贰' | '两' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// Whether a character can be part of a number in Chinese writing.
pub(super) fn is_chinese_numeral(c: char) -> bool {
    chinese_digit(c).is_some() || c == '十' || c == '百'
}

/// A number in Chinese writing, counted (二十三) or spelled digit by digit (五零一). `None` when
/// it is neither.
pub(super) fn chinese_number(text: &str) -> Option<String> {
    if !text.contains(['十', '百']) {
        let digits: Option<String> = text
            .chars()
            .map(|c| chinese_digit(c).and_then(|d| char::from_digit(d, 10)))
            .collect();
        return digits.filter(|digits| !digits.is_empty());
    }
    let (hundreds, rest) = match text.split_once('百') {
        Some((hundreds, rest)) => (single(hundreds)?, rest),
        None => (0, text),
    };
    let (tens, ones) = match rest.split_once('十') {
        Some((tens, ones)) => (
            single(tens.trim_start_matches('零')).or(one_if_blank(tens))?,
            ones,
        ),
        None => (0, rest),
    };
    let ones = ones.trim_start_matches(['零', '〇']);
    let ones = if ones.is_empty() { 0 } else { single(ones)? };
    Some((hundreds * 100 + tens * 10 + ones).to_string())
}

fn single(text: &str) -> Option<u32> {
    let mut chars = text.chars();
    let digit = chinese_digit(chars.next()?)?;
    chars.next().is_none().then_some(digit)
}

fn one_if_blank(text: &str) -> Option<u32> {
    text.is_empty().then_some(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_widths_and_dashes() {
        assert_eq!(fold(" ３栋—２单元—５０１Ａ　"), "3栋-2单元-501a");
        assert_eq!(fold("张？"), "张?");
        assert_eq!(fold("扎西・多吉"), "扎西·多吉");
        assert_eq!(fold("Zhang"), "zhang");
    }

    #[test]
    fn reads_chinese_numbers() {
        let read = |text| chinese_number(text).unwrap();
        assert_eq!(read("五零一"), "501");
        assert_eq!(read("一二〇三"), "1203");
        assert_eq!(read("十"), "10");
        assert_eq!(read("十二"), "12");
        assert_eq!(read("二十"), "20");
        assert_eq!(read("二十三"), "23");
        assert_eq!(read("五百零一"), "501");
        assert_eq!(read("一百二十三"), "123");
        assert_eq!(read("两"), "2");
        assert_eq!(chinese_number("三丰"), None);
        assert_eq!(chinese_number("二三十"), None);
        assert_eq!(chinese_number(""), None);
    }
}
