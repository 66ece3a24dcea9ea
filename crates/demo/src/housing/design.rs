//! What is to be built, before it has a place.

use crate::geometry::building::Shape;

/// The building of the fixed household: 5栋.
pub const HERO_BUILDING: usize = 5;

/// A building to be.
#[derive(Clone, Debug)]
pub(super) struct BuildingPrint {
    pub(super) name: String,
    pub(super) alias: String,
    pub(super) units: usize,
    pub(super) floors: usize,
    /// It grows to so many floors before it gets more rooms.
    pub(super) most_floors: usize,
    /// Rooms per floor and unit.
    pub(super) rooms: usize,
    /// Dwellings missing on the ground floor, because shops took their place.
    pub(super) taken: usize,
    /// Its shape is as the story needs it.
    pub(super) fixed: bool,
    /// It has a floor below ground with dwellings.
    pub(super) basement: bool,
    /// It has a mezzanine between the first and the second floor.
    pub(super) mezzanine: bool,
    /// A large flat was divided into A and B.
    pub(super) divided: bool,
    /// Units carry no number.
    pub(super) nameless_unit: bool,
    /// Built around a corner.
    pub(super) corner: bool,
}

impl BuildingPrint {
    /// A plain bar.
    pub(super) fn new(name: String, units: usize, floors: usize, rooms: usize) -> Self {
        BuildingPrint {
            name,
            alias: String::new(),
            units,
            floors,
            most_floors: 8,
            rooms,
            taken: 0,
            fixed: false,
            basement: false,
            mezzanine: false,
            divided: false,
            nameless_unit: false,
            corner: false,
        }
    }

    /// How many dwellings it has.
    pub(super) fn dwellings(&self) -> usize {
        let floors = self.floors + usize::from(self.basement) + usize::from(self.mezzanine);
        self.units * floors * self.rooms - self.taken + usize::from(self.divided)
    }

    /// Its footprint: about 9 m of street front for a room, more for few rooms.
    pub(super) fn shape(&self) -> Shape {
        let front = match self.rooms {
            1 => 11.0,
            2 => 17.0,
            3 => 21.0,
            _ => 24.0,
        };
        let depth = if self.floors > 9 { 15.5 } else { 12.0 };
        if self.corner && self.units >= 3 {
            // The last unit stands across.
            let length = front * (self.units - 1) as f64;
            return Shape {
                length,
                depth,
                wing: Some((front * 0.9, depth)),
            };
        }
        Shape {
            length: front * self.units as f64,
            depth,
            wing: None,
        }
    }

    pub(super) fn unit_names(&self) -> Vec<String> {
        if self.nameless_unit {
            return vec![String::new()];
        }
        (1..=self.units).map(|u| u.to_string()).collect()
    }

    pub(super) fn floor_labels(&self) -> Vec<String> {
        let mut labels = Vec::new();
        if self.basement {
            labels.push("-1".to_owned());
        }
        labels.push("1".to_owned());
        if self.mezzanine {
            labels.push("夹".to_owned());
        }
        labels.extend((2..=self.floors).map(|f| f.to_string()));
        labels
    }
}

/// An estate to be.
#[derive(Clone, Debug)]
pub(super) struct EstatePrint {
    pub(super) grid: usize,
    pub(super) name: String,
    pub(super) courtyard: bool,
    pub(super) buildings: Vec<BuildingPrint>,
}

impl EstatePrint {
    /// The sheet area its buildings need, in square metres.
    pub(super) fn need(&self) -> f64 {
        let sum: f64 = self.buildings.iter().map(|b| b.shape().need()).sum();
        let longest = self
            .buildings
            .iter()
            .map(|b| b.shape().length)
            .fold(0.0, f64::max);
        sum.max((longest + 24.0) * (longest + 24.0) * 0.55) * 1.15
    }
}
