//! The reference files agree with each other: every code that one names, another defines.

#[path = "reference/machines.rs"]
mod machines;

use std::collections::{BTreeMap, BTreeSet};

use linli_model::kind::Class;
use linli_model::reference::persons::Tier;
use linli_model::reference::phones::PhoneScope;
use linli_model::reference::roles::{RoleCode, ScopeRel};
use linli_model::reference::{
    codes, departments, duties, events, persons, phones, roles, visits, workflow,
};

fn unique<'a>(what: &str, codes: impl IntoIterator<Item = &'a String>) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    for code in codes {
        assert!(seen.insert(code.as_str()), "{what}: {code} twice");
    }
    assert!(!seen.is_empty(), "{what}: empty");
    seen
}

#[test]
fn codes_are_unique() {
    let items = unique("items", events().items.iter().map(|i| &i.code));
    assert_eq!(items.len(), 82);
    unique("categories", events().categories.iter().map(|c| &c.code));
    assert_eq!(
        unique("duties", duties().duties.iter().map(|d| &d.code)).len(),
        34
    );
    assert_eq!(
        unique("persons", persons().categories.iter().map(|c| &c.code)).len(),
        32
    );
    assert_eq!(
        unique("visits", visits().types.iter().map(|t| &t.code)).len(),
        12
    );
    let units = departments();
    let all = units.departments.iter().map(|d| &d.code);
    unique(
        "units",
        all.chain(units.partner_units.iter().map(|u| &u.code)),
    );
    unique("phones", phones().phones.iter().map(|p| &p.key));
    unique("states", workflow().states.iter().map(|s| &s.code));
}

#[test]
fn the_event_tree_resolves() {
    let events = events();
    let mut in_tree = BTreeSet::new();
    for category in &events.categories {
        for child in &category.children {
            let item = events
                .item(child)
                .unwrap_or_else(|| panic!("no item {child}"));
            assert_eq!(item.parent, category.code);
            assert!(in_tree.insert(child), "{child} hangs in the tree twice");
        }
    }
    for item in &events.items {
        assert!(in_tree.contains(&item.code), "{} hangs nowhere", item.code);
        assert!(item.code.starts_with(&item.parent));
        assert!(events.category(&item.parent).is_some());
        assert!(
            events.urgency(item.urgency).is_some(),
            "{}: urgency",
            item.code
        );
        assert!(
            events
                .limit_types
                .iter()
                .any(|rule| rule.kind == item.limit.kind)
        );
        assert!(item.limit.value > 0);
        assert!(!item.keywords_zh.is_empty(), "{}: no keywords", item.code);
        for unit in item.co_depts.iter().chain([&item.default_dept]) {
            assert!(
                departments().contains(unit),
                "{}: no unit {unit}",
                item.code
            );
        }
        assert!(!item.co_depts.contains(&item.default_dept), "{}", item.code);
        if item.restricted {
            assert!(
                !item.building_lead_can_see_progress,
                "{} is restricted",
                item.code
            );
        }
    }
}

#[test]
fn every_critical_item_has_a_telephone() {
    let unset = BTreeMap::new();
    for item in &events().items {
        assert_eq!(
            item.is_critical(),
            !item.phone_first.is_empty(),
            "{}",
            item.code
        );
        for key in &item.phone_first {
            let number = phones().number(key, &unset);
            assert!(number.is_some(), "{}: nothing to dial for {key}", item.code);
        }
        let call_first = events().urgency(item.urgency).unwrap().call_first;
        assert_eq!(item.is_critical(), call_first);
    }
    for key in ["110", "119", "120"] {
        assert_eq!(phones().number(key, &unset), Some(key));
    }
}

#[test]
fn a_fallback_is_a_national_number() {
    for phone in &phones().phones {
        assert_eq!(
            phone.number.is_some(),
            phone.scope == PhoneScope::National,
            "{}",
            phone.key
        );
        assert_eq!(
            phone.fallback.is_some(),
            phone.scope == PhoneScope::County,
            "{}",
            phone.key
        );
        if let Some(fallback) = &phone.fallback {
            assert_eq!(phones().get(fallback).unwrap().scope, PhoneScope::National);
        }
    }
}

#[test]
fn duties_and_departments_name_each_other() {
    for duty in &duties().duties {
        assert!(
            duties().groups.iter().any(|group| group.code == duty.group),
            "{}",
            duty.code
        );
        assert!(
            !duty.boundary_zh.is_empty(),
            "{} has no boundary",
            duty.code
        );
        for unit in duty.co_depts.iter().chain([&duty.lead_dept]) {
            assert!(
                departments().contains(unit),
                "{}: no unit {unit}",
                duty.code
            );
        }
        for code in &duty.event_codes {
            assert!(
                events().item(code).is_some(),
                "{}: no item {code}",
                duty.code
            );
        }
    }
    for group in &duties().groups {
        let members = duties()
            .duties
            .iter()
            .filter(|duty| duty.group == group.code);
        assert_eq!(members.count(), group.count, "{}", group.code);
    }
    for department in &departments().departments {
        for code in &department.duty_codes {
            let duty = duties()
                .get(code)
                .unwrap_or_else(|| panic!("no duty {code}"));
            let named = duty.all_depts
                || duty.lead_dept == department.code
                || duty.co_depts.contains(&department.code);
            assert!(named, "{code} doesn't name {}", department.code);
        }
    }
    let total: u32 = departments()
        .departments
        .iter()
        .map(|d| d.legacy_grid_count)
        .sum();
    assert_eq!(total, departments().legacy_total);
}

#[test]
fn what_belongs_to_professionals_has_no_class() {
    for category in &persons().categories {
        let refused = category.tier == Tier::L3;
        assert_eq!(refused, category.class.is_none(), "{}", category.code);
        assert_eq!(refused, persons().is_refused(&category.code));
        assert_eq!(
            category.exclusive,
            category.code.starts_with("P1"),
            "{}",
            category.code
        );
        assert!(
            persons()
                .tiers
                .iter()
                .any(|rule| rule.tier == category.tier)
        );
        if category.tier == Tier::L2 {
            let class = category.class.unwrap();
            assert!(
                matches!(class, Class::Care | Class::CareNamed),
                "{}",
                category.code
            );
        }
    }
}

#[test]
fn only_a_visit_whose_type_leaves_it_open_is_named_by_whom_it_is_to() {
    let named = |kind: &str, of: &[&str]| {
        let kind = visits().get(kind).unwrap();
        kind.is_named(of.iter().copied())
    };
    assert!(named("V05", &["P25", "P31"]));
    assert!(!named("V05", &["P25"]));
    // A child in the family is what V06 is for; a hardship visit isn't to the child.
    assert!(!named("V05", &["P28"]));
    assert!(!named("V01", &["P31"]) && !named("V06", &["P28"]));
}

#[test]
fn visits_are_for_categories_the_app_holds() {
    for visit in &visits().types {
        for code in &visit.for_categories {
            let category = persons()
                .get(code)
                .unwrap_or_else(|| panic!("no category {code}"));
            let class = category
                .class
                .unwrap_or_else(|| panic!("{code} is refused"));
            let of_visit = visit.class.for_subject([class]);
            if class == Class::CareNamed {
                assert_eq!(
                    of_visit,
                    Class::CareNamed,
                    "{} gives {code} away",
                    visit.code
                );
            }
        }
        assert!(
            visit.fields_zh.len() <= 4,
            "{}: more than four taps",
            visit.code
        );
    }
    let results: Vec<u8> = visits().results.iter().map(|result| result.code).collect();
    assert_eq!(results, [1, 2, 3, 4, 5]);
}

#[test]
fn every_role_code_has_a_role_that_reads_what_it_writes() {
    for (code, _) in RoleCode::ALL {
        let role = roles().get(code).unwrap();
        for grant in &role.write {
            assert!(role.read.contains(grant), "{code} writes {grant:?} unread");
        }
    }
    for admin in [RoleCode::R13, RoleCode::R14, RoleCode::R15, RoleCode::R16] {
        assert!(
            roles().get(admin).unwrap().read.is_empty(),
            "{admin} sees documents"
        );
    }
    let lead = roles().get(RoleCode::R02).unwrap();
    assert_eq!(
        lead.read,
        [
            (ScopeRel::Building, Class::Base),
            (ScopeRel::Building, Class::Door),
            (ScopeRel::Own, Class::Work)
        ]
    );
}

#[test]
fn code_tables_are_filled() {
    let codes = codes();
    for table in [
        &codes.sex,
        &codes.relation1,
        &codes.dwelling,
        &codes.need,
        &codes.mobility,
    ] {
        assert!(table.v.len() >= 4 && table.v.values().all(|words| !words.is_empty()));
    }
    assert_eq!(codes.sex.zh("2"), Some("女性"));
    assert!(!codes.sex.contains("7"));
}

#[test]
fn the_demo_county_adds_up() {
    let text = include_str!("../../../assets/town.json");
    let town: serde_json::Value = serde_json::from_str(text).unwrap();
    for (key, number) in town["phones"].as_object().unwrap() {
        if key.starts_with('_') {
            continue;
        }
        assert_eq!(phones().get(key).unwrap().scope, PhoneScope::County);
        assert!(
            number.as_str().unwrap().starts_with("129"),
            "{number} could be a real one"
        );
    }
    let counts = town["person_counts"].as_object().unwrap();
    let mut persons_total = 0;
    for (code, count) in counts {
        let category = persons()
            .get(code)
            .unwrap_or_else(|| panic!("no category {code}"));
        assert!(category.class.is_some(), "{code} has no place in the demo");
        if category.exclusive {
            persons_total += count.as_u64().unwrap();
        }
    }
    let totals = &town["totals"];
    assert_eq!(totals["persons"].as_u64(), Some(persons_total));
    for level in ["streets", "communities"] {
        let nodes = town[level].as_array().unwrap();
        assert_eq!(totals[level].as_u64(), Some(nodes.len() as u64));
        let grids: u64 = nodes
            .iter()
            .map(|node| node["grids"].as_u64().unwrap())
            .sum();
        assert_eq!(totals["grids"].as_u64(), Some(grids), "{level}");
    }
}
