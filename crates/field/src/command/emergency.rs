//! Telephones and the roll-call.

use std::collections::HashMap;

use linli_model::ids::DocId;
use linli_model::intent::Action;
use linli_model::kind::Kind;
use linli_model::kinds::muster::{self, Muster as Called};
use linli_store::read::{building, people, place, work};
use linli_store::record::Plan;
use linli_store::{Transaction, document, outbox};

use crate::EdgeError;
use crate::api::change::{Changed, Topic};
use crate::api::emergency::{DutyPhone, Emergency, Muster, RollLine, SetRoll, StartMuster};
use crate::api::{Empty, Receipt};
use crate::command::today::addresses;
use crate::desk::{Desk, heads, id};
use crate::error::Outcome;
use crate::phone::Phone;
use crate::view;

/// Who needs help to get out comes first.
const HELP: [&str; 6] = [
    "stretcher",
    "oxygen",
    "power",
    "wheelchair",
    "arm",
    "medicine",
];

/// The emergency screen; telephones only while the lock is closed.
pub(crate) async fn emergency(phone: &Phone, _: Empty) -> Outcome<Emergency> {
    phone
        .read(|tx, desk| {
            let phones = desk
                .session
                .enrolled
                .phones
                .iter()
                .map(|(key, number)| DutyPhone {
                    key: key.clone(),
                    number: number.clone(),
                })
                .collect();
            let muster = match work::open_muster(tx)? {
                Some(open) if !desk.locked => Some(read(tx, desk, open.id)?),
                _ => None,
            };
            Ok(Emergency {
                phones,
                muster,
                can_start: !desk.is_lead() && !desk.locked,
            })
        })
        .await
}

fn read(tx: &Transaction<'_>, desk: &Desk, id: DocId) -> Outcome<Muster> {
    let doc = document::load(tx, Kind::Muster, id)?;
    let fields = doc.fields();
    let called = Called::read(&fields);
    let status: HashMap<&str, &str> = called
        .status
        .iter()
        .map(|(key, code)| (key.as_str(), code.as_str()))
        .collect();
    let receipt = view::receipt(outbox::state_of(tx, id)?);
    let mut lines = if desk.is_lead() {
        rooms(tx, desk)?
    } else {
        persons(tx)?
    };
    for line in &mut lines {
        let Some(code) = status.get(line.subject.as_str()) else {
            continue;
        };
        line.status = (*code).to_owned();
        let path = format!("status/{}", line.subject);
        line.by = Some(view::author(tx, desk, fields.author(&path))?);
        line.others = fields
            .clashes
            .iter()
            .filter(|clash| clash.path == path)
            .flat_map(|clash| &clash.values)
            .map(|candidate| candidate.value.text().to_owned())
            .filter(|other| other != code)
            .collect();
        if let Some(change) = doc.change_at(&path)
            && let Some((received, accepted)) = document::change_facts(tx, change)?
        {
            line.at = received;
            line.receipt = if accepted { Receipt::Accepted } else { receipt };
        }
    }
    Ok(Muster {
        id: id.to_string(),
        title: called.title,
        drill: called.drill,
        at: called.at,
        lines,
        seen: doc.heads().iter().map(ToString::to_string).collect(),
    })
}

fn empty_line(subject: String) -> RollLine {
    RollLine {
        subject,
        name: String::new(),
        address: String::new(),
        building: String::new(),
        household: String::new(),
        mobility: String::new(),
        status: String::new(),
        others: Vec::new(),
        by: None,
        at: None,
        receipt: Receipt::Accepted,
    }
}

fn persons(tx: &Transaction<'_>) -> Outcome<Vec<RollLine>> {
    let addresses = addresses(tx)?;
    let mut lines: Vec<RollLine> = people::everybody(tx)?
        .into_iter()
        .map(|resident| {
            let (address, building) = addresses
                .get(&resident.dwelling)
                .map_or((String::new(), String::new()), |(a, b)| {
                    (a.clone(), b.to_string())
                });
            RollLine {
                name: resident.name,
                address,
                building,
                household: resident.household.to_string(),
                mobility: resident.mobility,
                ..empty_line(muster::person(resident.id))
            }
        })
        .collect();
    lines.sort_by_cached_key(|line| {
        let help = HELP.iter().position(|code| *code == line.mobility);
        (
            help.unwrap_or(HELP.len()),
            line.building.clone(),
            line.address.len(),
            line.address.clone(),
        )
    });
    Ok(lines)
}

fn rooms(tx: &Transaction<'_>, desk: &Desk) -> Outcome<Vec<RollLine>> {
    let Some(own) = desk.session.person().building else {
        return Ok(Vec::new());
    };
    let name = place::get(tx, own)?.map_or(String::new(), |place| place.name);
    Ok(building::rooms(tx, own)?
        .into_iter()
        .filter(|room| room.occupied)
        .map(|room| RollLine {
            address: view::address(&name, &room),
            building: own.to_string(),
            name: room.surname,
            ..empty_line(muster::room(room.dwelling))
        })
        .collect())
}

/// Starts a roll-call for the own area.
pub(crate) async fn start_muster(phone: &Phone, request: StartMuster) -> Outcome<Changed> {
    phone
        .act(move |tx, desk| {
            if desk.is_lead() {
                return Err(EdgeError::code("not_allowed"));
            }
            let title = request.title.trim();
            if title.is_empty() {
                return Err(EdgeError::bad_input("title"));
            }
            let called = Called {
                title: title.to_owned(),
                org: desk.session.person().org.clone(),
                drill: request.drill,
                at: desk.now_ms,
                ..Called::default()
            };
            let doc = desk.doc();
            let plan = Plan {
                doc,
                kind: Kind::Muster,
                seen: None,
                action: Action::MusterStart,
                writes: called.create(),
                about: called.title.clone(),
            };
            let mut changed = desk.write(tx, &[plan], false, &[Topic::Muster])?;
            changed.created = Some(doc.to_string());
            Ok(changed)
        })
        .await
}

/// One tap of the roll-call.
pub(crate) async fn set_roll(phone: &Phone, request: SetRoll) -> Outcome<Changed> {
    phone
        .act(move |tx, desk| {
            let known = linli_model::reference::workflow()
                .status(&request.status)
                .is_some_and(|status| !status.center_only);
            if !known {
                return Err(EdgeError::bad_input("status"));
            }
            // A building lead speaks for rooms, a worker for people.
            if desk.is_lead() != request.subject.starts_with("r:") {
                return Err(EdgeError::code("not_allowed"));
            }
            let doc: DocId = id(&request.muster)?;
            let about = document::load_known(tx, doc)?
                .fields()
                .text("title")
                .to_owned();
            let plan = Plan {
                doc,
                kind: Kind::Muster,
                seen: heads(&request.seen)?,
                action: Action::MusterStatus,
                writes: vec![muster::say(&request.subject, &request.status)],
                about,
            };
            desk.write(tx, &[plan], false, &[Topic::Muster])
        })
        .await
}

#[cfg(test)]
mod tests;
