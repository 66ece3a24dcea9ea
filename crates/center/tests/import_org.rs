//! Importing an org tree: real shapes of sheets, and every way a line can be wrong.

#![allow(clippy::expect_used, reason = "a test that cannot go on says where")]

use std::collections::HashMap;

use linli_center::import_org::{Known, Node, Plan, Sheet, Step, What, check};
use linli_model::ids::DocId;
use linli_model::org::Level;

const COUNTIES: &[u8] = include_bytes!("org/counties.csv");
const STREETS: &[u8] = include_bytes!("org/streets.csv");

fn sheets<'a>(counties: &'a [u8], streets: &'a [u8]) -> [Sheet<'a>; 2] {
    [
        Sheet {
            file: "counties.csv",
            level: Level::County,
            bytes: counties,
        },
        Sheet {
            file: "streets.csv",
            level: Level::Street,
            bytes: streets,
        },
    ]
}

fn problems(counties: &[u8], streets: &[u8]) -> Vec<(String, u64, What)> {
    check(&sheets(counties, streets), |_| false)
        .expect_err("something is wrong")
        .into_iter()
        .map(|problem| (problem.file, problem.line, problem.what))
        .collect()
}

/// The problem of a single street line under a good county.
fn street(line: &[u8]) -> What {
    let mut bytes = b"code,name,areaCode\n".to_vec();
    bytes.extend(line);
    let mut found = problems(COUNTIES, &bytes);
    assert_eq!(found.len(), 1, "{found:?}");
    let (file, line, what) = found.remove(0);
    assert_eq!((file.as_str(), line), ("streets.csv", 2));
    what
}

#[test]
fn a_good_tree_is_read_with_its_levels() {
    let nodes = check(&sheets(COUNTIES, STREETS), |_| false).expect("good sheets");
    assert_eq!(nodes.len(), 6);
    assert_eq!(
        nodes[2],
        Node {
            code: "519901001".into(),
            name: "云溪街道".into(),
            level: Level::Street,
        }
    );
}

#[test]
fn the_mark_that_spreadsheets_write_is_no_problem_but_utf16_and_glued_files_are() {
    let marked = [b"\xef\xbb\xbf".as_slice(), COUNTIES].concat();
    assert!(check(&sheets(&marked, STREETS), |_| false).is_ok());

    let utf16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain("code,name".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    assert_eq!(
        problems(&utf16, b"code,name\n"),
        [("counties.csv".into(), 1, What::Utf16)]
    );

    let glued = [STREETS, b"\xef\xbb\xbf519901003,\"x\",519901,51,5199\n"].concat();
    assert_eq!(
        problems(COUNTIES, &glued),
        [("streets.csv".into(), 6, What::ByteOrderMark)]
    );
}

#[test]
fn each_kind_of_wrong_line_has_its_own_words() {
    assert_eq!(
        street(b"51990100a,x,519901"),
        What::NotDigits("51990100a".into())
    );
    assert_eq!(street(b",x,519901"), What::NotDigits(String::new()));
    assert!(matches!(
        street(b"519901,x,519901"),
        What::WrongLevel { digits: 9, .. }
    ));
    assert!(matches!(
        street(b"519901001002,x,519901"),
        What::WrongLevel { .. }
    ));
    assert_eq!(
        street(b"519901000,x,519901"),
        What::LevelAbove("519901000".into())
    );
    assert_eq!(
        street(b"519901600,x,519901"),
        What::OutOfRange("519901600".into())
    );
    assert_eq!(
        street(b"519903001,x,519903"),
        What::UnknownParent("519903".into())
    );
    assert!(matches!(
        street(b"519901001,x,519902"),
        What::OtherParent {
            column: "areaCode",
            ..
        }
    ));
    assert_eq!(street(b"519901001,,519901"), What::NoName);
    assert_eq!(street(b"519901001,\"a\nb\",519901"), What::BadName);
    assert_eq!(
        street(b"519901001,x"),
        What::Cells {
            expected: 3,
            found: 2
        }
    );
    // 云溪街道 in GBK, as an old spreadsheet saves it.
    assert_eq!(street(b"519901001,\xd4\xc6\xcf\xaa,519901"), What::NotUtf8);
}

#[test]
fn county_codes_of_a_prefecture_or_province_are_refused() {
    let counties = b"code,name\n519900,x\n510000,y\n";
    assert_eq!(
        problems(counties, b"code,name\n"),
        [
            ("counties.csv".into(), 2, What::LevelAbove("519900".into())),
            ("counties.csv".into(), 3, What::LevelAbove("510000".into())),
        ]
    );
}

#[test]
fn all_wrong_lines_are_named_at_once_in_order() {
    let streets = b"code,name,areaCode\n519901001,a,519901\nbad,b,519901\n519901001,c,519901\n\
        519901002,\xff,519901\n519901003,,519901\n";
    let found = problems(COUNTIES, streets);
    let lines: Vec<u64> = found.iter().map(|(_, line, _)| *line).collect();
    assert_eq!(lines, [3, 4, 5, 6]);
    assert_eq!(
        found[1].2,
        What::Twice {
            code: "519901001".into(),
            line: 2
        }
    );
}

#[test]
fn a_county_with_a_bad_name_does_not_make_its_streets_wrong() {
    let counties = b"code,name\n519901,\n519902,b\n";
    assert_eq!(
        problems(counties, STREETS),
        [("counties.csv".into(), 2, What::NoName)]
    );
}

#[test]
fn a_heading_without_code_or_name_is_refused() {
    assert_eq!(
        problems(b"id,title\n1,x\n", b"code,name\n"),
        [
            ("counties.csv".into(), 1, What::NoColumn("code")),
            ("counties.csv".into(), 1, What::NoColumn("name")),
        ]
    );
    assert!(check(&sheets(b"", STREETS), |_| false).is_err());
}

#[test]
fn problems_read_like_a_compiler_s() {
    let error =
        check(&sheets(COUNTIES, b"code,name\n519903001,x\n"), |_| false).expect_err("wrong");
    assert_eq!(
        error[0].to_string(),
        "streets.csv:2: no county 519903 in the sheets or at the center"
    );
}

#[test]
fn streets_may_join_a_county_the_center_has() {
    let streets = b"code,name\n519903001,x\n";
    assert!(check(&sheets(b"code,name\n", streets), |code| code == "519903").is_ok());
}

#[test]
fn importing_again_changes_only_what_changed() {
    let nodes = || check(&sheets(COUNTIES, STREETS), |_| false).expect("good sheets");
    let known: HashMap<String, Known> = nodes()
        .into_iter()
        .enumerate()
        .map(|(i, node)| {
            let doc = DocId::from_bytes([u8::try_from(i).expect("few"); 16]);
            let name = if node.code == "519901101" {
                "茶坪乡".into()
            } else {
                node.name
            };
            (node.code, Known { doc, name })
        })
        .filter(|(code, _)| code != "519902200")
        .collect();
    let plan = Plan::new(nodes(), &known);
    assert_eq!((plan.added(), plan.renamed(), plan.unchanged), (1, 1, 4));
    assert!(matches!(&plan.steps[0], Step::Rename { writes, .. } if writes[0].path == "name"));
}
