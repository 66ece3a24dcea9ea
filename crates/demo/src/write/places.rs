//! Places: org nodes, lines, estates, buildings, shops, hazard points, shelters.

use linli_model::bundle::Doc;
use linli_model::ids::DocId;
use linli_model::kind::Kind;
use linli_model::kinds::place::Place;
use linli_model::value::Write;

use super::WriteError;
use super::builder::{Builder, CENTER, Scene, doc_id, single};
use crate::geometry::Point;
use crate::geometry::lines::LineKind;
use crate::geometry::rings::middle;
use crate::org::{COUNTY_CODE, COUNTY_NAME};

fn put(scene: &Scene, id: DocId, place: &Place) -> Result<Doc, WriteError> {
    single(
        Kind::Place,
        id,
        CENTER,
        scene.since,
        scene.since,
        &place.create(),
    )
}

fn degrees(p: Point) -> [f64; 2] {
    [p.lon(), p.lat()]
}

/// A ring as documents keep it: closed.
fn ring(points: &[Point]) -> Vec<[f64; 2]> {
    points
        .iter()
        .chain(points.first())
        .map(|p| degrees(*p))
        .collect()
}

fn at(p: Point) -> Option<(f64, f64)> {
    Some((p.lon(), p.lat()))
}

/// An org node: its own code is the node it belongs to.
fn node(kind: &str, name: &str, code: &str, outline: &[Point], parent: Option<DocId>) -> Place {
    Place {
        kind: kind.into(),
        name: name.into(),
        code: code.into(),
        org: code.into(),
        parent,
        point: at(middle(outline)),
        outline: ring(outline),
        ..Place::default()
    }
}

pub(super) fn county(scene: &Scene) -> Result<Doc, WriteError> {
    let place = node(
        "county",
        COUNTY_NAME,
        COUNTY_CODE,
        &scene.county.org.outline,
        None,
    );
    put(scene, scene.node("doc county", 0), &place)
}

pub(super) fn street(scene: &Scene, i: usize) -> Result<Doc, WriteError> {
    let s = &scene.county.org.streets[i];
    let parent = Some(scene.node("doc county", 0));
    put(
        scene,
        scene.node("doc street", i),
        &node("street", &s.name, &s.code, &s.outline, parent),
    )
}

pub(super) fn community(scene: &Scene, i: usize) -> Result<Doc, WriteError> {
    let c = &scene.county.org.communities[i];
    let parent = Some(scene.node("doc street", c.street));
    let place = node("community", &c.name, &c.code, &c.outline, parent);
    put(scene, scene.node("doc community", i), &place)
}

pub(super) fn grid(scene: &Scene, i: usize) -> Result<Doc, WriteError> {
    let g = &scene.county.org.grids[i];
    let parent = Some(scene.node("doc community", g.community));
    let worker = &scene.county.staff[scene.county.worker(i)];
    let place = Place {
        worker: worker.id.to_string(),
        worker_name: worker.name.clone(),
        phone: worker.phone.clone(),
        ..node("grid", &g.name, &g.code, &g.outline, parent)
    };
    put(scene, scene.node("doc grid", i), &place)
}

pub(super) fn line(scene: &Scene, i: usize) -> Result<Doc, WriteError> {
    let line = &scene.county.lines[i];
    let kind = match line.kind {
        LineKind::River => "water",
        LineKind::Road => "road",
    };
    let place = Place {
        kind: kind.into(),
        name: line.name.clone(),
        org: COUNTY_CODE.into(),
        parent: Some(scene.node("doc county", 0)),
        outline: line.points.iter().map(|p| degrees(*p)).collect(),
        ..Place::default()
    };
    put(scene, scene.node("doc line", i), &place)
}

pub(super) fn estate(scene: &Scene, i: usize) -> Result<Doc, WriteError> {
    let e = &scene.county.housing.estates[i];
    let place = Place {
        kind: "estate".into(),
        name: e.name.clone(),
        parent: Some(scene.node("doc grid", e.grid)),
        org: scene.county.org.grids[e.grid].code.clone(),
        point: at(middle(&e.outline)),
        outline: ring(&e.outline),
        ..Place::default()
    };
    put(scene, doc_id(e.id), &place)
}

/// A building; one that came from another grid was written there first.
pub(super) fn building(scene: &Scene, i: usize) -> Result<Doc, WriteError> {
    let county = scene.county;
    let b = &county.housing.buildings[i];
    let code = |grid: usize| county.org.grids[grid].code.clone();
    let place = Place {
        kind: "building".into(),
        name: b.name.clone(),
        alias: b.alias.clone(),
        parent: Some(doc_id(county.housing.estates[b.estate].id)),
        org: code(b.former_grid.unwrap_or(b.grid)),
        point: at(middle(&b.outline)),
        outline: ring(&b.outline),
        units: b.units.clone(),
        floors: b.floors.clone(),
        lead: scene.leads[i].map_or(String::new(), |s| county.staff[s].id.to_string()),
        lead_name: scene.leads[i].map_or(String::new(), |s| county.staff[s].name.clone()),
        ..Place::default()
    };
    let mut builder = Builder::new(Kind::Place, doc_id(b.id))?;
    builder.write(CENTER, scene.since, scene.since, &place.create())?;
    if b.former_grid.is_some() {
        let moved = county.today.plus(-61).at(10, 0, 0);
        builder.write(CENTER, moved, moved, &[Write::new("org", code(b.grid))])?;
    }
    Ok(builder.done())
}

pub(super) fn shop(scene: &Scene, i: usize) -> Result<Doc, WriteError> {
    let s = &scene.county.places.shops[i];
    let building = &scene.county.housing.buildings[s.building];
    let place = Place {
        kind: "shop".into(),
        name: s.name.clone(),
        alias: s.sells.into(),
        code: format!("S{:05}", i + 1),
        parent: Some(doc_id(building.id)),
        org: scene.county.org.grids[building.grid].code.clone(),
        point: at(s.at),
        phone: s.phone.clone(),
        ..Place::default()
    };
    put(scene, doc_id(s.id), &place)
}

pub(super) fn hazard(scene: &Scene, i: usize) -> Result<Doc, WriteError> {
    let h = &scene.county.places.hazards[i];
    let place = Place {
        kind: "hazard".into(),
        name: h.name.clone(),
        alias: h.sort.into(),
        code: format!("H{:03}", i + 1),
        parent: Some(scene.node("doc grid", h.grid)),
        org: scene.county.org.grids[h.grid].code.clone(),
        point: at(h.at),
        ..Place::default()
    };
    put(scene, doc_id(h.id), &place)
}

pub(super) fn shelter(scene: &Scene, i: usize) -> Result<Doc, WriteError> {
    let s = &scene.county.places.shelters[i];
    let grid = &scene.county.org.grids[s.grid];
    let place = Place {
        kind: "shelter".into(),
        name: s.name.clone(),
        parent: Some(scene.node("doc grid", s.grid)),
        // A whole community goes there.
        org: scene.county.org.communities[grid.community].code.clone(),
        point: at(s.at),
        capacity: s.capacity,
        phone: s.phone.clone(),
        ..Place::default()
    };
    put(scene, doc_id(s.id), &place)
}
