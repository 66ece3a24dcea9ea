//! What somebody typed into the one search field.

use super::address::{AddressQuery, parse_address};
use super::fold::fold;
use super::name_query::NameQuery;
use super::phone::phone_prefix;

/// What a text consists of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Typed {
    /// Nothing to search for.
    Nothing,
    /// Chinese characters, perhaps with letters among them.
    Han,
    /// Letters only: pinyin in full, first letters or a mixture, or a name in other letters.
    Letters,
    /// Digits only: the end of a telephone number, or a room.
    Digits,
    /// An address, by its marks or dashes.
    Address,
    /// Signs that none of the others explains.
    Other,
}

/// A typed text in every way it can be meant. `501` is a room and the end of a telephone number;
/// `三栋` an address and, for all one knows, a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// What it most looks like: whose matches to show first.
    pub typed: Typed,
    /// Folded, for comparing with names of places and nicknames of buildings.
    pub text: String,
    /// As a person's name.
    pub name: Option<NameQuery>,
    /// As an address, the likeliest reading first.
    pub addresses: Vec<AddressQuery>,
    /// As the end of a telephone number: a prefix of [`phone_key`](super::phone_key).
    pub phone: Option<String>,
}

impl Query {
    /// Reads a typed text.
    pub fn parse(typed: &str) -> Self {
        let text = fold(typed);
        let name = NameQuery::parse(typed);
        let addresses = parse_address(typed);
        let typed = classify(&text, name.is_some(), !addresses.is_empty());
        Self {
            typed,
            phone: phone_prefix(&text),
            text,
            name,
            addresses,
        }
    }
}

fn classify(text: &str, is_name: bool, is_address: bool) -> Typed {
    if text.is_empty() {
        Typed::Nothing
    } else if text.bytes().all(|b| b.is_ascii_digit()) {
        Typed::Digits
    } else if is_address {
        Typed::Address
    } else if is_name
        && text
            .chars()
            .any(|c| c.is_alphabetic() && !c.is_ascii() && c != 'ü')
    {
        Typed::Han
    } else if is_name {
        Typed::Letters
    } else {
        Typed::Other
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tells_what_was_typed() {
        for (text, typed) in [
            ("", Typed::Nothing),
            ("　", Typed::Nothing),
            ("张三", Typed::Han),
            ("张san", Typed::Han),
            ("扎西·多吉", Typed::Han),
            ("丁一", Typed::Han),
            ("老供销社宿舍", Typed::Han),
            ("zhangst", Typed::Letters),
            ("lü", Typed::Letters),
            ("501", Typed::Digits),
            ("１２３４", Typed::Digits),
            ("3-2-501", Typed::Address),
            ("三栋", Typed::Address),
            ("A座", Typed::Address),
            ("501A", Typed::Address),
            ("?!", Typed::Other),
        ] {
            assert_eq!(Query::parse(text).typed, typed, "{text}");
        }
    }

    #[test]
    fn digits_are_a_room_and_a_telephone() {
        let query = Query::parse("1203");
        assert_eq!(query.phone.as_deref(), Some("3021"));
        assert_eq!(query.addresses[0].room.as_deref(), Some("1203"));
        assert_eq!(query.name, None);
        assert!(Query::parse("12900001234").addresses.is_empty());
    }

    proptest! {
        #[test]
        fn any_text_will_do(text in "\\PC{0,60}") {
            Query::parse(&text);
        }

        #[test]
        fn any_address_like_text_will_do(
            text in "[0-9A-Ca-c一二三四五十百零〇负夹层楼栋幢座单元号室门甲东#\\- /苑张]{0,24}"
        ) {
            Query::parse(&text);
            crate::search::normal_room(&text);
            crate::search::normal_unit(&text);
            crate::search::normal_building(&text);
        }
    }
}
