//! Where a point is: in which grid, at which building.

use linli_model::geometry::{BuildingIndex, Certainty, GridIndex, Ring};
use linli_model::kinds::position::Position as Fix;
use linli_store::Transaction;
use linli_store::read::place;

use crate::EdgeError;
use crate::api::Position;
use crate::api::case::Located;
use crate::desk::Desk;
use crate::error::Outcome;

/// Finds the grid around a point (degrees, WGS-84) and the building nearest to it.
pub(crate) fn find(
    tx: &Transaction<'_>,
    desk: &Desk,
    lon: f64,
    lat: f64,
    accuracy_m: f64,
) -> Outcome<Located> {
    let point = [lon, lat];
    let rings = |kind: &str| -> Outcome<Vec<(place::PlaceRow, Ring)>> {
        Ok(place::of_type(tx, kind)?
            .into_iter()
            .filter_map(|row| {
                let ring = Ring::new(row.outline.iter().copied()).ok()?;
                Some((row, ring))
            })
            .collect())
    };
    let grids = rings("grid")?;
    let own = &desk.session.person().org;
    let index = GridIndex::new(
        grids
            .iter()
            .enumerate()
            .map(|(i, (_, ring))| (i, ring.clone())),
    );
    // A chief's own area is every grid of the community.
    let at = index.locate(point).copied();
    let inside = |i: usize| grids[i].0.code.starts_with(own.as_str());
    let own_index = at.unwrap_or(usize::MAX);
    let circle = index.locate_within(point, accuracy_m, own_index);
    let buildings = rings("building")?;
    let near = BuildingIndex::new(
        buildings
            .iter()
            .enumerate()
            .map(|(i, (_, ring))| (i, ring.clone())),
    )
    .nearest(point);
    Ok(Located {
        grid: at.map_or(String::new(), |i| grids[i].0.code.clone()),
        grid_name: at.map_or(String::new(), |i| grids[i].0.name.clone()),
        own: if desk.is_lead() {
            at.is_some()
        } else {
            at.is_some_and(inside)
        },
        unsure: circle.certainty != Certainty::Sure,
        building: near.map_or(String::new(), |n| buildings[n.id].0.id.to_string()),
        building_name: near.map_or(String::new(), |n| buildings[n.id].0.name.clone()),
        distance_m: near.map_or(0.0, |n| n.distance_m),
        side: near.map_or(String::new(), |n| {
            n.side.map_or("inside", |side| side.code()).to_owned()
        }),
    })
}

/// A position as a record has it.
pub(crate) fn fix(position: &Position) -> Fix {
    Fix {
        lon: position.lon,
        lat: position.lat,
        accuracy_m: position.accuracy_m,
        source: position.source.clone(),
        at: position.at,
        mocked: position.mocked,
    }
}

/// Positions come from other programs: what isn't on earth is refused here.
pub(crate) fn on_earth(position: Option<Position>) -> Outcome<Option<Position>> {
    match position {
        Some(at) if at.lat.abs() <= 90.0 && at.lon.abs() <= 180.0 => Ok(Some(at)),
        Some(_) => Err(EdgeError::bad_input("position")),
        None => Ok(None),
    }
}
