//! Visits, reports, tasks, notices, roll-calls.

use linli_model::actor::Actor;
use linli_model::fields::Fields;
use linli_model::ids::DocId;
use linli_model::kinds::case::Case;
use linli_model::kinds::muster::Muster;
use linli_model::kinds::notice::Notice;
use linli_model::kinds::task::Task;
use linli_model::kinds::visit::Visit;
use linli_model::workflow::Line;
use rusqlite::{Transaction, params};

use crate::error::StoreError;
use crate::media;

fn blob(id: Option<DocId>) -> Option<Vec<u8>> {
    id.map(|id| id.as_bytes().to_vec())
}

fn enrolment(actor: Option<Actor>) -> Option<Vec<u8>> {
    actor.map(|actor| actor.enrolment.0.to_vec())
}

pub(super) fn visit(tx: &Transaction<'_>, id: DocId, fields: &Fields) -> Result<(), StoreError> {
    let visit = Visit::read(fields);
    let open = visit
        .tips
        .iter()
        .filter(|(_, tip)| tip.state.is_empty())
        .count();
    tx.prepare_cached(
        "INSERT INTO visit (doc, dwelling, household, at, result, author, open_tips)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        id.as_bytes(),
        blob(visit.dwelling),
        blob(visit.household),
        visit.at,
        visit.result,
        enrolment(fields.author("at")),
        i64::try_from(open).unwrap_or(0),
    ])?;
    media::note(tx, id, &linli_model::kinds::media::read(fields))
}

pub(super) fn report(tx: &Transaction<'_>, id: DocId, fields: &Fields) -> Result<(), StoreError> {
    let case = Case::read(fields);
    let line = Line::fold(fields, |_| true);
    tx.prepare_cached(
        "INSERT INTO report (doc, category, words, place, org, at, lon, lat, state, since, author)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute(params![
        id.as_bytes(),
        case.category,
        case.words,
        blob(case.place),
        case.org,
        case.at,
        case.position.as_ref().map(|p| p.lon),
        case.position.as_ref().map(|p| p.lat),
        line.state(),
        line.events.last().map_or(case.at, |event| event.at),
        enrolment(fields.author("at")),
    ])?;
    media::note(tx, id, &case.media)
}

pub(super) fn task(tx: &Transaction<'_>, id: DocId, fields: &Fields) -> Result<(), StoreError> {
    let task = Task::read(fields);
    let line = Line::fold(fields, |_| true);
    tx.prepare_cached(
        "INSERT INTO task (doc, title, words, household, due, state, author)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        id.as_bytes(),
        task.title,
        task.words,
        blob(task.household),
        task.due,
        line.state(),
        enrolment(fields.author("at")),
    ])?;
    Ok(())
}

pub(super) fn notice(tx: &Transaction<'_>, id: DocId, fields: &Fields) -> Result<(), StoreError> {
    let notice = Notice::read(fields);
    tx.prepare_cached(
        "INSERT INTO notice (doc, title, body, level, at, until, author)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        id.as_bytes(),
        notice.title,
        notice.body,
        notice.level,
        notice.at,
        notice.until,
        enrolment(fields.author("at")),
    ])?;
    Ok(())
}

pub(super) fn muster(tx: &Transaction<'_>, id: DocId, fields: &Fields) -> Result<(), StoreError> {
    let muster = Muster::read(fields);
    tx.prepare_cached(
        "INSERT INTO muster (doc, title, drill, at, ended) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        id.as_bytes(),
        muster.title,
        muster.drill,
        muster.at,
        muster.ended
    ])?;
    Ok(())
}
