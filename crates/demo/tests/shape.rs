//! Outlines: tiles without gaps, buildings that keep their distance.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::LazyLock;

use linli_demo::dice::Dice;
use linli_demo::geometry::Point;
use linli_demo::geometry::rings::{
    contains, cross, double_area, edges, gap_metres, metres_to_border,
};
use linli_demo::{County, Date, Size};

static M: LazyLock<County> =
    LazyLock::new(|| County::build(1, Size::M, "2026-11-23".parse::<Date>().unwrap()));

fn simple(ring: &[Point]) -> bool {
    let all: Vec<_> = edges(ring).collect();
    (0..all.len()).all(|i| {
        (i + 2..all.len())
            .filter(|&j| !(i == 0 && j + 1 == all.len()))
            .all(|j| !cross(all[i].0, all[i].1, all[j].0, all[j].1))
    })
}

#[test]
fn every_level_of_the_tree_tiles_the_one_above() {
    let org = &M.org;
    for (c, community) in org.communities.iter().enumerate() {
        let sum: i128 = org
            .grids_of(c)
            .map(|g| double_area(&org.grids[g].outline))
            .sum();
        assert_eq!(sum, double_area(&community.outline), "{}", community.name);
    }
    for (s, street) in org.streets.iter().enumerate() {
        let inside = org.communities.iter().filter(|c| c.street == s);
        let sum: i128 = inside.map(|c| double_area(&c.outline)).sum();
        assert_eq!(sum, double_area(&street.outline), "{}", street.name);
    }
    let sum: i128 = org.streets.iter().map(|s| double_area(&s.outline)).sum();
    assert_eq!(sum, double_area(&org.outline));
    for grid in &org.grids {
        assert!(double_area(&grid.outline) > 0, "{} is clockwise", grid.name);
        assert!(simple(&grid.outline), "{} crosses itself", grid.name);
        assert!(grid.outline.len() > 4, "{} is a plain rectangle", grid.name);
    }
}

#[test]
fn a_point_of_the_county_lies_in_exactly_one_grid() {
    let mut dice = Dice::new(9, "points", 0);
    let ring = &M.org.outline;
    let low = |f: fn(&Point) -> i64| ring.iter().map(f).min().unwrap();
    let high = |f: fn(&Point) -> i64| ring.iter().map(f).max().unwrap();
    let (mut inside, mut tried) = (0, 0);
    let corners: Vec<Point> = M.org.grids.iter().flat_map(|g| g.outline.clone()).collect();
    while inside < 4_000 {
        tried += 1;
        // Some points are border vertices themselves: the worst ones.
        let p = if tried % 4 == 0 {
            dice.pick(&corners)
        } else {
            Point {
                lon_e7: dice.range(low(|p| p.lon_e7), high(|p| p.lon_e7)),
                lat_e7: dice.range(low(|p| p.lat_e7), high(|p| p.lat_e7)),
            }
        };
        let grids = M
            .org
            .grids
            .iter()
            .filter(|g| contains(&g.outline, p))
            .count();
        let in_county = contains(ring, p);
        assert_eq!(grids, usize::from(in_county), "{p:?}");
        inside += usize::from(in_county);
    }
}

#[test]
fn buildings_stand_inside_their_estate_and_apart() {
    let housing = &M.housing;
    for estate in &housing.estates {
        let grid = &M.org.grids[estate.grid].outline;
        assert!(
            estate.outline.iter().all(|p| contains(grid, *p)),
            "{}",
            estate.name
        );
        let range = estate.first_building..estate.first_building + estate.buildings;
        for b in &housing.buildings[range.clone()] {
            assert!(double_area(&b.outline) > 0);
            for p in &b.outline {
                assert!(contains(&estate.outline, *p), "{} {}", estate.name, b.name);
            }
            let edge = b
                .outline
                .iter()
                .map(|p| metres_to_border(&estate.outline, *p));
            assert!(
                edge.fold(f64::INFINITY, f64::min) > 2.0,
                "{} {}",
                estate.name,
                b.name
            );
        }
        for i in range.clone() {
            for j in i + 1..range.end {
                let gap = gap_metres(&housing.buildings[i].outline, &housing.buildings[j].outline);
                assert!(
                    gap >= 6.0,
                    "{}: {} and {} are {gap:.1} m apart",
                    estate.name,
                    i,
                    j
                );
            }
        }
    }
}

#[test]
fn estates_dont_overlap() {
    for g in 0..M.org.grids.len() {
        let estates: Vec<_> = M.housing.estates.iter().filter(|e| e.grid == g).collect();
        for (i, a) in estates.iter().enumerate() {
            for b in &estates[i + 1..] {
                assert!(
                    gap_metres(&a.outline, &b.outline) > 5.0,
                    "{} {}",
                    a.name,
                    b.name
                );
            }
        }
    }
}

#[test]
fn some_buildings_have_corners() {
    let corners = M
        .housing
        .buildings
        .iter()
        .filter(|b| b.outline.len() == 6)
        .count();
    assert!(corners > 15, "{corners} L-shapes");
}

#[test]
fn other_seeds_keep_their_distance_too() {
    for seed in 2..10 {
        let county = County::build(seed, Size::S, "2026-11-23".parse().unwrap());
        let b = &county.housing.buildings;
        for i in 0..b.len() {
            for j in i + 1..b.len() {
                let gap = gap_metres(&b[i].outline, &b[j].outline);
                assert!(gap >= 6.0, "seed {seed}: {i} and {j} are {gap:.1} m apart");
            }
        }
        for grid in &county.org.grids {
            assert!(simple(&grid.outline));
        }
    }
}
