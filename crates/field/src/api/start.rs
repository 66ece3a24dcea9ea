//! Boot, enrolment, lock, settings and the sync pill.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::EdgeError;

/// How the phone came up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Boot {
    /// Never enrolled: show the enrolment screen.
    Fresh,
    /// In use.
    Ready,
    /// A PIN is set and the lock is closed.
    Locked,
    /// The database is here but its key is gone or wrong: enrol anew to get it back.
    KeyLost,
    /// Enrolled anew; a desk has to approve before the center returns the key.
    Recovering,
    /// The database was damaged; it was put aside (never deleted). Enrol to go on.
    Damaged,
    /// The center shut this phone out, and everything on it is gone. Enrol to go on.
    Wiped,
    /// Not in touch with the center for too long: people's data stays hidden until the next
    /// sync, as in [`Boot::Locked`].
    Lapsed,
    /// Something else is in the way (see [`Status::hindrance`]): nothing is lost, the app
    /// has to be started again when it is mended.
    Hindered,
}

/// The person this phone belongs to.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Me {
    /// Person id.
    pub person: String,
    /// Name.
    pub name: String,
    /// Role code: R01 grid worker, R02 building lead, R04 grid chief.
    pub role: String,
    /// Name of the own grid, community or building.
    pub area_name: String,
    /// Name of what the own area lies in (community, street or estate).
    pub within_name: String,
    /// Id of the own building (building leads) or empty.
    pub building: String,
    /// Name and number of the grid worker a building lead may ring; empty for others.
    pub worker_name: String,
    /// That worker's duty number, unmasked (a duty number is public); empty if none.
    pub worker_phone: String,
}

/// Everything the shell of the UI needs.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Status {
    /// How the phone came up.
    pub boot: Boot,
    /// The person; absent before enrolment and while the key is lost.
    pub me: Option<Me>,
    /// The pill.
    pub sync: SyncState,
    /// Settings kept on this phone.
    pub settings: Settings,
    /// Where a damaged database was put, a file name without folder.
    pub kept_as: Option<String>,
    /// Why the phone can't come up, such as `disk_full`, `app_too_old`, `keystore_failed`; or
    /// `forgetting`, while it is being emptied.
    pub hindrance: Option<EdgeError>,
    /// Minutes this phone's clock is off the center's (positive: ahead), if beyond 2.
    pub clock_off_min: Option<i64>,
    /// Version of the app.
    pub version: String,
    /// Name of the center (county); empty before enrolment.
    pub center_name: String,
}

/// What the link to the center is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SyncPhase {
    /// Not tried yet since the start.
    #[default]
    Unknown,
    /// Talking to the center.
    Syncing,
    /// The last attempt succeeded.
    Online,
    /// The center could not be reached.
    Offline,
    /// Reached, but something is wrong: see `error`.
    Failed,
}

/// The sync pill in numbers; the UI says it in words.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct SyncState {
    /// What the link is doing.
    pub phase: SyncPhase,
    /// Records not accepted yet.
    pub records: u32,
    /// Photos not accepted yet.
    pub photos: u32,
    /// Bytes of those photos that the center hasn't got.
    pub photo_bytes: u64,
    /// They wait for a link that doesn't cost by the byte, as the settings want it.
    pub photos_wait: bool,
    /// Things given back that need a person.
    pub attention: u32,
    /// When everything was last in step with the center.
    pub last_ok: Option<i64>,
    /// Documents received so far in the first sync; 0 otherwise.
    pub received: u32,
    /// The center was restored from a backup, and is getting back what it lost.
    pub restoring: bool,
    /// Why the last attempt failed.
    pub error: Option<EdgeError>,
}

/// Settings kept on this phone.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Settings {
    /// `zh-CN` or `en`.
    pub language: String,
    /// Large-type mode.
    pub large: bool,
    /// A PIN is set (reading only; see [`SetPin`]).
    pub pin_set: bool,
    /// `light`, `dark` or `system`.
    pub theme: String,
    /// Photos are stamped with time and place.
    pub stamp: bool,
    /// The stamp says the person's name too.
    pub stamp_name: bool,
    /// Photos are sent over links that cost too.
    pub photos_metered: bool,
}

/// What the host knows of the network.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Network {
    /// It costs by the byte, or the person asked to save data.
    pub metered: bool,
}

/// Enrol with what was scanned or typed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Enrol {
    /// The text of the QR code, or the typed secret (dashes and spaces don't matter).
    pub code: String,
    /// `host:port`, when the secret was typed.
    pub address: Option<String>,
}

/// Open the lock.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Unlock {
    /// The PIN typed.
    pub pin: String,
}

/// Set, change or remove the PIN.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SetPin {
    /// The PIN until now, when one is set.
    pub old: Option<String>,
    /// The new one (4–8 digits), or none to remove it.
    pub new: Option<String>,
}

/// Change settings; absent fields stay.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct SetSettings {
    /// `zh-CN` or `en`.
    pub language: Option<String>,
    /// Large-type mode.
    pub large: Option<bool>,
    /// `light`, `dark` or `system`.
    pub theme: Option<String>,
    /// Photos are stamped with time and place.
    #[serde(default)]
    pub stamp: Option<bool>,
    /// The stamp says the person's name too.
    #[serde(default)]
    pub stamp_name: Option<bool>,
    /// Photos are sent over links that cost too.
    #[serde(default)]
    pub photos_metered: Option<bool>,
}

/// A draft kept in the encrypted database on each keystroke.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Draft {
    /// Which form, such as `report` or `visit:<dwelling>`.
    pub key: String,
    /// What the form needs to come back; null to drop the draft.
    #[ts(type = "unknown")]
    pub data: serde_json::Value,
}

/// Ask for a draft.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DraftKey {
    /// Which form.
    pub key: String,
}
