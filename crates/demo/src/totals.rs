//! How much of everything there is.

/// How large a county to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Size {
    /// One community (安置苑社区): 6 grids, 38 buildings, 2,100 households.
    S,
    /// The county: 44 grids, 312 buildings, 15,400 households.
    M,
    /// Ten times the county, for load tests.
    L,
}

/// The text names no size.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the size is S, M or L")]
pub struct BadSize;

impl std::str::FromStr for Size {
    type Err = BadSize;

    fn from_str(text: &str) -> Result<Self, BadSize> {
        match text {
            "S" | "s" => Ok(Size::S),
            "M" | "m" => Ok(Size::M),
            "L" | "l" => Ok(Size::L),
            _ => Err(BadSize),
        }
    }
}

/// People by population type and by tag, for the county (size M).
const PERSONS: [(&str, usize); 25] = [
    ("P10", 28_689),
    ("P11", 5_405),
    ("P12", 6_861),
    ("P13", 541),
    ("P14", 42),
    ("P15", 42),
    ("P20", 665),
    ("P21", 1_580),
    ("P22", 1_663),
    ("P23", 374),
    ("P24", 1_247),
    ("P25", 624),
    ("P26", 83),
    ("P27", 249),
    ("P28", 249),
    ("P29", 83),
    ("P30", 291),
    ("P31", 83),
    ("P32", 333),
    ("P40", 2_495),
    ("P41", 748),
    ("P42", 915),
    ("P43", 333),
    ("P44", 416),
    ("P50", 624),
];

/// The numbers of one size.
#[derive(Clone, Debug)]
pub struct Totals {
    /// Housing estates.
    pub estates: usize,
    /// Courtyards (院落): small old compounds without a property company.
    pub courtyards: usize,
    /// Buildings.
    pub buildings: usize,
    /// Stairwell units of all buildings.
    pub units: usize,
    /// Dwellings.
    pub dwellings: usize,
    /// Households.
    pub households: usize,
    /// Shops.
    pub shops: usize,
    /// Hazard points.
    pub hazards: usize,
    /// Households threatened by a hazard point.
    pub threatened: usize,
    /// Shelters.
    pub shelters: usize,
    /// Building leads; fewer than buildings, so some have nobody.
    pub leads: usize,
    /// Visits of six months.
    pub visits: usize,
    /// Reported problems of six months.
    pub cases: usize,
    persons: Vec<(&'static str, usize)>,
}

impl Totals {
    /// The numbers of a size.
    pub fn of(size: Size) -> Self {
        // S is one community: 6 of 44 grids, with its own number of buildings.
        let (num, den) = match size {
            Size::S => (6, 44),
            Size::M => (1, 1),
            Size::L => (10, 1),
        };
        let part = |n: usize| (n * num + den / 2) / den;
        let (buildings, units, leads) = match size {
            Size::S => (38, 86, 36),
            _ => (part(312), part(706), part(298)),
        };
        Totals {
            estates: part(46).max(6),
            courtyards: part(38),
            buildings,
            units,
            dwellings: part(17_150),
            households: part(15_400),
            shops: part(1_260),
            hazards: part(11),
            threatened: part(268),
            shelters: part(12),
            leads,
            visits: part(21_400),
            cases: part(2_860),
            persons: PERSONS.iter().map(|&(p, n)| (p, part(n))).collect(),
        }
    }

    /// How many people of a population type or with a tag (`P10`, `P20`…); 0 for others.
    pub fn persons(&self, code: &str) -> usize {
        self.persons
            .iter()
            .find(|(p, _)| *p == code)
            .map_or(0, |&(_, n)| n)
    }
}
