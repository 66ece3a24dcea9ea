//! Every awkward case is there, and is what it says.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use linli_demo::geometry::Point;
use linli_demo::history::Change;
use linli_demo::household::Paper;
use linli_demo::{County, Date, Size};

fn check(c: &County) {
    let a = &c.awkward;
    let who = |(h, m): (usize, usize)| &c.households[h].residents[m];
    let [x, y] = a.same_name[..] else {
        panic!("same name")
    };
    assert_eq!(who(x).name, who(y).name);
    assert_eq!(c.building_of(x.0), c.building_of(y.0));
    assert_ne!(c.households[x.0].dwelling, c.households[y.0].dwelling);
    let [x, y] = a.listed_twice[..] else {
        panic!("listed twice")
    };
    assert_eq!(
        (&who(x).name, who(x).birth_year),
        (&who(y).name, who(y).birth_year)
    );
    assert_ne!(c.building_of(x.0), c.building_of(y.0));
    let rare: Vec<_> = a.rare_names.iter().map(|&s| who(s).name.as_str()).collect();
    assert_eq!(rare, ["张䶮", "陈𬱖"]);
    assert!(who(a.dotted_name.unwrap()).name.matches('·').count() >= 2);
    assert_eq!(who(a.old_paper.unwrap()).paper, Paper::Old15);
    assert_eq!(who(a.no_paper.unwrap()).paper, Paper::None);
    let many = &c.households[a.many_phones.unwrap()];
    assert!(many.phones.len() >= 4);
    let other = &c.households[a.shared_phone_with.unwrap()];
    assert!(
        other
            .phones
            .iter()
            .any(|p| p.number == many.phones[0].number)
    );
    assert_eq!(
        c.housing.buildings[a.alias_building.unwrap()].alias,
        "老供销社宿舍"
    );
    assert_eq!(c.housing.buildings[a.nameless_unit.unwrap()].units, [""]);
    assert!(
        c.housing.dwellings[a.lettered_room.unwrap()]
            .room
            .ends_with('A')
    );
    let floor = |d: usize| {
        let d = &c.housing.dwellings[d];
        c.housing.buildings[d.building].floors[d.floor].clone()
    };
    assert_eq!(floor(a.mezzanine_room.unwrap()), "夹");
    assert_eq!(floor(a.basement_room.unwrap()), "-1");
    let v = &c.history.visits[a.midnight_visit.unwrap()];
    assert_ne!(Date::of(v.at), Date::of(v.received_at));
    let v = &c.history.visits[a.wrong_clock_visit.unwrap()];
    assert!(v.at - v.received_at > 86_400_000 * 20);
    let edit = &c.history.edits[a.clash.unwrap()];
    let Change::Clash { other_author, .. } = edit.change else {
        panic!("no clash")
    };
    assert_ne!(edit.author, other_author);
    let b = &c.housing.buildings[a.moved_building.unwrap()];
    assert!(b.former_grid.is_some_and(|g| g != b.grid));
    let gone = a.deceased.unwrap();
    let tip = &c.history.visits[a.deceased_tip.unwrap()];
    assert_eq!(tip.dwelling, Some(c.households[gone.0].dwelling));
    assert!(tip.tips[0].state.is_empty() && tip.tips[0].kind == "moved_out");
    assert_eq!(who(a.turning_14.unwrap()).age(c.today.year()), 14);
    let holes: Vec<_> = a
        .triple_report
        .iter()
        .map(|&i| &c.history.cases[i])
        .collect();
    assert_eq!(holes.len(), 3);
    let at: Vec<Point> = holes.iter().map(|h| h.point).collect();
    assert!(at[0].metres_to(at[1]) < 12.0 && at[0].metres_to(at[2]) < 12.0);
    assert!(holes.iter().all(|h| h.category == "0303"));
    let steps = |i: usize| {
        c.history.cases[i]
            .steps
            .iter()
            .map(|s| s.to)
            .collect::<Vec<_>>()
    };
    let passed = steps(a.passed_on_case.unwrap());
    assert_eq!(passed.iter().filter(|s| **s == "returned").count(), 2);
    assert_eq!(steps(a.on_hold_case.unwrap()).last(), Some(&"on_hold"));
}

#[test]
fn the_county_has_every_awkward_case() {
    check(&County::build(1, Size::M, "2026-11-23".parse().unwrap()));
}

#[test]
fn one_community_has_every_awkward_case_whatever_the_seed() {
    for seed in 0..12 {
        check(&County::build(seed, Size::S, "2026-11-23".parse().unwrap()));
    }
}
