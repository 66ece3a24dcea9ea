//! Enrolment: codes, the proof of the pins, and what a new phone needs.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{ConnectInfo, State};
use axum::http::StatusCode;
use linli_model::actor::EnrolmentId;
use linli_model::ids::PersonId;
use linli_model::permission;
use linli_model::reference::roles::RoleCode;
use linli_protocol::enrol::{
    Before, Bucket, Enrol, Enrolled, Hello, Person, Proof, Secret, code_id, proof, same_mac,
};
use linli_protocol::hand_back::{Key, ticket};
use linli_protocol::{OLDEST, decode};
use minicbor::bytes::ByteArray;

use crate::center::{Center, Live, token_hash};
use crate::failure::{Cbor, Failure};
use crate::store::{CodeRow, Grant, StoreError, Tables};
use crate::world::random;

/// How long a code may wait to be used.
pub const CODE_LASTS_MS: i64 = 7 * 24 * 3_600_000;

const BAD: Failure = Failure::new(StatusCode::NOT_FOUND, "enrol_code_bad");
const USED: Failure = Failure::new(StatusCode::CONFLICT, "enrol_code_used");
const EXPIRED: Failure = Failure::new(StatusCode::GONE, "enrol_code_expired");

/// A code that can still be used.
struct OpenCode {
    secret: Secret,
    person: PersonId,
}

fn open(code: Option<CodeRow>, now: i64) -> Result<OpenCode, Failure> {
    let code = code.ok_or(BAD)?;
    match code.secret {
        None => Err(USED),
        Some(_) if code.expires <= now => Err(EXPIRED),
        Some(secret) => Ok(OpenCode {
            secret,
            person: code.person,
        }),
    }
}

/// `POST /v1/enrol/hello`: shows that the center knows the secret, and binds its pins to it.
pub(crate) async fn hello(
    State(center): State<Arc<Center>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    body: Bytes,
) -> Result<Cbor<Proof>, Failure> {
    let now = center.now();
    if let Some(wait) = center.limiter.wait(from.ip(), now) {
        return Err(Failure::wait(wait));
    }
    let hello: Hello = decode(&body).map_err(|_| Failure::BAD_REQUEST)?;
    let code = center
        .store
        .read(move |tables| tables.code(hello.code_id))
        .await?;
    let code = open(code, now).inspect_err(|_| center.limiter.failed(from.ip(), now))?;
    let pins = &center.keys.pins;
    Ok(Cbor(Proof {
        pins: pins.iter().map(|pin| ByteArray::from(*pin)).collect(),
        mac: proof(&code.secret, &hello.nonce, pins),
    }))
}

/// `POST /v1/enrol`: uses the code up and makes an enrolment.
pub(crate) async fn enrol(
    State(center): State<Arc<Center>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    body: Bytes,
) -> Result<Cbor<Enrolled>, Failure> {
    let now = center.now();
    if let Some(wait) = center.limiter.wait(from.ip(), now) {
        return Err(Failure::wait(wait));
    }
    let asked: Enrol = decode(&body).map_err(|_| Failure::BAD_REQUEST)?;
    if asked.version < OLDEST {
        return Err(Failure::VERSION);
    }
    let enrolment = EnrolmentId(random(&*center.world));
    let token: [u8; 32] = random(&*center.world);
    let page_key = center.keys.page;
    let made = center
        .store
        .write(move |turn| make(turn.tables, &asked, &page_key, enrolment, &token, now))
        .await?;
    let made = made.inspect_err(|_| center.limiter.failed(from.ip(), now))?;
    center.tell(Live::Device(enrolment));
    tracing::info!(%enrolment, "a phone enrolled");
    let ticket = ticket(&page_key, enrolment, made.person.id);
    Ok(Cbor(Enrolled {
        enrolment,
        token,
        person: made.person,
        seal_key: *center.keys.seal.public_key().as_bytes(),
        pins: center
            .keys
            .pins
            .iter()
            .map(|pin| ByteArray::from(*pin))
            .collect(),
        generation: center.generation,
        center: center.config.name.clone(),
        clock: now,
        read: made.read,
        write: made.write,
        phones: center
            .config
            .phones
            .iter()
            .map(|(key, number)| (key.clone(), number.clone()))
            .collect(),
        ticket: Some(ticket.to_vec()),
    }))
}

struct Made {
    person: Person,
    read: Vec<Bucket>,
    write: Vec<Bucket>,
}

fn make(
    tables: Tables<'_>,
    asked: &Enrol,
    page_key: &Key,
    enrolment: EnrolmentId,
    token: &[u8; 32],
    now: i64,
) -> Result<Result<Made, Failure>, StoreError> {
    let id = code_id(&asked.secret);
    let code = match open(tables.code(id)?, now) {
        Ok(code) if code.secret == asked.secret => code,
        Ok(_) => return Ok(Err(BAD)),
        Err(failure) => return Ok(Err(failure)),
    };
    let Some(person) = tables.person(code.person)? else {
        return Ok(Err(BAD));
    };
    let Some(role) = RoleCode::parse(&person.role) else {
        return Ok(Err(BAD));
    };
    let access = permission::buckets_of_role(role, &tables.posts(person.id)?);
    // Shown in a list at the desk: short, and no place to leave a message in.
    let device: String = asked.device.chars().take(60).collect();
    tables.add_enrolment(enrolment, person.id, Some(token_hash(token)), &device, now)?;
    tables.use_code(id, enrolment)?;
    tables.grant(enrolment, false, &access.read, now)?;
    tables.grant(enrolment, true, &access.write, now)?;
    tables.note(now, Some(person.id), "enrol", &enrolment.0)?;
    if let Some(before) = &asked.before {
        follow(tables, before, page_key, enrolment, person.id, now)?;
    }
    Ok(Ok(Made {
        person: public(&person),
        read: travelling(tables.grants(enrolment, false)?),
        write: travelling(tables.grants(enrolment, true)?),
    }))
}

/// The phone was enrolled before, and this center, restored from a backup, has forgotten it: what
/// it wrote under that enrolment it may hand in under this one. A phone that the center knows is
/// no forgotten one, whoever says so.
fn follow(
    tables: Tables<'_>,
    before: &Before,
    page_key: &Key,
    enrolment: EnrolmentId,
    person: PersonId,
    now: i64,
) -> Result<(), StoreError> {
    let right = ticket(page_key, before.enrolment, before.person);
    let shown = <&[u8; 32]>::try_from(before.ticket.as_slice());
    if before.person != person || !shown.is_ok_and(|shown| same_mac(shown, &right)) {
        return Ok(());
    }
    tables.add_enrolment(before.enrolment, person, None, "forgotten", now)?;
    if tables.is_forgotten(before.enrolment)? {
        tables.succeed(enrolment, before.enrolment)?;
        tables.note(now, Some(person), "enrol_again", &before.enrolment.0)?;
    }
    Ok(())
}

/// A list of grants as it travels.
pub(crate) fn travelling(grants: Vec<Grant>) -> Vec<Bucket> {
    grants
        .into_iter()
        .map(|grant| Bucket {
            scope: grant.scope,
            class: grant.class,
        })
        .collect()
}

/// A person as others may know them.
pub(crate) fn public(person: &linli_model::bundle::Person) -> Person {
    Person {
        id: person.id,
        name: person.name.clone(),
        role: person.role.clone(),
        org: person.org.clone(),
        building: person.building,
        phone: person.phone.clone(),
    }
}

/// A fresh code for a person; the secret is shown once.
///
/// # Errors
/// The person is unknown, or the database can't be written.
pub fn new_code(center: &Center, person: PersonId) -> Result<Option<Secret>, StoreError> {
    let secret: Secret = random(&*center.world);
    let now = center.now();
    center.store.write_now(move |turn| {
        if turn.tables.person(person)?.is_none() {
            return Ok(None);
        }
        turn.tables
            .add_code(code_id(&secret), &secret, person, now + CODE_LASTS_MS)?;
        turn.tables.note(now, None, "code", person.as_bytes())?;
        Ok(Some(secret))
    })
}
