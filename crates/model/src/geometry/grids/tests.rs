use proptest::prelude::*;

use super::*;

const ORIGIN: LonLat = [102.98, 30.01];

/// Metres from the origin as a position.
fn at(x: f64, y: f64) -> LonLat {
    Plane::at(ORIGIN).to_lon_lat([x, y])
}

fn block(x: f64, y: f64, width: f64, height: f64) -> Ring {
    Ring::new([
        at(x, y),
        at(x + width, y),
        at(x + width, y + height),
        at(x, y + height),
    ])
    .unwrap()
}

/// Two grids side by side, 200 m × 100 m each, the border at x = 200.
fn pair() -> GridIndex<u32> {
    GridIndex::new([
        (7, block(0.0, 0.0, 200.0, 100.0)),
        (3, block(200.0, 0.0, 200.0, 100.0)),
    ])
}

#[test]
fn points_fall_into_their_grid() {
    let index = pair();
    assert_eq!(index.locate(at(50.0, 50.0)), Some(&7));
    assert_eq!(index.locate(at(350.0, 50.0)), Some(&3));
    assert_eq!(index.locate(at(350.0, 150.0)), None);
    assert!(!index.outside_own_grid(at(50.0, 50.0), 7));
    assert!(index.outside_own_grid(at(50.0, 50.0), 3));
    assert!(index.outside_own_grid(at(350.0, 150.0), 3));
}

#[test]
fn a_border_point_goes_to_the_lower_id() {
    let index = pair();
    assert_eq!(index.locate(at(200.0, 50.0)), Some(&3));
    assert_eq!(index.locate(at(200.0, 0.0)), Some(&3));
}

#[test]
fn a_sliver_between_neighbours_belongs_to_the_nearer() {
    let index = GridIndex::new([
        (1, block(0.0, 0.0, 100.0, 100.0)),
        (2, block(100.4, 0.0, 100.0, 100.0)),
    ]);
    assert_eq!(index.locate(at(100.1, 50.0)), Some(&1));
    assert_eq!(index.locate(at(100.3, 50.0)), Some(&2));
    assert_eq!(index.locate(at(50.0, 100.6)), None);
}

#[test]
fn doubt_is_said() {
    let index = pair();
    let sure = index.locate_within(at(50.0, 50.0), 10.0, 7);
    assert_eq!(
        (sure.grid, sure.own, sure.certainty),
        (Some(7), true, Certainty::Sure)
    );
    assert!(sure.also.is_empty());

    let near = index.locate_within(at(195.0, 50.0), 12.0, 3);
    assert_eq!(
        (near.grid, near.own, near.certainty),
        (Some(7), false, Certainty::Border)
    );
    assert_eq!(near.also, [3]);

    let county_edge = index.locate_within(at(50.0, 95.0), 12.0, 7);
    assert_eq!(
        (county_edge.grid, county_edge.certainty),
        (Some(7), Certainty::Border)
    );
    assert!(county_edge.also.is_empty());

    let outside = index.locate_within(at(50.0, 108.0), 12.0, 7);
    assert_eq!((outside.grid, outside.own), (None, false));
    assert_eq!(
        (outside.certainty, outside.also),
        (Certainty::Border, vec![7])
    );

    let far = index.locate_within(at(50.0, 180.0), 12.0, 7);
    assert_eq!((far.grid, far.certainty), (None, Certainty::Sure));

    for unknown in [f64::NAN, -1.0, f64::INFINITY] {
        let located = index.locate_within(at(50.0, 50.0), unknown, 7);
        assert_eq!(
            (located.grid, located.certainty),
            (Some(7), Certainty::Border)
        );
    }
}

#[test]
fn no_grids_no_grid() {
    let index = GridIndex::<u32>::new([]);
    assert_eq!(index.locate(ORIGIN), None);
    assert!(index.outside_own_grid(ORIGIN, 1));
}

/// A patchwork of 5 × 5 grids without gaps whose inner corners are shifted at random.
fn patchwork() -> impl Strategy<Value = (Vec<(u32, Ring)>, Vec<[LonLat; 2]>)> {
    prop::collection::vec((-30.0..30.0f64, -30.0..30.0f64), 36).prop_map(|shifts| {
        let corner = |col: usize, row: usize| {
            let inner = (1..5).contains(&col) && (1..5).contains(&row);
            let (dx, dy) = if inner {
                shifts[row * 6 + col]
            } else {
                (0.0, 0.0)
            };
            at(col as f64 * 100.0 + dx, row as f64 * 100.0 + dy)
        };
        let mut grids = Vec::new();
        let mut borders = Vec::new();
        for row in 0..5 {
            for col in 0..5 {
                let [a, b] = [corner(col, row), corner(col + 1, row)];
                let [c, d] = [corner(col + 1, row + 1), corner(col, row + 1)];
                grids.push(((row * 5 + col) as u32, Ring::new([a, b, c, d]).unwrap()));
                borders.push([a, b]);
                borders.push([a, d]);
            }
        }
        (grids, borders)
    })
}

proptest! {
    #[test]
    fn every_point_of_a_patchwork_has_one_grid(
        (grids, borders) in patchwork(),
        points in prop::collection::vec((0.0..500.0f64, 0.0..500.0f64), 50),
        cuts in prop::collection::vec(0.0..=1.0f64, 50),
    ) {
        let index = GridIndex::new(grids.clone());
        let mut turned = grids.clone();
        turned.reverse();
        let other_order = GridIndex::new(turned);

        let on_borders = borders.iter().zip(&cuts).map(|([a, b], t)| {
            [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]
        });
        let corners = borders.iter().map(|[a, _]| *a);
        let anywhere = points.iter().map(|(x, y)| at(*x, *y));
        for point in on_borders.chain(corners).chain(anywhere) {
            let found = index.locate(point).copied();
            prop_assert!(found.is_some());
            prop_assert_eq!(found, other_order.locate(point).copied());
            let covering: Vec<u32> =
                grids.iter().filter(|(_, ring)| ring.covers(point)).map(|(id, _)| *id).collect();
            if let Some(lowest) = covering.first() {
                prop_assert_eq!(found, Some(*lowest));
            }
            let inside = grids.iter().filter(|(_, ring)| ring.contains(point)).count();
            prop_assert!(inside <= 1);
        }
    }

    #[test]
    fn sure_means_that_no_other_grid_is_in_reach(
        (grids, _) in patchwork(),
        x in -50.0..550.0f64, y in -50.0..550.0f64, accuracy in 0.0..80.0f64,
    ) {
        let index = GridIndex::new(grids.clone());
        let located = index.locate_within(at(x, y), accuracy, 12);
        for (id, ring) in &grids {
            let reached = ring.distance_m(at(x, y)) <= accuracy;
            let named = located.grid == Some(*id) || located.also.contains(id);
            prop_assert!(!reached || named, "{} is in reach", id);
            if located.certainty == Certainty::Sure && located.grid != Some(*id) {
                prop_assert!(!reached);
            }
        }
        prop_assert_eq!(located.own, located.grid == Some(12));
    }
}
