//! Places: org nodes, grids, estates, buildings, shops, hazard points, shelters, water, roads.

use super::{doc_id, push_text};
use crate::fields::Fields;
use crate::ids::DocId;
use crate::kinds::position;
use crate::value::Write;

/// A place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Place {
    /// `county`, `street`, `community`, `grid`, `estate`, `building`, `shop`, `hazard`,
    /// `shelter`, `water` or `road`.
    pub kind: String,
    /// Name.
    pub name: String,
    /// What people call it.
    pub alias: String,
    /// Division code of an org node; number of a shop or hazard point.
    pub code: String,
    /// Place it lies in (a building's estate).
    pub parent: Option<DocId>,
    /// Code of the org node it belongs to (itself, for an org node).
    pub org: String,
    /// Degrees east and north.
    pub point: Option<(f64, f64)>,
    /// Outline or line, degrees.
    pub outline: Vec<[f64; 2]>,
    /// Units of a building, left to right; one empty name when it has none.
    pub units: Vec<String>,
    /// Floors of a building, bottom up.
    pub floors: Vec<String>,
    /// Building lead (person id), or empty.
    pub lead: String,
    /// Grid worker (person id), or empty.
    pub worker: String,
    /// Name of the building lead: public, on the notice at the door.
    pub lead_name: String,
    /// Name of the grid worker: public as well.
    pub worker_name: String,
    /// People a shelter holds.
    pub capacity: i64,
    /// Duty telephone, public.
    pub phone: String,
}

impl Place {
    /// Reads a place.
    pub fn read(fields: &Fields) -> Self {
        let list = |path: &str| {
            let text = fields.text(path);
            if fields.get(path) == &crate::value::Value::Null {
                Vec::new()
            } else {
                text.split(',').map(str::to_owned).collect()
            }
        };
        Self {
            kind: fields.text("type").to_owned(),
            name: fields.text("name").to_owned(),
            alias: fields.text("alias").to_owned(),
            code: fields.text("code").to_owned(),
            parent: doc_id(fields, "parent"),
            org: fields.text("org").to_owned(),
            point: position::point(fields, ""),
            outline: position::unpack(fields.get("outline").bytes()),
            units: list("units"),
            floors: list("floors"),
            lead: fields.text("lead").to_owned(),
            worker: fields.text("worker").to_owned(),
            lead_name: fields.text("lead_name").to_owned(),
            worker_name: fields.text("worker_name").to_owned(),
            capacity: fields.int("capacity"),
            phone: fields.text("phone").to_owned(),
        }
    }

    /// The writes that bring it into being.
    pub fn create(&self) -> Vec<Write> {
        let mut writes = vec![Write::new("type", self.kind.as_str())];
        push_text(&mut writes, "name", &self.name);
        push_text(&mut writes, "alias", &self.alias);
        push_text(&mut writes, "code", &self.code);
        if let Some(parent) = self.parent {
            writes.push(Write::new("parent", parent.to_string()));
        }
        push_text(&mut writes, "org", &self.org);
        if let Some((lon, lat)) = self.point {
            writes.push(Write::new("lon_e7", position::e7(lon)));
            writes.push(Write::new("lat_e7", position::e7(lat)));
        }
        if !self.outline.is_empty() {
            writes.push(Write::new("outline", position::pack(&self.outline)));
        }
        if !self.units.is_empty() {
            writes.push(Write::new("units", self.units.join(",")));
        }
        if !self.floors.is_empty() {
            writes.push(Write::new("floors", self.floors.join(",")));
        }
        push_text(&mut writes, "lead", &self.lead);
        push_text(&mut writes, "worker", &self.worker);
        push_text(&mut writes, "lead_name", &self.lead_name);
        push_text(&mut writes, "worker_name", &self.worker_name);
        if self.capacity > 0 {
            writes.push(Write::new("capacity", self.capacity));
        }
        push_text(&mut writes, "phone", &self.phone);
        writes
    }
}
