//! The org tree: county, streets, communities, grids, with 15-digit grid codes.

use crate::geometry::Point;
use crate::totals::Size;

/// County code; not allocated in GB/T 2260.
pub const COUNTY_CODE: &str = "519901";

/// Name of the county.
pub const COUNTY_NAME: &str = "栖云县";

/// What sort of neighbourhood a community is; decides how its buildings look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quarter {
    /// 老城区
    OldTown,
    /// 新城区
    NewTown,
    /// 临河
    Riverside,
    /// 灾后重建安置区
    Rebuilt,
    /// 山边
    Hillside,
    /// 城乡接合部
    TownEdge,
    /// 移民安置区
    Resettled,
}

/// A street office (街道) or town.
#[derive(Clone, Debug)]
pub struct Street {
    /// 9 digits.
    pub code: String,
    /// Name.
    pub name: String,
    /// Ring of vertices, counter-clockwise, not closed.
    pub outline: Vec<Point>,
}

/// A community (社区).
#[derive(Clone, Debug)]
pub struct Community {
    /// 12 digits.
    pub code: String,
    /// Name, such as `望江社区`.
    pub name: String,
    /// Sort of neighbourhood.
    pub quarter: Quarter,
    /// Index of its street.
    pub street: usize,
    /// Ring of vertices, counter-clockwise, not closed.
    pub outline: Vec<Point>,
}

/// A grid (网格), the area of one grid worker.
#[derive(Clone, Debug)]
pub struct Grid {
    /// 15 digits.
    pub code: String,
    /// Name, such as `望江社区第3网格`.
    pub name: String,
    /// Number inside its community, from 1.
    pub number: usize,
    /// Index of its community.
    pub community: usize,
    /// Ring of vertices, counter-clockwise, not closed.
    pub outline: Vec<Point>,
}

/// The org tree below the county.
#[derive(Clone, Debug, Default)]
pub struct Org {
    /// Ring of the county, counter-clockwise, not closed.
    pub outline: Vec<Point>,
    /// Streets by code.
    pub streets: Vec<Street>,
    /// Communities by code.
    pub communities: Vec<Community>,
    /// Grids by code.
    pub grids: Vec<Grid>,
}

const STREETS: [(&str, &str); 3] = [
    ("001", "云溪街道"),
    ("002", "石桥街道"),
    ("101", "茶坪镇(城区片)"),
];

/// Street, code, stem of the name, quarter, grids.
const COMMUNITIES: [(usize, &str, Quarter, usize); 9] = [
    (0, "望江", Quarter::OldTown, 6),
    (0, "槐荫", Quarter::OldTown, 5),
    (0, "新安", Quarter::NewTown, 5),
    (0, "河湾", Quarter::Riverside, 4),
    (1, "石桥", Quarter::OldTown, 5),
    (1, "安置苑", Quarter::Rebuilt, 6),
    (1, "北岭", Quarter::Hillside, 4),
    (2, "茶坪", Quarter::TownEdge, 5),
    (2, "沙坝", Quarter::Resettled, 4),
];

/// For L every community has nine sisters, named after a side of it.
const SISTERS: [&str; 10] = ["", "东", "西", "南", "北", "上", "下", "里", "外", "新"];

impl Org {
    /// The tree of a size, without outlines. S is planned like M and cut down later,
    /// so its one community has the same codes.
    pub(crate) fn plan(size: Size) -> Self {
        let mut org = Org::default();
        let sisters = if size == Size::L { 10 } else { 1 };
        for (s, (code, name)) in STREETS.iter().enumerate() {
            org.streets.push(Street {
                code: format!("{COUNTY_CODE}{code}"),
                name: (*name).into(),
                outline: Vec::new(),
            });
            let mut number = 0;
            for sister in &SISTERS[..sisters] {
                for (_, stem, quarter, grids) in COMMUNITIES.iter().filter(|c| c.0 == s) {
                    number += 1;
                    org.add_community(s, number, &format!("{stem}{sister}"), *quarter, *grids);
                }
            }
        }
        org
    }

    fn add_community(
        &mut self,
        street: usize,
        n: usize,
        stem: &str,
        quarter: Quarter,
        grids: usize,
    ) {
        let community = self.communities.len();
        let code = format!("{}{n:03}", self.streets[street].code);
        for number in 1..=grids {
            self.grids.push(Grid {
                code: format!("{code}{number:03}"),
                name: format!("{stem}社区第{number}网格"),
                number,
                community,
                outline: Vec::new(),
            });
        }
        self.communities.push(Community {
            code,
            name: format!("{stem}社区"),
            quarter,
            street,
            outline: Vec::new(),
        });
    }

    /// Indices of the grids of a community.
    pub fn grids_of(&self, community: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.grids.len()).filter(move |&g| self.grids[g].community == community)
    }

    /// Keeps only one community, its street and its grids.
    pub(crate) fn keep_only(&mut self, name: &str) {
        let Some(c) = self.communities.iter().position(|c| c.name == name) else {
            return;
        };
        let mut community = self.communities[c].clone();
        self.grids.retain(|g| g.community == c);
        for grid in &mut self.grids {
            grid.community = 0;
        }
        self.streets = vec![self.streets[community.street].clone()];
        community.street = 0;
        self.communities = vec![community];
    }

    /// The stem of a community's name: `望江` of `望江社区`.
    pub fn stem(&self, community: usize) -> &str {
        self.communities[community].name.trim_end_matches("社区")
    }
}
