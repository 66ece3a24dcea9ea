//! `GET /api/map`, and the surroundings of one case.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use linli_model::ids::DocId;
use linli_model::kinds::place;
use linli_model::reference;

use super::api::map::{MapData, Shape, Spot};
use super::atlas::Places;
use super::case_list::is_open;
use super::desk::{Desk, filter_of};
use super::failure::Refuse;
use super::seat::Seat;

/// How far around a case its map reaches, degrees: about 220 m north and south.
const REACH: f64 = 0.002;
/// Most open cases on a map.
const CASES: u32 = 10_000;

/// `GET /api/map`: the person's area with all open cases.
pub(crate) async fn all(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
) -> Result<Json<MapData>, Refuse> {
    if !seat.viewer.pages.cases {
        return Err(Refuse::NOT_ALLOWED);
    }
    let shared = desk.clone();
    let data = desk
        .center
        .store
        .read(move |tables| {
            let places = shared.atlas.at(tables)?;
            let areas = seat.viewer.areas();
            let mut data = MapData::default();
            for (id, place) in places.all() {
                if areas
                    .iter()
                    .any(|area| place.org.starts_with(area.as_str()))
                {
                    draw(&mut data, id, place);
                }
            }
            let mut filter = filter_of(&seat.viewer, tables)?;
            let states = reference::workflow().states.iter();
            filter.states = states
                .filter(|state| is_open(&state.code))
                .map(|state| state.code.clone())
                .collect();
            data.left_out = tables.count_desk_cases(&filter)?.saturating_sub(CASES);
            for row in tables.desk_cases(&filter, CASES)? {
                match row.lon.zip(row.lat).or_else(|| middle(&places, row.place)) {
                    Some((lon, lat)) => data.spots.push(Spot {
                        id: row.id.to_string(),
                        kind: "case".into(),
                        urgency: reference::events()
                            .item(&row.category)
                            .map_or(0, |item| item.urgency),
                        name: row.category,
                        org: row.org,
                        lon,
                        lat,
                    }),
                    None => data.unplaced += 1,
                }
            }
            sort(&mut data);
            Ok(data)
        })
        .await?;
    Ok(Json(data))
}

/// What lies around a case: its grid, and what is near its position.
pub(crate) fn around(
    places: &Places,
    org: &str,
    place: Option<DocId>,
    position: Option<(f64, f64)>,
) -> MapData {
    let mut data = MapData::default();
    let here = position.or_else(|| middle(places, place));
    for (id, place) in places.all() {
        let own_grid = place.kind == "grid" && place.org == org;
        if own_grid || here.is_some_and(|here| is_near(place, here)) {
            draw(&mut data, id, place);
        }
    }
    sort(&mut data);
    data
}

fn draw(data: &mut MapData, id: DocId, place: &place::Place) {
    match place.kind.as_str() {
        "grid" | "estate" | "building" | "water" | "road" if place.outline.len() > 1 => {
            data.shapes.push(Shape {
                id: id.to_string(),
                kind: place.kind.clone(),
                name: place.name.clone(),
                org: place.org.clone(),
                line: place.outline.clone(),
            });
        }
        "shelter" | "hazard" => {
            if let Some((lon, lat)) = place.point {
                data.spots.push(Spot {
                    id: id.to_string(),
                    kind: place.kind.clone(),
                    name: place.name.clone(),
                    urgency: 0,
                    org: place.org.clone(),
                    lon,
                    lat,
                });
            }
        }
        _ => {}
    }
}

/// The same order every time: nothing moves when a map is read again.
fn sort(data: &mut MapData) {
    data.shapes.sort_by(|a, b| a.id.cmp(&b.id));
    data.spots.sort_by(|a, b| a.id.cmp(&b.id));
}

fn middle(places: &Places, id: Option<DocId>) -> Option<(f64, f64)> {
    let place = places.get(id?)?;
    place.point.or_else(|| {
        let (low, high) = bounds(&place.outline)?;
        Some(((low[0] + high[0]) / 2.0, (low[1] + high[1]) / 2.0))
    })
}

fn bounds(line: &[[f64; 2]]) -> Option<([f64; 2], [f64; 2])> {
    let first = *line.first()?;
    Some(line.iter().fold((first, first), |(low, high), p| {
        (
            [low[0].min(p[0]), low[1].min(p[1])],
            [high[0].max(p[0]), high[1].max(p[1])],
        )
    }))
}

/// Whether a place's box touches the square around a point.
fn is_near(place: &place::Place, (lon, lat): (f64, f64)) -> bool {
    let point = place.point.map(|(lon, lat)| ([lon, lat], [lon, lat]));
    let Some((low, high)) = bounds(&place.outline).or(point) else {
        return false;
    };
    low[0] <= lon + REACH
        && high[0] >= lon - REACH
        && low[1] <= lat + REACH
        && high[1] >= lat - REACH
}
