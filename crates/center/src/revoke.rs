//! Shutting a phone out (DESIGN §4.11): it may only hand in what it hasn't sent, and is then
//! told, by a signed order, to forget everything.

use std::collections::BTreeSet;
use std::path::Path;

use linli_model::actor::EnrolmentId;
use linli_model::ids::PersonId;
use linli_protocol::encode;
use linli_protocol::order::Order;

use crate::center::Center;
use crate::keys::{self, KeysError};
use crate::ledger;
use crate::store::{Store, StoreError};

/// Name of the list of phones that were shut out: a stolen one must not be let in again by a
/// restore.
const REVOKED: &str = "revoked";

/// Why a phone wasn't shut out; nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum RevokeError {
    /// No phone has this id.
    #[error("there is no such phone; see `linli-center devices`")]
    NoPhone,
    /// It was shut out before, with nothing less than this.
    #[error("it was revoked before")]
    Before,
    /// The order can't be signed.
    #[error("the order can't be signed ({0}); say where the authority's key is")]
    Key(#[from] KeysError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Shuts a phone out. What it hasn't sent it may still hand in, for its author's chief to
/// decide about; then it forgets everything, as the order signed with the key in `authority`
/// says. `stolen`: it forgets at once, unsent work too, and hands nothing in.
///
/// # Errors
/// See [`RevokeError`].
pub fn revoke(
    center: &Center,
    device: EnrolmentId,
    stolen: bool,
    authority: &Path,
) -> Result<(), RevokeError> {
    let at = center.now();
    let order = Order {
        enrolment: device,
        stolen,
        at,
    };
    let signed = encode(&keys::sign(authority, &order)?);
    let data = center.data.clone();
    center.store.write_now(move |turn| {
        let tables = turn.tables;
        let Some(row) = tables.enrolment(device)? else {
            return Ok(Err(RevokeError::NoPhone));
        };
        // Desks and the county's own data have enrolments too.
        if !row.revoked && !tables.devices_of(row.person)?.contains(&device) {
            return Ok(Err(RevokeError::NoPhone));
        }
        // A phone that turns out to be stolen, or that was shut out before there were orders.
        if row.revoked && !stolen && tables.order(device)?.is_some() {
            return Ok(Err(RevokeError::Before));
        }
        let entry = Entry {
            device,
            at,
            order: signed.clone(),
            person: row.person,
            token: tables.token_hash(device)?,
        };
        ledger::append(&data, REVOKED, &entry.line())?;
        tables.revoke(device, at)?;
        tables.set_order(device, &signed)?;
        tables.note(
            at,
            None,
            if stolen { "stolen" } else { "revoke" },
            &device.0,
        )?;
        Ok(Ok(()))
    })?
}

/// Shuts out once more, in a center that comes out of a backup, whoever was shut out since that was
/// made. The number of phones that are.
///
/// # Errors
/// The database, or what is written down beside the keys.
pub(crate) fn again(store: &Store, data: &Path) -> Result<usize, StoreError> {
    let entries = ledger::read(data, REVOKED, Entry::parse)?;
    store.write_now(move |turn| {
        let tables = turn.tables;
        let mut shut_out = BTreeSet::new();
        for entry in entries {
            // One that was enrolled after the backup is to get its order all the same.
            if tables.enrolment(entry.device)?.is_none() {
                let (person, at) = (entry.person, entry.at);
                tables.add_enrolment(entry.device, person, entry.token, "forgotten", at)?;
            }
            tables.revoke(entry.device, entry.at)?;
            tables.set_order(entry.device, &entry.order)?;
            shut_out.insert(entry.device);
        }
        Ok(shut_out.len())
    })
}

/// A line of the list.
struct Entry {
    device: EnrolmentId,
    at: i64,
    /// Signed.
    order: Vec<u8>,
    person: PersonId,
    /// Hash of the token it calls with.
    token: Option<[u8; 32]>,
}

impl Entry {
    fn line(&self) -> String {
        let (device, order) = (hex::encode(self.device.0), hex::encode(&self.order));
        let token = self.token.map_or("-".to_owned(), hex::encode);
        let (at, person) = (self.at, self.person);
        format!("{device} {at} {order} {person} {token}")
    }

    fn parse(line: &str) -> Option<Self> {
        let mut words = line.split(' ');
        let device = EnrolmentId(hex::decode(words.next()?).ok()?.try_into().ok()?);
        let at = words.next()?.parse().ok()?;
        let order = hex::decode(words.next()?).ok()?;
        let person = words.next()?.parse().ok()?;
        let token = match words.next()? {
            "-" => None,
            token => Some(hex::decode(token).ok()?.try_into().ok()?),
        };
        Some(Self {
            device,
            at,
            order,
            person,
            token,
        })
    }
}
