//! `GET /api/cases`: the list, newest first, in pages by key.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use linli_model::reference;
use linli_model::reference::events::Item;
use serde::Deserialize;

use super::api::cases::{CaseLine, CasePage};
use super::atlas::Places;
use super::desk::{Desk, filter_of};
use super::failure::Refuse;
use super::seat::Seat;
use crate::store::{CaseRow, DeskFilter, StoreError, Tables};

/// Lines of a page: two screens.
const PAGE: u32 = 60;
/// Longest search, characters.
const LONGEST: usize = 60;

/// What the list may be narrowed by; empty texts don't narrow.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// `open`, `settled`, or a state.
    state: String,
    /// Division code.
    org: String,
    /// Code of an urgency.
    urgency: String,
    /// `late`: with photos that should have arrived.
    photos: String,
    /// Words.
    q: String,
    /// Where the last page ended.
    after: String,
}

/// `GET /api/cases`.
pub(crate) async fn list(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Query(asked): Query<Asked>,
) -> Result<Json<CasePage>, Refuse> {
    if !seat.viewer.pages.cases {
        return Err(Refuse::NOT_ALLOWED);
    }
    let before = match asked.after.as_str() {
        "" => None,
        after => Some(parse_key(after).ok_or(Refuse::BAD_INPUT)?),
    };
    let shared = desk.clone();
    let page = desk
        .center
        .store
        .read(move |tables| {
            let places = shared.atlas.at(tables)?;
            let mut filter = narrow(filter_of(&seat.viewer, tables)?, &asked, &places);
            filter.late_before = shared.center.late_before();
            let total = tables.count_desk_cases(&filter)?;
            filter.before = before;
            let mut rows = tables.desk_cases(&filter, PAGE + 1)?;
            let more = rows.len() > PAGE as usize;
            rows.truncate(PAGE as usize);
            let next = rows
                .last()
                .filter(|_| more)
                .map(|row| format!("{}-{}", row.received_at, row.no));
            let cases = rows
                .into_iter()
                .map(|row| line(tables, &places, row))
                .collect::<Result<_, _>>()?;
            Ok(CasePage { cases, next, total })
        })
        .await?;
    Ok(Json(page))
}

fn parse_key(text: &str) -> Option<(i64, i64)> {
    let (at, no) = text.split_once('-')?;
    Some((at.parse().ok()?, no.parse().ok()?))
}

fn narrow(mut filter: DeskFilter, asked: &Asked, places: &Places) -> DeskFilter {
    filter.states = states(&asked.state);
    filter.org = asked.org.clone();
    filter.only_late = asked.photos == "late";
    let items = || reference::events().items.iter();
    let codes = |wanted: &dyn Fn(&Item) -> bool| {
        items()
            .filter(|item| wanted(item))
            .map(|item| item.code.clone())
            .collect::<Vec<_>>()
    };
    if let Ok(urgency) = asked.urgency.parse::<u8>() {
        filter.categories = codes(&|item| item.urgency == urgency);
        // An urgency that no category has finds nothing, not everything.
        filter.categories.push(String::new());
    }
    filter.q = asked.q.trim().chars().take(LONGEST).collect();
    if !filter.q.is_empty() {
        let q = filter.q.as_str();
        filter.q_categories = codes(&|item| item.code == q || item.name.zh.contains(q));
        filter.q_places = places.named(q);
    }
    filter
}

fn states(asked: &str) -> Vec<String> {
    let all = reference::workflow().states.iter();
    match asked {
        "" => Vec::new(),
        "open" | "settled" => all
            .filter(|state| is_open(&state.code) == (asked == "open"))
            .map(|state| state.code.clone())
            .collect(),
        state => vec![state.to_owned()],
    }
}

/// Whether somebody still has to do something about a case in this state.
pub(crate) fn is_open(state: &str) -> bool {
    reference::workflow()
        .case_state(state)
        .is_none_or(|state| !matches!(state.stage.as_str(), "结束" | "结案" | "评价"))
}

/// A row in words, names and codes.
pub(crate) fn line(
    tables: Tables<'_>,
    places: &Places,
    row: CaseRow,
) -> Result<CaseLine, StoreError> {
    let item = reference::events().item(&row.category);
    let reporter = match row.reporter {
        Some(person) => tables.person(person)?,
        None => None,
    };
    let place = match places.name(row.place) {
        "" => row.address,
        name => name.to_owned(),
    };
    let org = match (row.org.as_str(), row.place.and_then(|id| places.get(id))) {
        ("", Some(place)) => place.org.clone(),
        (org, _) => org.to_owned(),
    };
    Ok(CaseLine {
        id: row.id.to_string(),
        no: format!("{:04}", row.no),
        category: row.category,
        words: row.words,
        place,
        org_name: places.org_name(&org).to_owned(),
        org,
        urgency: item.map_or(0, |item| item.urgency),
        open: is_open(&row.state),
        state: row.state,
        restricted: item.is_some_and(|item| item.restricted),
        reported_at: row.at,
        received_at: row.received_at,
        by: reporter.map_or_else(String::new, |person| person.name),
        photos: row.photos,
        photos_arrived: row.photos_arrived,
        photos_late: row.photos_late,
        lon: row.lon,
        lat: row.lat,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_is_open_until_nobody_has_to_act() {
        for state in [
            "reported",
            "need_info",
            "handling",
            "on_hold",
            "feedback",
            "verified",
            "reopened",
        ] {
            assert!(is_open(state), "{state}");
        }
        for state in [
            "closed",
            "follow_up",
            "archived",
            "rejected",
            "merged",
            "void",
            "withdrawn",
        ] {
            assert!(!is_open(state), "{state}");
        }
        // A state of a newer version is shown rather than hidden.
        assert!(is_open("from_the_future"));
    }

    #[test]
    fn page_keys_round_trip() {
        assert_eq!(parse_key("1700000000000-41"), Some((1_700_000_000_000, 41)));
        assert_eq!(parse_key("x-1"), None);
        assert_eq!(parse_key("1"), None);
    }
}
