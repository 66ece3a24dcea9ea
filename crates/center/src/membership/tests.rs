use std::collections::HashMap;

use linli_model::value::Value;

use super::*;

#[derive(Default)]
struct Town {
    places: HashMap<DocId, (String, String)>,
    dwellings: HashMap<DocId, DocId>,
    homes: HashMap<DocId, DocId>,
}

impl Atlas for Town {
    type Error = std::convert::Infallible;
    fn place(&self, id: DocId) -> Result<Option<(String, String)>, Self::Error> {
        Ok(self.places.get(&id).cloned())
    }
    fn building_of(&self, dwelling: DocId) -> Result<Option<DocId>, Self::Error> {
        Ok(self.dwellings.get(&dwelling).copied())
    }
    fn home_of(&self, doc: DocId) -> Result<Option<DocId>, Self::Error> {
        Ok(self.homes.get(&doc).copied())
    }
    fn orgs_below(&self, code: &str) -> Result<Vec<String>, Self::Error> {
        let mut codes: Vec<String> = self
            .places
            .values()
            .map(|(_, org)| org.clone())
            .filter(|org| org.starts_with(code))
            .collect();
        codes.sort();
        codes.dedup();
        Ok(codes)
    }
    fn buildings_below(&self, code: &str) -> Result<Vec<DocId>, Self::Error> {
        let mut ids: Vec<DocId> = self
            .places
            .iter()
            .filter(|(_, (kind, org))| kind == "building" && org.starts_with(code))
            .map(|(id, _)| *id)
            .collect();
        ids.sort();
        Ok(ids)
    }
}

const GRID: &str = "519901002002003";

fn id(n: u8) -> DocId {
    DocId::from_bytes([n; 16])
}

/// Building 1 with dwelling 2, whose household is 3; the grid itself is place 9.
fn town() -> Town {
    let mut town = Town::default();
    town.places.insert(id(1), ("building".into(), GRID.into()));
    town.places.insert(id(9), ("grid".into(), GRID.into()));
    town.dwellings.insert(id(2), id(1));
    town.homes.insert(id(3), id(2));
    town
}

fn buckets(kind: Kind, fields: &[(&str, &str)], author: Option<PersonId>) -> Vec<String> {
    let fields: Fields = fields
        .iter()
        .map(|(path, value)| (*path, Value::from(*value)))
        .collect();
    let subject = Subject::read(kind, id(50), &fields, author);
    derive(&subject, &town())
        .expect("infallible")
        .into_iter()
        .map(|(scope, class)| format!("{scope} {}", class.name()))
        .collect()
}

#[test]
fn a_household_belongs_to_its_grid_and_community() {
    let dwelling = id(2).to_string();
    assert_eq!(
        buckets(Kind::Household, &[("dwelling", &dwelling)], None),
        ["org:519901002002 roster", "org:519901002002003 roster"]
    );
    assert!(buckets(Kind::Household, &[("dwelling", &id(77).to_string())], None).is_empty());
}

#[test]
fn a_visit_belongs_to_its_author_too_and_a_childs_to_named_people_only() {
    let me = PersonId::from_bytes([4; 16]);
    let home = id(3).to_string();
    let visit = buckets(
        Kind::Visit,
        &[("household", &home), ("type", "V03")],
        Some(me),
    );
    assert!(visit.contains(&"org:519901002002003 work".into()));
    assert!(visit.contains(&format!("per:{me} work")));
    assert_eq!(
        buckets(
            Kind::Visit,
            &[("household", &home), ("type", "V06")],
            Some(me)
        ),
        [format!("per:{me} care_named")]
    );
}

#[test]
fn a_hardship_visit_is_for_named_people_when_its_subject_is() {
    let me = PersonId::from_bytes([4; 16]);
    let visit = |kind: &str, named: bool| {
        let fields: Fields = [
            ("household", Value::from(id(3).to_string().as_str())),
            ("type", Value::from(kind)),
            ("named", Value::from(named)),
        ]
        .into_iter()
        .collect();
        let subject = Subject::read(Kind::Visit, id(50), &fields, Some(me));
        derive(&subject, &town()).expect("infallible")
    };
    let mine = org::person_scope(me);
    assert_eq!(visit("V05", true), [(mine.clone(), Class::CareNamed)]);
    assert!(visit("V05", false).contains(&(mine.clone(), Class::Work)));
    // The other types have their class from the table, whatever a phone says.
    assert!(visit("V03", true).contains(&(mine, Class::Work)));
}

#[test]
fn a_notice_reaches_every_grid_and_building_below() {
    let notice = buckets(Kind::Notice, &[("org", "519901002")], None);
    for expected in [
        "org:519901 base".to_owned(),
        "org:519901002 base".into(),
        format!("org:{GRID} base"),
        format!("bld:{} base", id(1)),
    ] {
        assert!(notice.contains(&expected), "{expected} in {notice:?}");
    }
}

#[test]
fn a_case_without_a_place_lies_where_its_grid_is_and_an_unknown_place_is_nowhere() {
    assert!(buckets(Kind::Case, &[("org", GRID)], None).contains(&format!("org:{GRID} work")));
    let lost = id(88).to_string();
    assert!(buckets(Kind::Case, &[("org", GRID), ("place", &lost)], None).is_empty());
}

#[test]
fn a_restricted_case_is_for_the_county_s_desks_alone() {
    let me = PersonId::from_bytes([4; 16]);
    let fields = [("org", GRID), ("category", "0805")];
    assert_eq!(
        buckets(Kind::Case, &fields, Some(me)),
        ["org:519901 sealed"]
    );
}
