//! Small translations from stored facts to what screens show.

use linli_model::actor::{Actor, EnrolmentId};
use linli_model::ids::DocId;
use linli_model::kind::Kind;
use linli_model::kinds::care;
use linli_model::value::Value as Stored;
use linli_store::outbox::State;
use linli_store::read::building::RoomRow;
use linli_store::read::place;
use linli_store::{StoreError, Transaction, directory};

use crate::api::change::Topic;
use crate::api::{Author, Receipt, Value};
use crate::desk::Desk;

/// Who wrote something, by name.
pub(crate) fn author(
    tx: &Transaction<'_>,
    desk: &Desk,
    actor: Option<Actor>,
) -> Result<Author, StoreError> {
    Ok(match directory::author(tx, actor)? {
        Some(person) => Author {
            me: person.id == desk.session.person().id,
            person: person.id.to_string(),
            name: person.name,
            role: person.role,
        },
        None => Author {
            person: String::new(),
            name: String::new(),
            role: String::new(),
            me: false,
        },
    })
}

/// The same for an enrolment as tables hold it.
pub(crate) fn author_of(
    tx: &Transaction<'_>,
    desk: &Desk,
    enrolment: Option<EnrolmentId>,
) -> Result<Author, StoreError> {
    author(
        tx,
        desk,
        enrolment.map(|enrolment| Actor {
            enrolment,
            counter: 0,
        }),
    )
}

/// Where something is.
pub(crate) fn receipt(state: State) -> Receipt {
    match state {
        State::Here => Receipt::Here,
        State::Sent => Receipt::Sent,
        State::Accepted => Receipt::Accepted,
        State::Attention | State::Discarded => Receipt::Attention,
    }
}

/// A stored value at the edge; telephone numbers are masked.
pub(crate) fn value(path: &str, stored: &Stored) -> Value {
    match stored {
        Stored::Null | Stored::Bytes(_) => Value::Null,
        Stored::Bool(flag) => Value::Bool(*flag),
        Stored::Int(number) => Value::Int(*number),
        Stored::Text(text) if is_number(path) => Value::Text(care::masked(text)),
        Stored::Text(text) => Value::Text(text.clone()),
    }
}

/// The field holds a telephone number.
pub(crate) fn is_number(path: &str) -> bool {
    path.starts_with("phones/") && path.ends_with("/number")
}

/// A value from the edge, as stored.
pub(crate) fn stored(value: &Value) -> Stored {
    match value {
        Value::Null => Stored::Null,
        Value::Bool(flag) => Stored::Bool(*flag),
        Value::Int(number) => Stored::Int(*number),
        Value::Text(text) => Stored::Text(text.trim().to_owned()),
    }
}

/// `5栋2单元501`: building, unit and room as people say them.
pub(crate) fn address(building: &str, room: &RoomRow) -> String {
    let unit = if room.unit.is_empty() {
        String::new()
    } else if room.unit.bytes().all(|b| b.is_ascii_digit()) {
        format!("{}单元", room.unit)
    } else {
        room.unit.clone()
    };
    format!("{building}{unit}{}", room.room)
}

/// Address of a dwelling and the name of its estate; empty when it isn't known here.
pub(crate) fn address_of(
    tx: &Transaction<'_>,
    dwelling: DocId,
) -> Result<(String, String), StoreError> {
    let Some(room) = linli_store::read::building::room(tx, dwelling)? else {
        return Ok((String::new(), String::new()));
    };
    let building = place::get(tx, room.building)?;
    let estate = match building.as_ref().and_then(|b| b.parent) {
        Some(parent) => place::get(tx, parent)?.map_or(String::new(), |estate| estate.name),
        None => String::new(),
    };
    let name = building.map_or(String::new(), |b| b.name);
    Ok((address(&name, &room), estate))
}

/// What to read again when a document of this kind changed.
pub(crate) fn topic(kind: Kind) -> Topic {
    match kind {
        Kind::Household | Kind::Door => Topic::Roster,
        Kind::Care | Kind::CareNamed => Topic::Care,
        Kind::Visit => Topic::Visits,
        Kind::Case | Kind::Order | Kind::Receipt => Topic::Cases,
        Kind::Task => Topic::Tasks,
        Kind::Notice => Topic::Notices,
        Kind::Muster => Topic::Muster,
        Kind::Place | Kind::Unknown(_) => Topic::Places,
    }
}
