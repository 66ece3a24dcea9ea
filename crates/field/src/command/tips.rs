//! Adopting what a building lead noticed: with one tap it becomes the worker's own edit.

use linli_model::ids::{DocId, EntryId};
use linli_model::intent::Action;
use linli_model::kind::Kind;
use linli_model::kinds::care::{self, Phone as PhoneEntry};
use linli_model::kinds::visit::{self, Tip, Visit};
use linli_model::value::Write;
use linli_store::read::people::{self, HouseholdRow};
use linli_store::record::Plan;
use linli_store::{Transaction, document};

use crate::EdgeError;
use crate::api::change::{Changed, Topic};
use crate::api::edit::TipChoice;
use crate::command::today::head_name;
use crate::desk::{Desk, id};
use crate::error::Outcome;
use crate::phone::Phone;
use crate::view;

/// Adopts a tip, or puts it aside.
pub(crate) async fn choose_tip(phone: &Phone, request: TipChoice) -> Outcome<Changed> {
    phone
        .act(move |tx, desk| {
            if desk.is_lead() {
                return Err(EdgeError::code("not_allowed"));
            }
            let visit_id: DocId = id(&request.visit)?;
            let entry: EntryId = id(&request.tip)?;
            let visit = Visit::read(&document::load_known(tx, visit_id)?.fields());
            let (_, tip) = visit
                .tips
                .iter()
                .find(|(id, _)| *id == entry)
                .ok_or_else(|| EdgeError::code("not_found"))?;
            if !tip.state.is_empty() {
                return Err(EdgeError::code("already_done"));
            }
            let dwelling = visit.dwelling.ok_or_else(|| EdgeError::code("not_found"))?;
            let (address, _) = view::address_of(tx, dwelling)?;
            let mark = Plan {
                doc: visit_id,
                kind: Kind::Visit,
                seen: None,
                action: if request.adopt {
                    Action::TipAdopt
                } else {
                    Action::TipAside
                },
                writes: vec![visit::tip_state(
                    entry,
                    if request.adopt { "adopted" } else { "aside" },
                )],
                about: address,
            };
            if !request.adopt {
                return desk.write(tx, &[mark], false, &[Topic::Visits]);
            }
            let family = family(tx, dwelling, &request.household)?;
            let adopted = adopted(tx, desk, tip, &family, &request.resident)?;
            // Both or neither: a tip that is marked adopted must stand in the books.
            desk.write(
                tx,
                &[adopted, mark],
                true,
                &[Topic::Visits, Topic::Care, Topic::Roster],
            )
        })
        .await
}

/// The family a tip is about: the one named, or the only one that lives there.
fn family(tx: &Transaction<'_>, dwelling: DocId, named: &str) -> Outcome<HouseholdRow> {
    let mut there = people::households(tx, dwelling)?;
    there.retain(|family| family.ended.is_none());
    if !named.is_empty() {
        let named: DocId = id(named)?;
        there.retain(|family| family.id == named);
    }
    match there.as_slice() {
        [only] => Ok(*only),
        [] => Err(EdgeError::code("not_found")),
        _ => Err(EdgeError::bad_input("household")),
    }
}

fn adopted(
    tx: &Transaction<'_>,
    desk: &Desk,
    tip: &Tip,
    family: &HouseholdRow,
    resident: &str,
) -> Outcome<Plan> {
    let care = DocId::of_occupancy(Kind::Care, family.dwelling, family.occupancy);
    let who = || -> Outcome<EntryId> {
        let people = people::residents(tx, family.id)?;
        let named: Option<EntryId> = (!resident.is_empty()).then(|| id(resident)).transpose()?;
        match (people.as_slice(), named) {
            ([only], None) => Ok(only.id),
            (people, Some(named)) if people.iter().any(|one| one.id == named) => Ok(named),
            _ => Err(EdgeError::bad_input("resident")),
        }
    };
    let (doc, kind, writes) = match tip.kind.as_str() {
        "phone" => {
            let number =
                care::normal_number(&tip.value).ok_or_else(|| EdgeError::bad_input("number"))?;
            let whose = who().ok();
            let note = tip.words.clone();
            let phone = PhoneEntry {
                number,
                whose,
                note,
                ended: None,
            };
            (care, Kind::Care, care::add_phone(desk.entry(), &phone))
        }
        "mobility" => (care, Kind::Care, vec![care::mobility(who()?, &tip.value)]),
        "need" => (care, Kind::Care, vec![care::flag(who()?, &tip.value, true)]),
        "moved_out" => (
            family.id,
            Kind::Household,
            vec![Write::new("ended", desk.now_ms)],
        ),
        _ => return Err(EdgeError::code("app_too_old")),
    };
    Ok(Plan {
        doc,
        kind,
        seen: None,
        action: Action::TipAdopt,
        writes,
        about: head_name(tx, family.id)?,
    })
}

#[cfg(test)]
mod tests;
