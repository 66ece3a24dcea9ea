//! Six months of work: when, where, by whom, and what is left to do.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::LazyLock;

use linli_demo::geometry::rings::{contains, metres_to_border};
use linli_demo::{County, Size};

static M: LazyLock<County> =
    LazyLock::new(|| County::build(1, Size::M, "2026-11-23".parse().unwrap()));

#[test]
fn history_ends_before_the_morning_of_today() {
    let (from, to) = (M.today.plus(-190).at(0, 0, 0), M.today.at(8, 0, 0));
    let received = M.history.visits.iter().map(|v| v.received_at);
    let received = received.chain(M.history.cases.iter().map(|c| c.received_at));
    for at in received.chain(M.history.edits.iter().map(|e| e.received_at)) {
        assert!((from..to).contains(&at));
    }
    for step in M.history.cases.iter().flat_map(|c| &c.steps) {
        assert!(step.at < to, "a step in the future");
    }
}

#[test]
fn cases_lie_just_outside_their_building_and_in_its_grid() {
    for case in &M.history.cases {
        let b = &M.housing.buildings[case.building];
        assert!(!contains(&b.outline, case.point));
        assert!(metres_to_border(&b.outline, case.point) < 12.0);
        assert!(contains(&M.org.grids[b.grid].outline, case.point));
    }
}

#[test]
fn urgencies_have_their_shares() {
    let critical = [
        "0301", "0305", "0306", "0402", "0403", "0404", "0505", "0601", "0602", "0603", "0802",
        "0804", "0901", "1003",
    ];
    let n = M
        .history
        .cases
        .iter()
        .filter(|c| critical.contains(&c.category))
        .count();
    assert!((100..130).contains(&n), "{n} critical cases");
}

#[test]
fn every_grid_has_something_due_today_and_overdue() {
    let (today, tomorrow) = (M.today.at(0, 0, 0), M.today.plus(1).at(0, 0, 0));
    for g in 0..M.org.grids.len() {
        let open: Vec<_> = M
            .history
            .tasks
            .iter()
            .filter(|t| t.grid == g && t.ended.is_none())
            .collect();
        assert!(
            open.iter().any(|t| (today..tomorrow).contains(&t.due)),
            "grid {g}: due today"
        );
        assert!(open.iter().any(|t| t.due < today), "grid {g}: overdue");
        assert!(open.iter().any(|t| t.due >= tomorrow), "grid {g}: later");
        assert!(
            M.history
                .tasks
                .iter()
                .any(|t| t.grid == g && t.ended.is_some())
        );
    }
}

#[test]
fn elders_alone_are_seen_mostly_in_time() {
    let mut last = vec![0; M.households.len()];
    for v in &M.history.visits {
        if let Some(h) = v.household {
            last[h] = last[h].max(v.received_at);
        }
    }
    let elders: Vec<_> = (0..M.households.len())
        .filter(|&h| M.households[h].any("P20"))
        .collect();
    let late = elders
        .iter()
        .filter(|&&h| last[h] < M.today.plus(-7).at(0, 0, 0))
        .count();
    assert!(
        late * 100 > elders.len() * 5 && late * 100 < elders.len() * 35,
        "{late} late"
    );
}

#[test]
fn whoever_has_a_cycle_was_visited_and_few_are_late() {
    let mut homes = vec![Vec::new(); M.housing.dwellings.len()];
    for (h, household) in M.households.iter().enumerate() {
        homes[household.dwelling].push(h);
    }
    let mut last = vec![None; M.households.len()];
    for v in &M.history.visits {
        if let Some(d) = v.dwelling {
            for &h in &homes[d] {
                last[h] = last[h].max(Some(v.received_at));
            }
        }
    }
    let mut late = vec![0; M.org.grids.len()];
    for h in (0..M.households.len()).filter(|&h| M.households[h].cycle_days <= 60) {
        let due = last[h].unwrap() + M.households[h].cycle_days * 86_400_000;
        late[M.grid_of(h)] += usize::from(due < M.today.at(0, 0, 0));
    }
    assert!(late.iter().all(|&n| n < 40), "{late:?}");
}

#[test]
fn tips_wait_in_most_grids_and_one_drill_is_open() {
    let waiting = |g: usize| {
        M.history.visits.iter().any(|v| {
            v.dwelling.is_some_and(|d| M.housing.grid_of(d) == g)
                && v.tips.iter().any(|t| t.state.is_empty())
        })
    };
    assert!((0..44).filter(|&g| waiting(g)).count() > 38);
    let open: Vec<_> = M
        .history
        .musters
        .iter()
        .filter(|m| m.ended.is_none())
        .collect();
    assert_eq!(open.len(), 1);
    assert!(open[0].drill);
    assert_eq!(open[0].community, M.org.grids[M.grid_of(M.hero)].community);
    let fresh = M.today.plus(-2).at(0, 0, 0);
    for c in 0..9 {
        assert!(
            M.history
                .notices
                .iter()
                .any(|n| n.community == c && n.at > fresh)
        );
    }
}
