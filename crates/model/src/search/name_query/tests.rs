use proptest::prelude::*;

use super::*;
use crate::search::keys::keys_for_name;

fn rank(typed: &str, name: &str) -> Option<Rank> {
    NameQuery::parse(typed).unwrap().rank(name)
}

/// Whether the index would hand the name to `rank` at all.
fn reached(typed: &str, name: &str) -> bool {
    let prefixes = NameQuery::parse(typed).unwrap().prefixes();
    let keys = keys_for_name(name);
    keys.iter()
        .any(|key| prefixes.iter().any(|prefix| key.text.starts_with(prefix)))
}

#[test]
fn ranks_in_the_order_of_telling() {
    for (typed, expected) in [
        ("张三丰", Some(Rank::Exact)),
        ("张三", Some(Rank::CharsPrefix)),
        ("zsf", Some(Rank::Initials)),
        ("zs", Some(Rank::Initials)),
        ("Z", Some(Rank::Initials)),
        ("zhangsanfeng", Some(Rank::FullPrefix)),
        ("zhang", Some(Rank::FullPrefix)),
        ("zhangsanf", Some(Rank::FullPrefix)),
        ("zhangsf", Some(Rank::FullPrefix)),
        ("zsanfeng", Some(Rank::FullPrefix)),
        ("zhsf", Some(Rank::FullPrefix)),
        ("张sf", Some(Rank::FullPrefix)),
        ("zhang三", Some(Rank::FullPrefix)),
        ("三丰", Some(Rank::Inner)),
        ("丰", Some(Rank::Inner)),
        ("sanfeng", Some(Rank::Inner)),
        ("sf", Some(Rank::Inner)),
        ("李", None),
        ("zhangwu", None),
        ("zhangsanfengx", None),
        ("张丰", None),
    ] {
        assert_eq!(rank(typed, "张三丰"), expected, "{typed}");
        assert!(
            expected.is_none() || reached(typed, "张三丰"),
            "{typed} isn't reached"
        );
    }
}

#[test]
fn every_reading_finds() {
    for (typed, name) in [
        ("shanxiongxin", "单雄信"),
        ("danxiongxin", "单雄信"),
        ("sxx", "单雄信"),
        ("qiu", "仇英"),
        ("xiez", "解珍"),
        ("ychi", "尉迟恭"),
        ("yuchigong", "尉迟恭"),
        ("zhale", "查乐"),
        ("zhayue", "查乐"),
        ("qin", "覃秀"),
        ("tan", "覃秀"),
        ("lv", "吕布"),
        ("lü", "吕布"),
        ("lub", "吕布"),
    ] {
        assert!(rank(typed, name).is_some(), "{typed} for {name}");
        assert!(reached(typed, name), "{typed} doesn't reach {name}");
    }
}

#[test]
fn names_that_cannot_be_typed_can_be_found() {
    for (typed, name) in [
        ("张？", "张\u{30EDE}"),
        ("张?", "张\u{30EDE}"),
        ("张\u{30EDE}", "张\u{30EDE}"),
        ("z?", "张\u{30EDE}"),
        ("zhang?", "张\u{30EDE}"),
        ("扎西多吉", "扎西·多吉"),
        ("扎西•多吉", "扎西·多吉"),
        ("duoji", "扎西·多吉"),
        ("dj", "扎西·多吉"),
        ("ana", "Ana Maria Silva"),
        ("maria", "Ana Maria Silva"),
        ("ams", "Ana Maria Silva"),
    ] {
        assert!(rank(typed, name).is_some(), "{typed} for {name}");
        assert!(reached(typed, name), "{typed} doesn't reach {name}");
    }
    assert_eq!(rank("张?", "张妍"), None);
}

#[test]
fn not_every_text_is_a_name() {
    for typed in ["", "  ", "501", "3-2-501", "张3", "?", "·", "#"] {
        assert_eq!(NameQuery::parse(typed), None, "{typed}");
    }
}

/// A name and a way to type its beginning: each character itself, in full or by first letter.
fn typed_name() -> impl Strategy<Value = (String, String)> {
    let surname = prop::sample::select(vec!["单", "曾", "张", "欧阳", "尉迟", "王", "覃", "赵"]);
    let given = prop::collection::vec(
        prop::sample::select(
            "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂"
                .chars()
                .collect::<Vec<_>>(),
        ),
        1..=2,
    );
    (surname, given, prop::collection::vec(0..3u8, 4)).prop_map(|(surname, given, ways)| {
        let name: String = surname.chars().chain(given).collect();
        let typed = read_name(&name)
            .syllables
            .iter()
            .zip(ways)
            .map(|(syllable, way)| match (way, syllable.readings.first()) {
                (1, Some(reading)) => reading.clone(),
                (2, Some(reading)) => reading[..1].to_owned(),
                _ => syllable.text.clone(),
            })
            .collect();
        (name, typed)
    })
}

proptest! {
    #[test]
    fn however_a_name_is_typed_it_is_reached_and_accepted((name, typed) in typed_name()) {
        let mut upto = String::new();
        for c in typed.chars() {
            upto.push(c);
            prop_assert!(rank(&upto, &name).is_some(), "{} for {}", upto, name);
            prop_assert!(reached(&upto, &name), "{} doesn't reach {}", upto, name);
        }
    }

    #[test]
    fn any_text_will_do(typed in "\\PC{0,40}", name in "\\PC{0,20}") {
        if let Some(query) = NameQuery::parse(&typed) {
            prop_assert!(!query.prefixes().is_empty());
            let _ = query.rank(&name);
        }
    }
}
