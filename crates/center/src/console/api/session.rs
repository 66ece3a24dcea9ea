//! Logging in and what is open to whom.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Who wants in.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct Login {
    /// Name to log in with.
    pub login: String,
    /// Password.
    pub password: String,
}

/// Who is in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Session {
    /// Person id.
    pub person: String,
    /// Name.
    pub name: String,
    /// Role code.
    pub role: String,
    /// Division code of the post.
    pub org: String,
    /// Name of the post's org node.
    pub org_name: String,
    /// Name of the center.
    pub center: String,
    /// What is open.
    pub pages: Pages,
    /// Streets, communities and grids of the post's area, by code.
    pub orgs: Vec<Org>,
    /// The center's clock.
    pub now: i64,
}

/// A node of the org tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Org {
    /// Division code: 9 digits for a street, 12 for a community, 15 for a grid.
    pub code: String,
    /// Name.
    pub name: String,
}

/// Pages by what a role may open; a page that isn't open isn't shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Pages {
    /// Cases and their map.
    pub cases: bool,
    /// What was given back to its authors, to decide about.
    pub returned: bool,
    /// Devices.
    pub devices: bool,
    /// Requests for lost database keys.
    pub recoveries: bool,
    /// May approve or refuse them.
    pub decide: bool,
}
