//! What the county holds: numbers, the fixed household, determinism.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::sync::LazyLock;

use linli_demo::household::hero;
use linli_demo::staff::Post;
use linli_demo::{County, Date, Size};

fn today() -> Date {
    "2026-11-23".parse().unwrap()
}

static M: LazyLock<County> = LazyLock::new(|| County::build(1, Size::M, today()));
static S: LazyLock<County> = LazyLock::new(|| County::build(1, Size::S, today()));

fn near(name: &str, got: usize, wanted: usize) {
    let off = got.abs_diff(wanted);
    assert!(off * 50 <= wanted, "{name}: {got} instead of {wanted}");
}

#[test]
fn the_county_has_its_numbers() {
    let c = &*M;
    assert_eq!(
        (
            c.org.streets.len(),
            c.org.communities.len(),
            c.org.grids.len()
        ),
        (3, 9, 44)
    );
    assert_eq!(c.housing.buildings.len(), 312);
    let yards = c.housing.estates.iter().filter(|e| e.courtyard).count();
    assert_eq!((c.housing.estates.len() - yards, yards), (46, 38));
    let units: usize = c.housing.buildings.iter().map(|b| b.units.len()).sum();
    near("units", units, 706);
    near("dwellings", c.housing.dwellings.len(), 17_150);
    assert_eq!(c.households.len(), 15_400);
    let persons: usize = c.households.iter().map(|h| h.residents.len()).sum();
    near("persons", persons, 41_580);
    assert_eq!(c.places.shops.len(), 1_260);
    assert_eq!((c.places.hazards.len(), c.places.shelters.len()), (11, 12));
    let threatened: usize = c.places.hazards.iter().map(|h| h.threatened.len()).sum();
    assert_eq!(threatened, 268);
    let role = |r: &str| c.staff.iter().filter(|s| s.role == r).count();
    assert_eq!((role("R01"), role("R02"), role("R04")), (44, 298, 9));
    assert_eq!(
        (c.history.visits.len(), c.history.cases.len()),
        (21_400, 2_860)
    );
}

#[test]
fn people_by_category_are_as_many_as_planned() {
    for code in [
        "P10", "P11", "P12", "P13", "P14", "P15", "P20", "P21", "P22", "P23", "P24", "P25", "P26",
        "P27", "P28", "P29", "P30", "P31", "P32", "P40", "P41", "P42", "P43", "P44", "P50",
    ] {
        let residents = M.households.iter().flat_map(|h| &h.residents);
        near(
            code,
            residents.filter(|r| r.is(code)).count(),
            M.totals.persons(code),
        );
    }
}

#[test]
fn the_small_county_is_one_community() {
    let c = &*S;
    assert_eq!(
        (
            c.org.streets.len(),
            c.org.communities.len(),
            c.org.grids.len()
        ),
        (1, 1, 6)
    );
    assert_eq!(c.org.communities[0].name, "安置苑社区");
    assert_eq!(c.org.grids[2].code, "519901002002003");
    assert_eq!(c.housing.buildings.len(), 38);
    near("households", c.households.len(), 2_100);
}

#[test]
fn grid_codes_have_fifteen_digits_and_nest() {
    for grid in &M.org.grids {
        assert_eq!(grid.code.len(), 15);
        let community = &M.org.communities[grid.community];
        assert!(grid.code.starts_with(&community.code));
        assert!(
            community
                .code
                .starts_with(&M.org.streets[community.street].code)
        );
    }
}

#[test]
fn the_fixed_household_is_where_stories_expect_it() {
    for (c, community, estate) in [
        (&*M, "望江社区", "望江苑"),
        (&*S, "安置苑社区", "安置苑三区"),
    ] {
        let h = &c.households[c.hero];
        assert_eq!(c.housing.address(h.dwelling), hero::ADDRESS);
        let building = c.building_of(c.hero);
        assert_eq!(
            c.housing.estates[c.housing.buildings[building].estate].name,
            estate
        );
        let grid = c.grid_of(c.hero);
        assert_eq!(c.org.grids[grid].number, 3);
        assert_eq!(
            c.org.communities[c.org.grids[grid].community].name,
            community
        );
        assert_eq!(
            (h.residents[0].name.as_str(), h.residents[1].name.as_str()),
            ("张守田", "张䶮")
        );
        assert_eq!(
            (h.residents[0].age(2026), h.residents[1].age(2026)),
            (78, 41)
        );
        assert!(h.residents[0].is("P20") && h.residents[1].is("P11"));
        assert_eq!(h.phones.len(), 1);
        assert_eq!(h.phones[0].number, hero::PHONE);
        assert_eq!(c.staff[c.worker(grid)].name, hero::WORKER);
        assert_eq!(
            c.staff[c.chief(c.org.grids[grid].community)].name,
            hero::CHIEF
        );
        assert_eq!(c.staff[c.lead(building).unwrap()].name, hero::LEAD);
        let namesakes = c
            .households
            .iter()
            .filter(|h| h.residents[0].name == hero::ELDER)
            .count();
        assert!(namesakes >= 1);
    }
}

#[test]
fn a_tower_of_33_storeys_and_six_units_stands_in_both() {
    for c in [&*M, &*S] {
        let tower = c
            .housing
            .buildings
            .iter()
            .filter(|b| b.floors.len() == 33 && b.units.len() == 6);
        assert_eq!(tower.count(), 1);
    }
}

#[test]
fn rooms_are_unique_and_dwellings_hold_their_households() {
    for b in 0..M.housing.buildings.len() {
        let labels: BTreeSet<_> = M
            .housing
            .dwellings_of(b)
            .map(|d| {
                (
                    M.housing.dwellings[d].unit,
                    M.housing.dwellings[d].room.clone(),
                )
            })
            .collect();
        assert_eq!(labels.len(), M.housing.buildings[b].dwellings);
    }
    let ids: BTreeSet<_> = M
        .households
        .iter()
        .map(|h| (h.dwelling, h.occupancy))
        .collect();
    assert_eq!(ids.len(), M.households.len());
    assert!(M.households.iter().filter(|h| h.occupancy == 2).count() > 20);
}

#[test]
fn numbers_begin_with_129_and_have_eleven_digits() {
    for phone in M.households.iter().flat_map(|h| &h.phones) {
        assert!(phone.number.starts_with("129") && phone.number.len() == 11);
    }
}

#[test]
fn leads_live_in_their_building() {
    for s in M.staff.iter().filter(|s| s.role == "R02") {
        let Post::Building(b) = s.post else {
            panic!("a lead without a building")
        };
        let (h, m) = s.resident.unwrap();
        assert_eq!(M.building_of(h), b);
        assert!(M.households[h].residents[m].is("P43"));
    }
}

#[test]
fn the_same_seed_makes_the_same_county() {
    let again = County::build(1, Size::S, today());
    assert!(format!("{:?}", *S) == format!("{again:?}"));
    let other = County::build(2, Size::S, today());
    assert!(format!("{:?}", *S) != format!("{other:?}"));
}

#[test]
fn ages_make_sense() {
    for h in &M.households {
        for r in &h.residents {
            let age = r.age(2026);
            assert!((0..=100).contains(&age), "{age}");
            if r.relation == "0" {
                assert!(age >= 17);
            }
        }
    }
}
