//! Rooms of a building and their labels.

use super::design::BuildingPrint;

/// A room to be.
pub(super) struct Spot {
    pub(super) unit: usize,
    pub(super) floor: usize,
    pub(super) room: String,
}

/// All rooms of a building, by unit, floor and room.
pub(super) fn of(b: &BuildingPrint) -> Vec<Spot> {
    let labels = b.floor_labels();
    let mut spots = Vec::new();
    let mut taken = b.taken;
    let mut divided = b.divided;
    for unit in 0..b.units {
        for (floor, label) in labels.iter().enumerate() {
            for room in 1..=b.rooms {
                if label == "1" && taken > 0 {
                    taken -= 1;
                    continue;
                }
                let name = match label.as_str() {
                    "夹" => format!("夹层{room}"),
                    _ => format!("{label}{room:02}"),
                };
                if divided && label == "3" {
                    divided = false;
                    for letter in ["A", "B"] {
                        spots.push(Spot {
                            unit,
                            floor,
                            room: format!("{name}{letter}"),
                        });
                    }
                } else {
                    spots.push(Spot {
                        unit,
                        floor,
                        room: name,
                    });
                }
            }
        }
    }
    spots
}
