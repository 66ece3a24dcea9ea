//! The schematic map: outlines that need no tiles and no licence.

use linli_store::read::{place, work};

use crate::api::Empty;
use crate::api::map::{MapData, Shape, Spot};
use crate::error::Outcome;
use crate::phone::Phone;

/// Outlines and points of the own area.
pub(crate) async fn map(phone: &Phone, _: Empty) -> Outcome<MapData> {
    phone
        .read(|tx, desk| {
            let person = desk.session.person();
            let mut data = MapData {
                shapes: Vec::new(),
                spots: Vec::new(),
            };
            for kind in ["grid", "water", "road", "estate", "building"] {
                for row in place::of_type(tx, kind)? {
                    let own = match person.building {
                        Some(own) => row.id == own,
                        None => !person.org.is_empty() && row.org.starts_with(&person.org),
                    };
                    data.shapes.push(Shape {
                        id: if kind == "grid" {
                            row.code
                        } else {
                            row.id.to_string()
                        },
                        kind: kind.into(),
                        name: row.name,
                        line: row.outline,
                        own,
                    });
                }
            }
            for kind in ["shelter", "hazard", "shop"] {
                for row in place::of_type(tx, kind)? {
                    let Some((lon, lat)) = row.point else {
                        continue;
                    };
                    data.spots.push(Spot {
                        id: row.id.to_string(),
                        kind: kind.into(),
                        name: row.name,
                        lon,
                        lat,
                    });
                }
            }
            for report in work::reports(tx, &[], 500)? {
                let Some((lon, lat)) = report.point else {
                    continue;
                };
                if matches!(report.state.as_str(), "withdrawn" | "closed" | "archived") {
                    continue;
                }
                data.spots.push(Spot {
                    id: report.id.to_string(),
                    kind: "case".into(),
                    name: report.category,
                    lon,
                    lat,
                });
            }
            Ok(data)
        })
        .await
}
