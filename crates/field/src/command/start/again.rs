//! A center that came from a backup has forgotten this phone: it is enrolled once more, and goes on
//! with everything that is on it.

use linli_protocol::enrol::Before;
use linli_store::access;

use super::{ask_to_enrol, read_code, status};
use crate::EdgeError;
use crate::api::Empty;
use crate::api::start::{Enrol, Status};
use crate::error::Outcome;
use crate::phone::Phone;
use crate::session::Session;

/// Whether the center said so when it was last asked.
pub(super) fn is_due(phone: &Phone) -> bool {
    let error = phone.sync_state().error;
    error.is_some_and(|error| error.code == "enrol_again")
}

/// Enrols the same person's phone once more; what it had written it may still hand in.
pub(super) async fn enrol(phone: &Phone, request: Enrol) -> Outcome<Status> {
    let old = phone.state().session;
    let old = old.ok_or_else(|| EdgeError::code("not_enrolled"))?;
    let (address, secret, pins) = read_code(&request)?;
    let before = old.enrolled.ticket.clone().map(|ticket| Before {
        enrolment: old.enrolment(),
        person: old.person().id,
        ticket,
    });
    let new = ask_to_enrol(phone, &address, secret, pins, before).await?;
    if new.person().id != old.person().id {
        return Err(EdgeError::code("enrol_other_person"));
    }
    phone
        .transact(move |tx, desk| {
            access::begin_anew(tx)?;
            // What is in here belongs to the generation it was read from: the next sync tells.
            let mut session = Session::clone(&new);
            session.enrolled.generation = desk.session.enrolled.generation;
            Ok(session.save(tx)?)
        })
        .await?;
    phone.renew_session()?;
    phone.resumed();
    status(phone, Empty {}).await
}
