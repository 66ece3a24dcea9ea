//! One household, its field history, and telephone numbers in clear.

use linli_model::document::Document;
use linli_model::fields::{Clash as ModelClash, Fields};
use linli_model::ids::{DocId, EntryId};
use linli_model::kind::Kind;
use linli_model::kinds::care::{self, Care};
use linli_model::kinds::household::Household as Family;
use linli_model::kinds::visit::Visit;
use linli_model::value::{Hash, Value as Stored, Write};
use linli_store::read::{building, people, work};
use linli_store::{Transaction, document, outbox};

use crate::EdgeError;
use crate::api::household::{
    Clash, ClashValue, FieldId, HistoryItem, Household, HouseholdId, Phone as PhoneEntry, Resident,
    Reveal, Revealed, Tip, VisitLine,
};
use crate::api::{Receipt, Value};
use crate::desk::{Desk, id};
use crate::error::Outcome;
use crate::phone::Phone;
use crate::view;

const DAY: i64 = 86_400_000;

fn texts(heads: &[Hash]) -> Vec<String> {
    heads.iter().map(Hash::to_string).collect()
}

/// The documents of one family.
pub(crate) struct FamilyDocs {
    pub dwelling: DocId,
    pub household: Document,
    pub care: Document,
}

/// Loads the documents of a household.
pub(crate) fn family(tx: &Transaction<'_>, household: DocId) -> Outcome<FamilyDocs> {
    let row = people::household(tx, household)?.ok_or_else(|| EdgeError::code("not_found"))?;
    let care = DocId::of_occupancy(Kind::Care, row.dwelling, row.occupancy);
    Ok(FamilyDocs {
        dwelling: row.dwelling,
        household: document::load(tx, Kind::Household, household)?,
        care: document::load(tx, Kind::Care, care)?,
    })
}

/// One household in full.
pub(crate) async fn household(phone: &Phone, request: HouseholdId) -> Outcome<Household> {
    phone
        .read(move |tx, desk| {
            if desk.is_lead() {
                return Err(EdgeError::code("not_allowed"));
            }
            let household: DocId = if request.household.is_empty() {
                let dwelling: DocId = id(&request.dwelling)?;
                people::households(tx, dwelling)?
                    .first()
                    .map(|row| row.id)
                    .ok_or_else(|| EdgeError::code("not_found"))?
            } else {
                id(&request.household)?
            };
            read(tx, desk, household)
        })
        .await
}

fn read(tx: &Transaction<'_>, desk: &Desk, household: DocId) -> Outcome<Household> {
    let docs = family(tx, household)?;
    let fields = docs.household.fields();
    let care_fields = docs.care.fields();
    let family = Family::read(&fields);
    let care = Care::read(&care_fields);
    let (address, estate) = view::address_of(tx, docs.dwelling)?;
    let (visits, tips, last) = visits(tx, desk, docs.dwelling)?;
    let mut clashes = clashes(tx, desk, &docs.household, &fields, &family)?;
    clashes.extend(self::clashes(tx, desk, &docs.care, &care_fields, &family)?);
    let worst = [household, docs.care.id()]
        .iter()
        .map(|doc| outbox::state_of(tx, *doc).map(view::receipt))
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .find(|receipt| *receipt != Receipt::Accepted)
        .unwrap_or(Receipt::Accepted);
    Ok(Household {
        id: household.to_string(),
        care: docs.care.id().to_string(),
        dwelling: docs.dwelling.to_string(),
        building: building::room(tx, docs.dwelling)?
            .map_or(String::new(), |room| room.building.to_string()),
        address,
        estate,
        siblings: people::households(tx, docs.dwelling)?
            .into_iter()
            .filter(|row| row.ended.is_none())
            .map(|row| row.id.to_string())
            .collect(),
        people: residents(&family, &care, desk.now_ms),
        phones: phones(&care, &care_fields),
        clashes,
        tips,
        visits,
        cycle_days: care.cycle_days,
        due: (care.cycle_days > 0)
            .then(|| last.map_or(desk.now_ms, |last| last + care.cycle_days * DAY)),
        household_seen: texts(&docs.household.heads()),
        care_seen: texts(&docs.care.heads()),
        receipt: worst,
    })
}

fn residents(family: &Family, care: &Care, now: i64) -> Vec<Resident> {
    // Years since 1970 are near enough for an age in years.
    let year = 1970 + now / (365 * DAY + DAY / 4);
    let mut list: Vec<Resident> = family
        .residents
        .iter()
        .map(|(resident, facts)| Resident {
            id: resident.to_string(),
            name: facts.name.clone(),
            sex: facts.sex.clone(),
            birth_year: facts.birth_year,
            age: if facts.birth_year > 0 {
                year - facts.birth_year
            } else {
                0
            },
            relation: facts.relation.clone(),
            population: facts.population.clone(),
            flags: family
                .tags
                .iter()
                .chain(&care.flags)
                .filter(|(whose, _)| whose == resident)
                .map(|(_, code)| code.clone())
                .collect(),
            mobility: care
                .mobility
                .iter()
                .find(|(whose, _)| whose == resident)
                .map_or(String::new(), |(_, code)| code.clone()),
            ended: facts.ended,
        })
        .collect();
    list.sort_by_key(|r| (r.ended.is_some(), r.relation != "0", r.birth_year));
    list
}

fn phones(care: &Care, fields: &Fields) -> Vec<PhoneEntry> {
    care.phones
        .iter()
        .filter(|(_, phone)| phone.ended.is_none() && !phone.number.is_empty())
        .map(|(entry, phone)| PhoneEntry {
            id: entry.to_string(),
            masked: care::masked(&phone.number),
            whose: phone.whose.map_or(String::new(), |id| id.to_string()),
            note: phone.note.clone(),
            clash: fields
                .clashes
                .iter()
                .any(|clash| clash.path.starts_with(&format!("phones/{entry}/"))),
        })
        .collect()
}

fn clashes(
    tx: &Transaction<'_>,
    desk: &Desk,
    doc: &Document,
    fields: &Fields,
    family: &Family,
) -> Outcome<Vec<Clash>> {
    fields
        .clashes
        .iter()
        .map(|clash| {
            Ok(Clash {
                doc: doc.id().to_string(),
                field: clash.path.clone(),
                about: about(fields, family, &clash.path),
                values: clash_values(tx, desk, doc, clash)?,
                can_keep_both: view::is_number(&clash.path),
            })
        })
        .collect()
}

/// Whose field it is: the resident named in the path, or the one a phone belongs to.
fn about(fields: &Fields, family: &Family, path: &str) -> String {
    let key = path.split('/').nth(1).unwrap_or_default();
    let key = key.split(':').next().unwrap_or_default();
    let whose = fields.text(&format!("phones/{key}/whose"));
    let resident: Option<EntryId> = if whose.is_empty() {
        key.parse().ok()
    } else {
        whose.parse().ok()
    };
    family
        .residents
        .iter()
        .find(|(id, _)| Some(*id) == resident)
        .or_else(|| family.residents.iter().find(|(_, r)| r.relation == "0"))
        .map_or(String::new(), |(_, facts)| facts.name.clone())
}

fn clash_values(
    tx: &Transaction<'_>,
    desk: &Desk,
    doc: &Document,
    clash: &ModelClash,
) -> Outcome<Vec<ClashValue>> {
    let shown: Vec<Value> = if view::is_number(&clash.path) {
        let numbers: Vec<String> = clash
            .values
            .iter()
            .map(|c| c.value.text().to_owned())
            .collect();
        care::masked_apart(&numbers)
            .into_iter()
            .map(Value::Text)
            .collect()
    } else {
        clash
            .values
            .iter()
            .map(|c| view::value(&clash.path, &c.value))
            .collect()
    };
    let history = doc.history(&clash.path);
    clash
        .values
        .iter()
        .zip(shown)
        .map(|(candidate, value)| {
            let time = history
                .iter()
                .find(|past| past.change == candidate.change)
                .map_or(0, |past| past.time * 1000);
            let accepted =
                document::change_facts(tx, candidate.change)?.is_some_and(|(_, accepted)| accepted);
            Ok(ClashValue {
                change: candidate.change.to_string(),
                value,
                by: view::author(tx, desk, candidate.actor)?,
                at: time,
                receipt: if accepted {
                    Receipt::Accepted
                } else {
                    Receipt::Here
                },
            })
        })
        .collect()
}

type VisitsAndTips = (Vec<VisitLine>, Vec<Tip>, Option<i64>);

fn visits(tx: &Transaction<'_>, desk: &Desk, dwelling: DocId) -> Outcome<VisitsAndTips> {
    let (mut lines, mut tips, mut last) = (Vec::new(), Vec::new(), None);
    for doc in work::visits(tx, dwelling, 20)? {
        let fields = document::load(tx, Kind::Visit, doc)?.fields();
        let visit = Visit::read(&fields);
        let by = view::author(tx, desk, fields.author("at"))?;
        last = last.max(Some(visit.at));
        for (entry, tip) in &visit.tips {
            if tip.state.is_empty() {
                let value = if tip.kind == "phone" {
                    care::masked(&tip.value)
                } else {
                    tip.value.clone()
                };
                tips.push(Tip {
                    visit: doc.to_string(),
                    id: entry.to_string(),
                    kind: tip.kind.clone(),
                    value,
                    words: tip.words.clone(),
                    by: by.clone(),
                    at: visit.at,
                });
            }
        }
        lines.push(VisitLine {
            id: doc.to_string(),
            kind: visit.kind,
            result: visit.result,
            mood: visit.mood,
            utilities: visit.utilities,
            words: visit.words,
            at: visit.at,
            by,
            receipt: view::receipt(outbox::state_of(tx, doc)?),
        });
    }
    Ok((lines, tips, last))
}

/// Every value a field ever had.
pub(crate) async fn field_history(phone: &Phone, request: FieldId) -> Outcome<Vec<HistoryItem>> {
    phone
        .read(move |tx, desk| {
            let doc = document::load_known(tx, id(&request.doc)?)?;
            let show = |value: &Stored| view::value(&request.field, value);
            let mut items = Vec::new();
            for past in doc.history(&request.field) {
                let facts = document::change_facts(tx, past.change)?;
                items.push(HistoryItem {
                    value: show(&past.value),
                    by: view::author(tx, desk, past.actor)?,
                    at: past.time * 1000,
                    received_at: facts.and_then(|(received, _)| received),
                    replaced: past.replaced.iter().map(show).collect(),
                    current: past.current,
                });
            }
            items.reverse();
            Ok(items)
        })
        .await
}

/// A number in clear; who looked at what is logged, offline as well.
pub(crate) async fn reveal(phone: &Phone, request: Reveal) -> Outcome<Revealed> {
    let number = phone
        .transact(move |tx, desk| {
            let care: DocId = id(&request.care)?;
            let entry: EntryId = id(&request.phone)?;
            match (request.way.as_str(), request.purpose) {
                ("dial", _) | ("show", Some(_)) => {}
                ("show", None) => return Err(EdgeError::bad_input("purpose")),
                _ => return Err(EdgeError::bad_input("way")),
            }
            let fields = document::load_known(tx, care)?.fields();
            let path = format!("phones/{entry}/number");
            let number = match &request.change {
                None => fields.text(&path).to_owned(),
                Some(change) => fields
                    .clashes
                    .iter()
                    .filter(|clash| clash.path == path)
                    .flat_map(|clash| &clash.values)
                    .find(|candidate| candidate.change.to_string() == *change)
                    .map_or(String::new(), |c| c.value.text().to_owned()),
            };
            if number.is_empty() {
                return Err(EdgeError::code("not_found"));
            }
            let mut facts = vec![
                Write::new("care", request.care.as_str()),
                Write::new("phone", request.phone.as_str()),
                Write::new("way", request.way.as_str()),
            ];
            if let Some(purpose) = request.purpose {
                facts.push(Write::new("purpose", i64::from(purpose)));
            }
            desk.audit(tx, facts)?;
            Ok(number)
        })
        .await?;
    phone.resumed();
    Ok(Revealed { number })
}
