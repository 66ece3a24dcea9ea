//! Cases: the list, and one in full.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::map::MapData;

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CaseLine {
    /// Case document.
    pub id: String,
    /// Number: the day the center received it, and its place in that day.
    pub no: String,
    /// Category code such as `0305`.
    pub category: String,
    /// The reporter's words.
    pub words: String,
    /// Building, shop or other place, or the address in words; empty for none.
    pub place: String,
    /// Division code of the grid or community.
    pub org: String,
    /// Its name.
    pub org_name: String,
    /// 1 = critical … 4 = plannable; 0 for a category of a newer version.
    pub urgency: u8,
    /// State of the case machine.
    pub state: String,
    /// Not yet at an end.
    pub open: bool,
    /// Only desk roles may see it.
    pub restricted: bool,
    /// When it was reported, by the reporter's clock.
    pub reported_at: i64,
    /// When the center received it.
    pub received_at: i64,
    /// Name of the reporter.
    pub by: String,
    /// Photos in the record.
    pub photos: u32,
    /// Photos whose bytes the center has verified.
    pub photos_arrived: u32,
    /// Photos that should have arrived by now.
    pub photos_late: u32,
    /// Degrees east.
    pub lon: Option<f64>,
    /// Degrees north.
    pub lat: Option<f64>,
}

/// A page of the list, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CasePage {
    /// Lines.
    pub cases: Vec<CaseLine>,
    /// Ask again with this as `after`; absent at the end.
    pub next: Option<String>,
    /// How many the filter finds in all.
    pub total: u32,
}

/// Who reported it and how to reach them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Reporter {
    /// Name.
    pub name: String,
    /// Role code.
    pub role: String,
    /// Name of the post.
    pub org_name: String,
    /// Duty telephone; empty for none.
    pub phone: String,
}

/// Where it is, and how that is known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Place {
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
    /// Radius in metres; absent when a person tapped the map.
    pub accuracy_m: Option<f64>,
    /// `gnss`, `tap` or `building`.
    pub source: String,
    /// The phone's system said another app made the position up.
    pub mocked: bool,
}

/// A photo of the record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Photo {
    /// Photo.
    pub id: String,
    /// When the shutter was pressed; of one that was passed on, when it was put in.
    pub taken_at: i64,
    /// `camera`, `album` or `share`.
    pub source: String,
    /// Name of who put it into the record.
    pub by: String,
    /// Role code.
    pub role: String,
    /// Pixels.
    pub width: i64,
    /// Pixels.
    pub height: i64,
    /// Bytes of the JPEG.
    pub bytes: i64,
    /// SHA-256 of the JPEG, hexadecimal.
    pub sha256: String,
    /// Where it was taken.
    pub position: Option<Place>,
    /// The center has its bytes, verified.
    pub arrived: bool,
    /// It should have arrived by now, and hasn't.
    pub late: bool,
    /// When it arrived.
    pub arrived_at: Option<i64>,
    /// When the center received the record that names it.
    pub awaited_since: i64,
}

/// A line of the story: a step or a remark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Entry {
    /// Entry id.
    pub id: String,
    /// State reached; empty for a remark.
    pub to: String,
    /// Reason or words.
    pub words: String,
    /// Name of who wrote it.
    pub by: String,
    /// Role code.
    pub role: String,
    /// When, by the author's clock.
    pub at: i64,
    /// When the center received it.
    pub received_at: i64,
}

/// A step the person who looks may take now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NextStep {
    /// State it leads to.
    pub to: String,
    /// What the button says, in Chinese.
    pub action_zh: String,
    /// A reason must be given.
    pub reason_required: bool,
}

/// A case in full.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CaseFile {
    /// Its line.
    pub line: CaseLine,
    /// Address in words; empty for none.
    pub address: String,
    /// Names of the org nodes it lies in, the nearest last.
    pub path: Vec<String>,
    /// Who reported it.
    pub reporter: Reporter,
    /// Where it is.
    pub position: Option<Place>,
    /// Photos.
    pub photos: Vec<Photo>,
    /// Steps and remarks, oldest first.
    pub story: Vec<Entry>,
    /// Newest step: what the next one builds on.
    pub head: String,
    /// Steps open to the person who looks.
    pub next: Vec<NextStep>,
    /// Outlines around it.
    pub around: MapData,
}

/// Take a step.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TakeStep {
    /// State to reach.
    pub to: String,
    /// The step it builds on, as it was shown.
    pub after: String,
    /// Reason; may be empty where none is asked for.
    pub reason: String,
}
