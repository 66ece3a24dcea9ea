//! The first screen, tasks and notices.

use linli_model::ids::DocId;
use linli_model::intent::Action;
use linli_model::kind::Kind;
use linli_model::kinds::case;
use linli_model::workflow::Line;
use linli_store::read::{building, people, place, work};
use linli_store::record::Plan;
use linli_store::{Transaction, document};

use crate::EdgeError;
use crate::api::Empty;
use crate::api::change::{Changed, Topic};
use crate::api::start::Me;
use crate::api::today::{
    DueItem, DueKind, DueState, FinishTask, News, Notice, OpenMuster, Task, Today,
};
use crate::desk::{Desk, id};
use crate::error::Outcome;
use crate::phone::Phone;
use crate::view;

const DAY: i64 = 86_400_000;
/// China's civil day begins at UTC+8 everywhere; the county's phones show no other.
const UTC8: i64 = 8 * 3_600_000;

fn day(ms: i64) -> i64 {
    (ms + UTC8).div_euclid(DAY)
}

fn due_state(days: i64) -> DueState {
    match days {
        ..0 => DueState::Overdue,
        0 => DueState::Today,
        1..=7 => DueState::Soon,
        _ => DueState::Later,
    }
}

fn days_32(days: i64) -> i32 {
    i32::try_from(days).unwrap_or(i32::MAX)
}

/// The person this phone belongs to, with names for the header.
pub(crate) fn me(tx: &Transaction<'_>, desk: &Desk) -> Outcome<Me> {
    let person = desk.session.person();
    let mut who = Me {
        person: person.id.to_string(),
        name: person.name.clone(),
        role: person.role.clone(),
        area_name: String::new(),
        within_name: String::new(),
        building: person.building.map_or(String::new(), |id| id.to_string()),
        worker_name: String::new(),
        worker_phone: String::new(),
    };
    let name_of = |code: &str| -> Outcome<String> {
        Ok(place::by_code(tx, code)?.map_or(String::new(), |place| place.name))
    };
    if let Some(own) = person.building {
        if let Some(building) = place::get(tx, own)? {
            who.area_name = building.name;
            if let Some(estate) = building.parent {
                who.within_name = place::get(tx, estate)?.map_or(String::new(), |p| p.name);
            }
            if let Some(grid) = place::by_code(tx, &building.org)? {
                who.worker_phone = grid.phone;
                who.worker_name = grid.worker_name;
            }
        }
    } else {
        who.area_name = name_of(&person.org)?;
        let above = person.org.len().saturating_sub(3);
        who.within_name = name_of(person.org.get(..above).unwrap_or_default())?;
    }
    Ok(who)
}

/// The first screen.
pub(crate) async fn today(phone: &Phone, _: Empty) -> Outcome<Today> {
    phone
        .read(|tx, desk| {
            let (households, people) = people::counts(tx)?;
            let mut due = Vec::new();
            if !desk.is_lead() {
                clashes(tx, &mut due)?;
                tips(tx, desk, &mut due)?;
                visits(tx, desk, &mut due)?;
            }
            for task in work::tasks(tx, 50)? {
                if matches!(task.state.as_str(), "open" | "claimed") {
                    let days = task.due.map(|at| day(at) - day(desk.now_ms));
                    due.push(DueItem {
                        kind: DueKind::Task,
                        id: task.id.to_string(),
                        dwelling: String::new(),
                        title: task.title,
                        place: task.words,
                        why: Vec::new(),
                        last: None,
                        state: days.map_or(DueState::Later, due_state),
                        days: days.map(days_32),
                    });
                }
            }
            due.sort_by_key(|item| {
                // What has no day comes after what has one.
                let days = item.days.unwrap_or(i32::MAX);
                (item.state, item.kind != DueKind::Clash, days)
            });
            let due_total = due
                .iter()
                .filter(|item| matches!(item.state, DueState::Overdue | DueState::Today))
                .count();
            due.truncate(50);
            Ok(Today {
                me: me(tx, desk)?,
                households,
                people,
                sync: desk.sync.clone(),
                due,
                due_total: u32::try_from(due_total).unwrap_or(u32::MAX),
                news: news(tx, desk)?,
                notices: read_notices(tx, desk, 3)?,
                muster: work::open_muster(tx)?.map(|open| OpenMuster {
                    title: open.title,
                    drill: open.drill,
                }),
            })
        })
        .await
}

/// Two people's different values come first: somebody is waiting for the right number.
fn clashes(tx: &Transaction<'_>, due: &mut Vec<DueItem>) -> Outcome<()> {
    let mut last = None;
    for (doc, path) in people::clashes(tx)? {
        if last == Some(doc) {
            continue;
        }
        last = Some(doc);
        let Some((dwelling, occupancy)) = people::family_of(tx, doc)? else {
            continue;
        };
        let household = DocId::of_occupancy(Kind::Household, dwelling, occupancy);
        due.push(DueItem {
            kind: DueKind::Clash,
            id: household.to_string(),
            dwelling: dwelling.to_string(),
            title: head_name(tx, household)?,
            place: view::address_of(tx, dwelling)?.0,
            why: vec![path.split('/').next().unwrap_or_default().to_owned()],
            last: None,
            state: DueState::Today,
            days: Some(0),
        });
    }
    Ok(())
}

fn tips(tx: &Transaction<'_>, desk: &Desk, due: &mut Vec<DueItem>) -> Outcome<()> {
    for (_, dwelling, at) in work::with_tips(tx)?.into_iter().take(20) {
        let Some(dwelling) = dwelling else { continue };
        let Some(family) = people::households(tx, dwelling)?.into_iter().next() else {
            continue;
        };
        let days = day(at) - day(desk.now_ms);
        due.push(DueItem {
            kind: DueKind::Tip,
            id: family.id.to_string(),
            dwelling: dwelling.to_string(),
            title: head_name(tx, family.id)?,
            place: view::address_of(tx, dwelling)?.0,
            why: Vec::new(),
            last: Some(at),
            state: DueState::Today,
            days: Some(days_32(days)),
        });
    }
    Ok(())
}

fn visits(tx: &Transaction<'_>, desk: &Desk, due: &mut Vec<DueItem>) -> Outcome<()> {
    for cycle in people::cycles(tx, 60)? {
        let days = match cycle.last {
            Some(last) => day(last) + cycle.days - day(desk.now_ms),
            None => 0,
        };
        if days > 7 {
            continue;
        }
        let household = DocId::of_occupancy(Kind::Household, cycle.dwelling, cycle.occupancy);
        let residents = people::residents(tx, household)?;
        let Some(head) = residents.first() else {
            continue;
        };
        let mut why: Vec<String> = residents
            .iter()
            .flat_map(|resident| &resident.flags)
            .filter(|code| code.starts_with('P'))
            .cloned()
            .collect();
        why.sort_unstable();
        why.dedup();
        // Who the visit is for: the one with a care category, else the head.
        let title = residents
            .iter()
            .find(|r| !r.flags.is_empty())
            .unwrap_or(head)
            .name
            .clone();
        due.push(DueItem {
            kind: DueKind::Visit,
            id: household.to_string(),
            dwelling: cycle.dwelling.to_string(),
            title,
            place: view::address_of(tx, cycle.dwelling)?.0,
            why,
            last: cycle.last,
            state: due_state(days),
            days: Some(days_32(days)),
        });
    }
    Ok(())
}

pub(crate) fn head_name(tx: &Transaction<'_>, household: DocId) -> Outcome<String> {
    Ok(people::residents(tx, household)?
        .into_iter()
        .next()
        .map_or(String::new(), |resident| resident.name))
}

fn news(tx: &Transaction<'_>, desk: &Desk) -> Outcome<Vec<News>> {
    let week = desk.now_ms - 7 * DAY;
    Ok(work::reports(tx, &[desk.session.enrolment()], 50)?
        .into_iter()
        .filter(|report| report.state != "reported" && report.since > week)
        .take(5)
        .map(|report| News {
            case: report.id.to_string(),
            category: report.category,
            status: report.state,
            at: report.since,
        })
        .collect())
}

fn read_notices(tx: &Transaction<'_>, desk: &Desk, limit: u32) -> Outcome<Vec<Notice>> {
    work::notices(tx, desk.now_ms, limit)?
        .into_iter()
        .map(|notice| {
            Ok(Notice {
                id: notice.id.to_string(),
                by: view::author_of(tx, desk, notice.author)?,
                title: notice.title,
                body: notice.body,
                at: notice.at,
                level: notice.level,
            })
        })
        .collect()
}

/// All notices still shown.
pub(crate) async fn notices(phone: &Phone, _: Empty) -> Outcome<Vec<Notice>> {
    phone.read(|tx, desk| read_notices(tx, desk, 100)).await
}

/// Tasks, open ones first.
pub(crate) async fn tasks(phone: &Phone, _: Empty) -> Outcome<Vec<Task>> {
    phone
        .read(|tx, desk| {
            work::tasks(tx, 200)?
                .into_iter()
                .map(|task| {
                    Ok(Task {
                        id: task.id.to_string(),
                        by: view::author_of(tx, desk, task.author)?,
                        title: task.title,
                        words: task.words,
                        due: task.due,
                        state: task.state,
                        household: task.household.map_or(String::new(), |id| id.to_string()),
                    })
                })
                .collect()
        })
        .await
}

/// Finishes a task, or says why it can't be done.
pub(crate) async fn finish_task(phone: &Phone, request: FinishTask) -> Outcome<Changed> {
    phone
        .act(move |tx, desk| {
            let task: DocId = id(&request.task)?;
            if !matches!(request.result.as_str(), "done" | "not_possible") {
                return Err(EdgeError::bad_input("result"));
            }
            let note = request.note.trim();
            if request.result == "not_possible" && note.is_empty() {
                return Err(EdgeError::bad_input("note"));
            }
            let doc = document::load_known(tx, task)?;
            let line = Line::fold(&doc.fields(), |_| true);
            if !matches!(line.state(), "open" | "claimed") {
                return Err(EdgeError::code("already_done"));
            }
            let writes = case::step(
                desk.entry(),
                &request.result,
                line.head(),
                note,
                desk.now_ms,
            );
            let plan = Plan {
                doc: task,
                kind: Kind::Task,
                seen: None,
                action: Action::TaskStep,
                writes,
                about: doc.fields().text("title").to_owned(),
            };
            desk.write(tx, &[plan], false, &[Topic::Tasks])
        })
        .await
}

/// Rooms by dwelling, for address lines of whole lists.
pub(crate) fn addresses(
    tx: &Transaction<'_>,
) -> Outcome<std::collections::HashMap<DocId, (String, DocId)>> {
    let names: std::collections::HashMap<DocId, String> = place::of_type(tx, "building")?
        .into_iter()
        .map(|place| (place.id, place.name))
        .collect();
    Ok(building::all_rooms(tx)?
        .into_iter()
        .map(|room| {
            let name = names.get(&room.building).map_or("", String::as_str);
            (room.dwelling, (view::address(name, &room), room.building))
        })
        .collect())
}

#[cfg(test)]
mod tests;
