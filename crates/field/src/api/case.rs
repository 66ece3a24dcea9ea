//! Reporting a problem and following it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::media::MediaItem;
use super::{Author, Position, Receipt};

/// Where is this point?
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Locate {
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
    /// Radius in metres, 0 for a tap.
    pub accuracy_m: f64,
}

/// The answer in facts.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Located {
    /// Grid id (org code), or empty when outside all known grids.
    pub grid: String,
    /// Grid name.
    pub grid_name: String,
    /// Inside the own area.
    pub own: bool,
    /// The accuracy circle touches another grid.
    pub unsure: bool,
    /// Nearest building id, or empty.
    pub building: String,
    /// Its name.
    pub building_name: String,
    /// Metres to its outline, 0 inside.
    pub distance_m: f64,
    /// Side of the building: `n`, `ne`, … `inside`.
    pub side: String,
}

/// Report a problem.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReportProblem {
    /// Category code such as `0305`.
    pub category: String,
    /// Words.
    pub words: String,
    /// Building, dwelling or grid it concerns, or empty.
    pub place: String,
    /// Position, when one was taken or tapped.
    pub position: Option<Position>,
    /// Photos already imported.
    pub media: Vec<String>,
    /// Household it concerns, or empty.
    pub household: String,
    /// Key of the draft it was written in, which ends with it; every other draft stays.
    pub draft: Option<String>,
}

/// A line in "my reports".
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReportLine {
    /// Case document id.
    pub id: String,
    /// Category code.
    pub category: String,
    /// Words.
    pub words: String,
    /// Building or grid name.
    pub place: String,
    /// When reported.
    pub at: i64,
    /// Status code of the case machine; `unsent` while only this phone knows it.
    pub status: String,
    /// Where the record is.
    pub receipt: Receipt,
    /// First photo, or empty.
    pub photo: String,
    /// Photos in all.
    pub photos: u32,
    /// Photos the center has verified.
    pub photos_arrived: u32,
    /// Who reported it.
    pub by: Author,
}

/// Which case.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CaseId {
    /// Document id.
    pub id: String,
}

/// A step or remark.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CaseStep {
    /// State reached, or `remark`.
    pub kind: String,
    /// Words.
    pub words: String,
    /// Who.
    pub by: Author,
    /// When, by their clock.
    pub at: i64,
    /// When the center received it.
    pub received_at: Option<i64>,
    /// Where it is.
    pub receipt: Receipt,
}

/// A case in full.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Case {
    /// The line.
    pub line: ReportLine,
    /// Position.
    pub position: Option<Position>,
    /// Photos.
    pub media: Vec<MediaItem>,
    /// Steps and remarks, oldest first.
    pub steps: Vec<CaseStep>,
    /// The reporter may still withdraw it.
    pub can_withdraw: bool,
    /// The desk asked for more: the reporter may answer.
    pub can_supply: bool,
}

/// Say something more about a case.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CaseWords {
    /// Case id.
    pub id: String,
    /// Words.
    pub words: String,
}
