//! Devices, and requests for lost database keys.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A phone and whose it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Device {
    /// Enrolment id.
    pub id: String,
    /// Name of the person.
    pub person: String,
    /// Role code.
    pub role: String,
    /// Name of the post.
    pub org_name: String,
    /// What kind of phone and which version of the app, as it said when it enrolled.
    pub device: String,
    /// When it enrolled.
    pub enrolled_at: i64,
    /// When it last synced; absent for never.
    pub last_sync: Option<i64>,
    /// It has kept everything up to this number of the feed.
    pub through: i64,
    /// Seconds its clock was ahead of the center's, at the last sync.
    pub clock_off_s: i64,
    /// It may only push, into quarantine.
    pub revoked: bool,
}

/// A phone that asks for its lost database key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Recovery {
    /// Request.
    pub id: String,
    /// Name of the person.
    pub person: String,
    /// Role code.
    pub role: String,
    /// Name of the post.
    pub org_name: String,
    /// Duty telephone, to ask whether it is really them; empty for none.
    pub phone: String,
    /// What kind of phone.
    pub device: String,
    /// When it asked.
    pub asked_at: i64,
    /// `waiting`, `approved` or `refused`.
    pub state: String,
    /// Who decided; empty while it waits.
    pub decided_by: String,
    /// When; absent while it waits.
    pub decided_at: Option<i64>,
    /// Why.
    pub reason: String,
}

/// Approve or refuse.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Decide {
    /// Hand the key out.
    pub approve: bool,
    /// Why; a refusal needs a reason.
    pub reason: String,
}
