//! Reporting a problem and following it.

use linli_model::ids::{DocId, MediaId};
use linli_model::intent::Action;
use linli_model::kind::Kind;
use linli_model::kinds::case::{self as steps, Case as Problem};
use linli_model::kinds::media::Fact;
use linli_model::kinds::remark;
use linli_model::workflow::Line;
use linli_store::media::{Stage, pending};
use linli_store::read::{place, work};
use linli_store::record::Plan;
use linli_store::{Transaction, document, media, meta, outbox};

use crate::EdgeError;
use crate::api::case::{
    Case, CaseId, CaseStep, CaseWords, Locate, Located, ReportLine, ReportProblem,
};
use crate::api::change::{Changed, Topic};
use crate::api::{Empty, Position, Receipt};
use crate::desk::{Desk, id};
use crate::error::Outcome;
use crate::locate::{find, fix, on_earth};
use crate::media::capture::{self, Capture};
use crate::media::pipeline;
use crate::phone::Phone;
use crate::view;

/// Where is this point?
pub(crate) async fn locate(phone: &Phone, request: Locate) -> Outcome<Located> {
    phone
        .read(move |tx, desk| find(tx, desk, request.lon, request.lat, request.accuracy_m))
        .await
}

/// What the record says of photos; each has to be finished.
fn facts(tx: &Transaction<'_>, ids: &[MediaId]) -> Outcome<Vec<Fact>> {
    ids.iter()
        .map(|id| {
            let photo = media::get(tx, *id)?;
            if photo.doc.is_some() || photo.stage != Stage::Finished {
                return Err(EdgeError::bad_input("media"));
            }
            let capture = Capture::read(&pending::facts(tx, photo.id)?);
            Ok(capture::fact(&photo, &capture))
        })
        .collect()
}

/// Reports a problem.
pub(crate) async fn report_problem(phone: &Phone, request: ReportProblem) -> Outcome<Changed> {
    let photos: Vec<MediaId> = request
        .media
        .iter()
        .map(|text| id(text))
        .collect::<Outcome<_>>()?;
    let position = on_earth(request.position.clone())?;
    pipeline::finish_for(phone, photos.clone(), position).await?;
    let named = photos.clone();
    let changed = phone
        .act(move |tx, desk| {
            if linli_model::reference::events()
                .item(&request.category)
                .is_none()
            {
                return Err(EdgeError::bad_input("category"));
            }
            let position = request.position.as_ref().map(fix);
            let located = match &position {
                Some(p) => Some(find(tx, desk, p.lon, p.lat, p.accuracy_m.unwrap_or(0.0))?),
                None => None,
            };
            let place: Option<DocId> = match (&located, request.place.as_str()) {
                (_, chosen) if !chosen.is_empty() => Some(id(chosen)?),
                (Some(near), _) if !near.building.is_empty() && near.distance_m < 50.0 => {
                    near.building.parse().ok()
                }
                _ => desk.session.person().building,
            };
            let org = match (&located, place) {
                (Some(near), _) if !near.grid.is_empty() => near.grid.clone(),
                (_, Some(place)) => place::get(tx, place)?.map_or(String::new(), |place| place.org),
                _ => desk.session.person().org.clone(),
            };
            let case = Problem {
                category: request.category.clone(),
                words: request.words.trim().to_owned(),
                place,
                org,
                household: if request.household.is_empty() {
                    None
                } else {
                    Some(id(&request.household)?)
                },
                address: String::new(),
                at: desk.now_ms,
                position,
                media: facts(tx, &named)?,
            };
            let doc = desk.doc();
            let plan = Plan {
                doc,
                kind: Kind::Case,
                seen: None,
                action: Action::CaseReport,
                writes: case.report(desk.entry()),
                about: request.category,
            };
            let mut changed = desk.write(tx, &[plan], false, &[Topic::Cases, Topic::Media])?;
            // In the same transaction: a kill in between would leave a report and its draft,
            // and the person would send it twice.
            if let Some(draft) = &request.draft {
                meta::keep_draft(tx, draft, None)?;
            }
            changed.created = Some(doc.to_string());
            Ok(changed)
        })
        .await?;
    pipeline::settle(phone, &photos);
    Ok(changed)
}

fn place_name(tx: &Transaction<'_>, place: Option<DocId>, org: &str) -> Outcome<String> {
    if let Some(place) = place
        && let Some(row) = place::get(tx, place)?
    {
        return Ok(row.name);
    }
    Ok(place::by_code(tx, org)?.map_or(String::new(), |row| row.name))
}

fn line(tx: &Transaction<'_>, desk: &Desk, row: work::ReportRow) -> Outcome<ReportLine> {
    let photos = media::of_doc(tx, row.id)?;
    let state = outbox::state_of(tx, row.id)?;
    let own = row.author == Some(desk.session.enrolment());
    let unsent = own && row.state == "reported" && !document::is_accepted(tx, row.id)?;
    Ok(ReportLine {
        id: row.id.to_string(),
        place: place_name(tx, row.place, &row.org)?,
        category: row.category,
        words: row.words,
        at: row.at,
        status: if unsent { "unsent".into() } else { row.state },
        receipt: view::receipt(state),
        photo: photos
            .first()
            .map_or(String::new(), |photo| photo.id.to_string()),
        photos: u32::try_from(photos.len()).unwrap_or(u32::MAX),
        photos_arrived: u32::try_from(photos.iter().filter(|p| !p.own || p.state == 2).count())
            .unwrap_or(u32::MAX),
        by: view::author_of(tx, desk, row.author)?,
    })
}

/// What this person reported, newest first.
pub(crate) async fn my_reports(phone: &Phone, _: Empty) -> Outcome<Vec<ReportLine>> {
    phone
        .read(|tx, desk| {
            let mut own = Vec::new();
            for row in work::reports(tx, &[], 2_000)? {
                if view::author_of(tx, desk, row.author)?.me {
                    own.push(line(tx, desk, row)?);
                    if own.len() == 100 {
                        break;
                    }
                }
            }
            Ok(own)
        })
        .await
}

/// A case in full.
pub(crate) async fn case(phone: &Phone, request: CaseId) -> Outcome<Case> {
    phone
        .read(move |tx, desk| {
            let doc: DocId = id(&request.id)?;
            let document = document::load_known(tx, doc)?;
            let fields = document.fields();
            let problem = Problem::read(&fields);
            let row = work::report(tx, doc)?.ok_or_else(|| EdgeError::code("not_found"))?;
            let line = line(tx, desk, row)?;
            let events = Line::fold(&fields, |_| true);
            let mut list = Vec::new();
            let entries = events
                .events
                .iter()
                .map(|e| {
                    (
                        e.to.clone(),
                        e.reason.clone(),
                        e.at,
                        format!("events/{}/to", e.id),
                    )
                })
                .chain(remark::read(&fields).into_iter().map(|r| {
                    (
                        "remark".to_owned(),
                        r.words,
                        r.at,
                        format!("remarks/{}/words", r.id),
                    )
                }));
            for (kind, words, at, path) in entries {
                let change = document.change_at(&path);
                let facts = match change {
                    Some(change) => document::change_facts(tx, change)?,
                    None => None,
                };
                list.push(CaseStep {
                    kind,
                    words,
                    by: view::author(tx, desk, fields.author(&path))?,
                    at,
                    received_at: facts.and_then(|(received, _)| received),
                    receipt: match facts {
                        Some((_, true)) => Receipt::Accepted,
                        _ => view::receipt(outbox::state_of(tx, doc)?),
                    },
                });
            }
            list.sort_by_key(|step| step.at);
            let mine = line.by.me;
            Ok(Case {
                can_withdraw: mine && events.state() == "reported",
                can_supply: mine && events.state() == "need_info",
                position: problem.position.map(|p| Position {
                    lon: p.lon,
                    lat: p.lat,
                    accuracy_m: p.accuracy_m,
                    source: p.source,
                    at: p.at,
                    mocked: p.mocked,
                }),
                media: capture::of_record(tx, doc, &document, &fields)?,
                steps: list,
                line,
            })
        })
        .await
}

/// Says something more about a case.
pub(crate) async fn add_remark(phone: &Phone, request: CaseWords) -> Outcome<Changed> {
    phone
        .act(move |tx, desk| {
            let doc: DocId = id(&request.id)?;
            let words = request.words.trim();
            if words.is_empty() {
                return Err(EdgeError::bad_input("words"));
            }
            let about = document::load_known(tx, doc)?
                .fields()
                .text("category")
                .to_owned();
            let plan = Plan {
                doc,
                kind: Kind::Case,
                seen: None,
                action: Action::RemarkAdd,
                writes: remark::add(desk.entry(), words, desk.now_ms),
                about,
            };
            desk.write(tx, &[plan], false, &[Topic::Cases])
        })
        .await
}

async fn step(
    phone: &Phone,
    request: CaseWords,
    from: &'static str,
    to: &'static str,
) -> Outcome<Changed> {
    phone
        .act(move |tx, desk| {
            let doc: DocId = id(&request.id)?;
            let words = request.words.trim();
            if words.is_empty() {
                return Err(EdgeError::bad_input("words"));
            }
            let document = document::load_known(tx, doc)?;
            let fields = document.fields();
            let line = Line::fold(&fields, |_| true);
            if line.state() != from {
                return Err(EdgeError::code("already_done"));
            }
            let plan = Plan {
                doc,
                kind: Kind::Case,
                seen: Some(document.heads()),
                action: Action::CaseStep,
                writes: steps::step(desk.entry(), to, line.head(), words, desk.now_ms),
                about: fields.text("category").to_owned(),
            };
            desk.write(tx, &[plan], false, &[Topic::Cases])
        })
        .await
}

/// Withdraws an own report before it is accepted; the reason is required.
pub(crate) async fn withdraw_case(phone: &Phone, request: CaseWords) -> Outcome<Changed> {
    step(phone, request, "reported", "withdrawn").await
}

/// Answers the desk's question.
pub(crate) async fn supply_info(phone: &Phone, request: CaseWords) -> Outcome<Changed> {
    step(phone, request, "need_info", "reported").await
}

#[cfg(test)]
mod tests;
