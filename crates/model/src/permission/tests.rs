use super::*;
use crate::kind::Class::{Base, Care, CareNamed, Door, Order, Roster, Sealed, Work};

const GRID: &str = "org:519901001001003";
const COMMUNITY: &str = "org:519901001001";
const STREET: &str = "org:519901001";
const COUNTY: &str = "org:519901";

/// Somebody with a post at every level, so that a role which reaches too far shows.
fn everywhere() -> Posts {
    let one = |code: &str| vec![code.to_owned()];
    Posts {
        person: "p1".to_owned(),
        grids: one("519901001001003"),
        communities: one("519901001001"),
        streets: one("519901001"),
        counties: one("519901"),
        buildings: one("b1"),
        departments: one("DEP13"),
        assignments: one("a1"),
    }
}

fn pairs(buckets: &[Bucket]) -> Vec<(&str, Class)> {
    buckets
        .iter()
        .map(|bucket| (bucket.scope.as_str(), bucket.class))
        .collect()
}

fn check(role: RoleCode, read: &[(&str, Class)], write: &[(&str, Class)]) {
    let access = buckets_of_role(role, &everywhere());
    let sorted = |list: &[(&str, Class)]| {
        let mut list: Vec<(String, Class)> = list
            .iter()
            .map(|(scope, class)| ((*scope).to_owned(), *class))
            .collect();
        list.sort();
        list
    };
    let owned = |list: &[Bucket]| sorted(&pairs(list));
    assert_eq!(owned(&access.read), sorted(read), "{role} reads");
    assert_eq!(owned(&access.write), sorted(write), "{role} writes");
}

#[test]
fn a_grid_worker_has_the_own_grid_and_nothing_above() {
    check(
        RoleCode::R01,
        &[
            (GRID, Base),
            (GRID, Door),
            (GRID, Roster),
            (GRID, Care),
            (GRID, Work),
            ("per:p1", CareNamed),
        ],
        &[
            (GRID, Roster),
            (GRID, Care),
            (GRID, Work),
            ("per:p1", CareNamed),
        ],
    );
}

#[test]
fn a_building_lead_sees_doors_and_what_the_lead_wrote() {
    check(
        RoleCode::R02,
        &[("bld:b1", Base), ("bld:b1", Door), ("per:p1", Work)],
        &[("per:p1", Work)],
    );
    let lead = buckets_of_role(RoleCode::R02, &everywhere());
    assert!(lead.reads("bld:b1", Door) && !lead.writes("bld:b1", Door));
    assert!(!lead.reads("bld:b2", Door) && !lead.reads("bld:b1", Roster));
}

#[test]
fn a_helper_sees_single_tasks() {
    check(RoleCode::R03, &[("asg:a1", Work)], &[("asg:a1", Work)]);
}

#[test]
fn a_grid_chief_has_what_a_grid_worker_has_in_the_community() {
    check(
        RoleCode::R04,
        &[
            (COMMUNITY, Base),
            (COMMUNITY, Door),
            (COMMUNITY, Roster),
            (COMMUNITY, Care),
            (COMMUNITY, Work),
            ("per:p1", CareNamed),
        ],
        &[
            (COMMUNITY, Roster),
            (COMMUNITY, Care),
            (COMMUNITY, Work),
            ("per:p1", CareNamed),
        ],
    );
}

#[test]
fn desks_see_work_of_their_level_and_no_residents() {
    check(
        RoleCode::R05,
        &[(COMMUNITY, Base), (COMMUNITY, Door), (COMMUNITY, Work)],
        &[(COMMUNITY, Work)],
    );
    check(
        RoleCode::R06,
        &[(STREET, Base), (STREET, Work)],
        &[(STREET, Work)],
    );
    check(
        RoleCode::R09,
        &[(COUNTY, Base), (COUNTY, Work)],
        &[(COUNTY, Work)],
    );
}

#[test]
fn sealed_cases_are_for_three_county_desks() {
    for role in [RoleCode::R07, RoleCode::R08, RoleCode::R10] {
        check(
            role,
            &[(COUNTY, Base), (COUNTY, Work), (COUNTY, Sealed)],
            &[(COUNTY, Work), (COUNTY, Sealed)],
        );
    }
    for (role, _) in RoleCode::ALL {
        let sealed = buckets_of_role(role, &everywhere()).reads(COUNTY, Sealed);
        let desk = matches!(role, RoleCode::R07 | RoleCode::R08 | RoleCode::R10);
        assert_eq!(sealed, desk, "{role}");
    }
}

#[test]
fn units_see_only_orders() {
    check(
        RoleCode::R11,
        &[("dept:DEP13", Order)],
        &[("dept:DEP13", Order)],
    );
    check(RoleCode::R12, &[("asg:a1", Order)], &[("asg:a1", Order)]);
}

#[test]
fn leaders_and_administrators_see_no_document() {
    for role in [RoleCode::R13, RoleCode::R14, RoleCode::R15, RoleCode::R16] {
        check(role, &[], &[]);
    }
}

#[test]
fn a_missing_post_opens_nothing() {
    let blank = Posts {
        grids: vec![String::new()],
        ..Posts::default()
    };
    for (role, _) in RoleCode::ALL {
        assert_eq!(buckets_of_role(role, &blank), Access::default(), "{role}");
    }
}

#[test]
fn two_posts_and_two_roles_add_up_without_repetition() {
    let mut posts = everywhere();
    posts.grids.push("519901001001004".to_owned());
    posts.grids.push("519901001001004".to_owned());
    let worker = buckets_of_role(RoleCode::R01, &posts);
    assert_eq!(worker.read.len(), 11);
    let both = worker.clone().with(buckets_of_role(RoleCode::R02, &posts));
    assert_eq!(both.read.len(), 14);
    assert_eq!(both.clone().with(worker), both);
    assert!(both.writes("per:p1", Work) && !both.writes("bld:b1", Base));
}

#[test]
fn whatever_is_written_is_read() {
    for (role, _) in RoleCode::ALL {
        let access = buckets_of_role(role, &everywhere());
        assert!(
            access
                .write
                .iter()
                .all(|bucket| access.read.contains(bucket)),
            "{role}"
        );
    }
}
