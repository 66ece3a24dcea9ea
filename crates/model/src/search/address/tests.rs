use proptest::prelude::*;

use super::*;

fn door(building: &str, unit: &str, room: &str) -> AddressQuery {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    AddressQuery {
        place: None,
        building: some(building),
        unit: some(unit),
        room: some(room),
    }
}

fn first(typed: &str) -> AddressQuery {
    parse_address(typed).into_iter().next().unwrap_or_default()
}

#[test]
fn one_door_in_many_writings() {
    for typed in [
        "3栋2单元501",
        "3-2-501",
        "3#2-501",
        "三栋二单元五零一",
        "32501",
        "3幢2单元501室",
        "３栋２单元５０１",
        "3号楼2单元501号",
        "3 2 501",
        "3 栋 2 单元 501",
        "3/2/501",
        "第三栋第二单元五百零一室",
        "3栋2门501",
        "3#楼2单元0501",
        "03-02-0501",
        "3楼2单元501",
        "3栋2单元5楼1号",
        "3栋2单元5层01室",
        "3—2—501",
    ] {
        assert_eq!(first(typed), door("3", "2", "501"), "{typed}");
    }
}

#[test]
fn together_it_can_mean_several_doors() {
    let all = parse_address("32501");
    for meant in [
        door("3", "2", "501"),
        door("32", "", "501"),
        door("3", "", "2501"),
        door("", "", "32501"),
    ] {
        assert!(all.contains(&meant), "{meant:?} in {all:?}");
    }
    let all = parse_address("122501");
    for meant in [
        door("12", "2", "501"),
        door("1", "2", "2501"),
        door("12", "", "2501"),
    ] {
        assert!(all.contains(&meant), "{meant:?} in {all:?}");
    }
    assert_eq!(parse_address("501"), [door("", "", "501")]);
    assert_eq!(
        parse_address("2501"),
        [door("", "", "2501"), door("2", "", "501")]
    );
    assert_eq!(parse_address("32501A")[0], door("3", "2", "501A"));
}

#[test]
fn blocks_without_units() {
    assert_eq!(first("3栋501"), door("3", "", "501"));
    assert_eq!(first("3栋无单元501"), door("3", "", "501"));
    assert_eq!(first("3-0-501"), door("3", "", "501"));
    assert_eq!(first("A座1201"), door("A", "", "1201"));
    assert_eq!(first("a1201"), door("A", "", "1201"));
    assert_eq!(first("甲栋301"), door("甲", "", "301"));
    assert_eq!(first("3楼501"), door("3", "", "501"));
    let all = parse_address("3-501");
    assert_eq!(all, [door("3", "", "501"), door("", "3", "501")]);
    let all = parse_address("3-2501");
    assert!(all.contains(&door("3", "", "2501")) && all.contains(&door("3", "2", "501")));
}

#[test]
fn as_much_as_was_typed() {
    assert_eq!(first("3栋"), door("3", "", ""));
    assert_eq!(first("3栋2单元"), door("3", "2", ""));
    assert_eq!(first("2单元501"), door("", "2", "501"));
    assert_eq!(first("501室"), door("", "", "501"));
    assert_eq!(
        parse_address("3-2"),
        [door("3", "2", ""), door("3", "", "2")]
    );
    assert_eq!(first("3-2-5"), door("3", "2", "5"));
    assert_eq!(first("3栋东单元501"), door("3", "东", "501"));
}

#[test]
fn odd_rooms() {
    assert_eq!(first("3栋2单元501A"), door("3", "2", "501A"));
    assert_eq!(first("3-2-501-a"), door("3", "2", "501A"));
    assert_eq!(first("501-A"), door("", "", "501A"));
    assert_eq!(first("3-2-501-1"), door("3", "2", "501-1"));
    assert_eq!(first("3栋2单元负一层"), door("3", "2", "B1"));
    assert_eq!(first("3栋负101"), door("3", "", "B101"));
    assert_eq!(first("3栋负一层03号"), door("3", "", "B103"));
    assert_eq!(first("3栋夹层"), door("3", "", "J"));
    assert_eq!(first("3栋一楼夹层"), door("3", "", "1J"));
    assert_eq!(first("3栋5楼"), door("3", "", "5F"));
    assert_eq!(first("3栋2单元阁楼"), door("3", "2", "阁楼"));
    assert_eq!(first("3--101"), door("3", "", "B101"));
}

#[test]
fn what_stands_before_the_building_is_the_place() {
    let at = |place: &str, door: AddressQuery| AddressQuery {
        place: Some(place.to_owned()),
        ..door
    };
    assert_eq!(
        first("锦绣苑3栋2单元501"),
        at("锦绣苑", door("3", "2", "501"))
    );
    assert_eq!(first("锦绣三栋"), at("锦绣", door("3", "", "")));
    assert_eq!(first("百合苑三栋"), at("百合苑", door("3", "", "")));
    assert_eq!(
        first("五一路12号3栋501"),
        at("五一路12号", door("3", "", "501"))
    );
    assert_eq!(
        first("老供销社宿舍501"),
        at("老供销社宿舍", door("", "", "501"))
    );
    assert_eq!(
        first("580小区3-2-501"),
        at("580小区", door("3", "2", "501"))
    );
    assert_eq!(first("3号院5栋"), at("3号院", door("5", "", "")));
    assert_eq!(first("锦绣苑 3"), at("锦绣苑", door("3", "", "")));
}

#[test]
fn not_everything_is_an_address() {
    for typed in [
        "",
        "张三",
        "丁一",
        "zhangsan",
        "三丰",
        "老供销社宿舍",
        "3",
        "12900001234",
        "2026-11-23",
        "129-0000-1234",
        "单元",
        "#",
        "五一",
    ] {
        assert_eq!(parse_address(typed), [], "{typed}");
    }
}

#[test]
fn labels_in_normal_form() {
    for (label, normal) in [
        ("501", "501"),
        ("0501", "501"),
        ("５０１室", "501"),
        ("五零一", "501"),
        ("501号", "501"),
        ("5楼1号", "501"),
        ("5-1", "501"),
        ("5楼1A", "501A"),
        ("5楼1号-2", "501-2"),
        ("501a", "501A"),
        ("501-A", "501A"),
        ("501-1", "501-1"),
        ("负101", "B101"),
        ("-101", "B101"),
        ("B101", "B101"),
        ("负一层", "B1"),
        ("地下一层", "B1"),
        ("-1", "B1"),
        ("五楼", "5F"),
        ("夹层", "J"),
        ("夹层2", "J2"),
        ("一楼夹层", "1J"),
        ("门卫室", "门卫室"),
        ("1", "1"),
        ("", ""),
    ] {
        assert_eq!(normal_room(label), normal, "{label}");
    }
    for (label, normal) in [
        ("3栋", "3"),
        ("3号楼", "3"),
        ("第三栋", "3"),
        ("03", "3"),
        ("3#", "3"),
        ("a座", "A"),
        ("A", "A"),
        ("3楼", "3"),
        ("老供销社 宿舍", "老供销社宿舍"),
    ] {
        assert_eq!(normal_building(label), normal, "{label}");
    }
    for (label, normal) in [
        ("2单元", Some("2")),
        ("二单元", Some("2")),
        ("2", Some("2")),
        ("东单元", Some("东")),
        ("无单元", None),
        ("无", None),
        ("0", None),
        ("", None),
    ] {
        assert_eq!(normal_unit(label).as_deref(), normal, "{label}");
    }
}

proptest! {
    #[test]
    fn a_normal_room_stays_as_it_is(
        label in "(负|-|地下|夹层)?[0-9一二五零]{1,4}[A-Ca-c]?(楼|层|室|号|-| )?([0-9]{1,3}[A-C]?(室|号|-1)?)?"
    ) {
        let once = normal_room(&label);
        prop_assert_eq!(normal_room(&once), once);
    }

    #[test]
    fn what_is_indexed_is_found(b in 1..60u32, u in 1..9u32, floor in 1..33u32, n in 1..12u32) {
        let room = format!("{floor}{n:02}");
        let meant = door(&b.to_string(), &u.to_string(), &normal_room(&room));
        for typed in [
            format!("{b}栋{u}单元{room}"),
            format!("{b}-{u}-{room}"),
            format!("{b}#{u}-{room}"),
            format!("{b}号楼{u}单元{room}室"),
            format!("{b}幢{u}单元{floor}楼{n}号"),
            format!("{b}{u}{room}"),
        ] {
            prop_assert!(parse_address(&typed).contains(&meant), "{}", typed);
        }
    }
}
