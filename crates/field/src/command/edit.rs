//! Edits of a household and its care. Every edit is made at the heads its form was opened
//! on, so that a value which arrived meanwhile becomes a clash, not a loss.

use linli_model::ids::{DocId, EntryId};
use linli_model::intent::Action;
use linli_model::kind::Kind;
use linli_model::kinds::care::{self, Phone as PhoneEntry};
use linli_model::kinds::household::{self, Resident};
use linli_model::value::{Value as Stored, Write};
use linli_store::read::people;
use linli_store::record::Plan;
use linli_store::{Transaction, document};

use crate::EdgeError;
use crate::api::change::{Changed, Topic};
use crate::api::edit::{AddPhone, AddResident, EditField, SettleClash};
use crate::command::today::head_name;
use crate::desk::{heads, id};
use crate::error::Outcome;
use crate::phone::Phone;
use crate::view;

fn topic(kind: Kind) -> Topic {
    match kind {
        Kind::Care | Kind::CareNamed => Topic::Care,
        _ => Topic::Roster,
    }
}

/// Whose household it is, for the outbox.
fn about(tx: &Transaction<'_>, doc: DocId) -> Outcome<String> {
    let Some((dwelling, occupancy)) = people::family_of(tx, doc)? else {
        return Ok(String::new());
    };
    let household = DocId::of_occupancy(Kind::Household, dwelling, occupancy);
    let name = head_name(tx, household)?;
    let (address, _) = view::address_of(tx, dwelling)?;
    Ok(format!("{address} {name}").trim().to_owned())
}

/// Checks what the schema can't: telephone numbers and categories of tier L3.
fn checked(field: &str, value: Stored) -> Outcome<Stored> {
    if view::is_number(field)
        && let Stored::Text(number) = &value
    {
        return care::normal_number(number)
            .map(Stored::Text)
            .ok_or_else(|| EdgeError::bad_input("number"));
    }
    if let Some((_, code)) = field.rsplit_once(':')
        && linli_model::reference::persons().is_refused(code)
    {
        return Err(EdgeError::code("not_allowed"));
    }
    Ok(value)
}

/// Writes one field.
pub(crate) async fn edit_field(phone: &Phone, request: EditField) -> Outcome<Changed> {
    phone
        .act(move |tx, desk| {
            let doc: DocId = id(&request.doc)?;
            let kind = document::kind(tx, doc)?;
            if !matches!(kind, Kind::Household | Kind::Care | Kind::CareNamed) {
                return Err(EdgeError::code("not_allowed"));
            }
            let value = checked(&request.field, view::stored(&request.value))?;
            let plan = Plan {
                doc,
                kind,
                seen: heads(&request.seen)?,
                action: Action::FieldSet,
                writes: vec![Write {
                    path: request.field,
                    value,
                }],
                about: about(tx, doc)?,
            };
            desk.write(tx, &[plan], false, &[topic(kind)])
        })
        .await
}

/// Settles a clash: writes the choice again, as an ordinary edit that saw both values.
pub(crate) async fn settle_clash(phone: &Phone, request: SettleClash) -> Outcome<Changed> {
    phone
        .act(move |tx, desk| {
            let id: DocId = id(&request.doc)?;
            let doc = document::load_known(tx, id)?;
            let fields = doc.fields();
            let clash = fields
                .clashes
                .iter()
                .find(|clash| clash.path == request.field)
                .ok_or_else(|| EdgeError::code("already_settled"))?;
            let choice = clash
                .values
                .iter()
                .find(|candidate| candidate.change.to_string() == request.choice)
                .ok_or_else(|| EdgeError::code("form_outdated"))?;
            let mut writes = vec![Write::new(&request.field, choice.value.clone())];
            if request.keep_both && view::is_number(&request.field) {
                let entry = request.field.split('/').nth(1).unwrap_or_default();
                let whose = fields.text(&format!("phones/{entry}/whose")).parse().ok();
                for other in clash.values.iter().filter(|c| c.change != choice.change) {
                    let number = other.value.text().to_owned();
                    let phone = PhoneEntry {
                        number,
                        whose,
                        ..PhoneEntry::default()
                    };
                    writes.extend(care::add_phone(desk.entry(), &phone));
                }
            }
            let plan = Plan {
                doc: id,
                kind: doc.kind(),
                seen: heads(&request.seen)?,
                action: Action::ClashSettle,
                writes,
                about: about(tx, id)?,
            };
            desk.write(tx, &[plan], false, &[topic(doc.kind())])
        })
        .await
}

/// Adds a telephone entry.
pub(crate) async fn add_phone(phone: &Phone, request: AddPhone) -> Outcome<Changed> {
    phone
        .act(move |tx, desk| {
            let doc: DocId = id(&request.care)?;
            let number = care::normal_number(&request.number)
                .ok_or_else(|| EdgeError::bad_input("number"))?;
            let whose: Option<EntryId> = if request.whose.is_empty() {
                None
            } else {
                Some(id(&request.whose)?)
            };
            let entry = desk.entry();
            let note = request.note.trim().to_owned();
            let plan = Plan {
                doc,
                kind: Kind::Care,
                seen: None,
                action: Action::PhoneAdd,
                writes: care::add_phone(
                    entry,
                    &PhoneEntry {
                        number,
                        whose,
                        note,
                        ended: None,
                    },
                ),
                about: about(tx, doc)?,
            };
            let mut changed = desk.write(tx, &[plan], false, &[Topic::Care])?;
            changed.created = Some(entry.to_string());
            Ok(changed)
        })
        .await
}

/// Adds a resident.
pub(crate) async fn add_resident(phone: &Phone, request: AddResident) -> Outcome<Changed> {
    phone
        .act(move |tx, desk| {
            let doc: DocId = id(&request.household)?;
            if desk.is_lead() {
                return Err(EdgeError::code("not_allowed"));
            }
            let name = request.name.trim();
            if name.is_empty() {
                return Err(EdgeError::bad_input("name"));
            }
            let entry = desk.entry();
            let resident = Resident {
                name: name.to_owned(),
                sex: request.sex,
                birth_year: request.birth_year,
                relation: request.relation,
                population: request.population,
                ..Resident::default()
            };
            let plan = Plan {
                doc,
                kind: Kind::Household,
                seen: None,
                action: Action::ResidentAdd,
                writes: household::add_resident(entry, &resident),
                about: about(tx, doc)?,
            };
            let mut changed = desk.write(tx, &[plan], false, &[Topic::Roster])?;
            changed.created = Some(entry.to_string());
            Ok(changed)
        })
        .await
}
