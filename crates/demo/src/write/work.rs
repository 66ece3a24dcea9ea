//! Visits, tasks, notices, roll-calls.

use linli_model::bundle::Doc;
use linli_model::kind::Kind;
use linli_model::kinds::{case, muster, notice, task, visit};
use linli_model::reference;

use super::WriteError;
use super::builder::{Builder, Scene, doc_id, entry, single};
use crate::date::DAY_MS;

pub(super) fn visit(scene: &Scene, i: usize) -> Result<Doc, WriteError> {
    let county = scene.county;
    let v = &county.history.visits[i];
    // As a worker's phone writes it, which knows the family.
    let named = v.household.is_some_and(|h| {
        let residents = &county.households[h].residents;
        let tags = residents.iter().flat_map(|r| &r.tags).copied();
        reference::visits()
            .get(v.kind)
            .is_some_and(|kind| kind.is_named(tags))
    });
    let made = visit::Visit {
        dwelling: v.dwelling.map(|d| scene.dwelling(d)),
        household: v.household.map(|h| scene.home(Kind::Household, h)),
        place: v.place.map(|p| scene.place(p)),
        kind: v.kind.into(),
        result: v.result,
        mood: v.mood.into(),
        utilities: v.utilities.into(),
        words: v.words.into(),
        at: v.at,
        named,
        tips: v
            .tips
            .iter()
            .map(|t| {
                let tip = visit::Tip {
                    kind: t.kind.into(),
                    value: t.value.clone(),
                    words: t.words.into(),
                    state: String::new(),
                };
                (entry(t.id), tip)
            })
            .collect(),
    };
    let mut builder = Builder::new(Kind::Visit, doc_id(v.id))?;
    builder.write(scene.actor(v.author), v.at, v.received_at, &made.create())?;
    for tip in v.tips.iter().filter(|t| !t.state.is_empty()) {
        // The worker dealt with it the next day.
        let grid = v.dwelling.map_or(0, |d| county.housing.grid_of(d));
        let at = v.at + DAY_MS;
        let write = [visit::tip_state(entry(tip.id), tip.state)];
        builder.write(scene.actor(county.worker(grid)), at, at + 4_000, &write)?;
    }
    Ok(builder.done())
}

pub(super) fn task(scene: &Scene, i: usize) -> Result<Doc, WriteError> {
    let t = &scene.county.history.tasks[i];
    let dwelling = t.household.map(|h| scene.county.households[h].dwelling);
    let made = task::Task {
        title: t.title.clone(),
        words: t.words.into(),
        household: t.household.map(|h| scene.home(Kind::Household, h)),
        dwelling: dwelling.map(|d| scene.dwelling(d)),
        place: t.place.map(|p| scene.place(p)),
        org: scene.county.org.grids[t.grid].code.clone(),
        due: Some(t.due),
        at: t.at,
    };
    let mut builder = Builder::new(Kind::Task, doc_id(t.id))?;
    let opened = entry(t.opened);
    builder.write(
        scene.actor(t.author),
        t.at,
        t.at + 900,
        &made.create(opened),
    )?;
    if let Some(end) = &t.ended {
        let after = opened.to_string();
        let writes = case::step(entry(end.id), end.to, &after, end.words, end.at);
        builder.write(scene.actor(end.author), end.at, end.at + 5_000, &writes)?;
    }
    Ok(builder.done())
}

pub(super) fn notice(scene: &Scene, i: usize) -> Result<Doc, WriteError> {
    let n = &scene.county.history.notices[i];
    let made = notice::Notice {
        title: n.title.into(),
        body: n.body.into(),
        level: n.level.into(),
        org: scene.county.org.communities[n.community].code.clone(),
        at: n.at,
        until: n.until,
    };
    single(
        Kind::Notice,
        doc_id(n.id),
        scene.actor(n.author),
        n.at,
        n.at + 700,
        &made.create(),
    )
}

pub(super) fn muster(scene: &Scene, i: usize) -> Result<Doc, WriteError> {
    let county = scene.county;
    let m = &county.history.musters[i];
    let made = muster::Muster {
        title: m.title.into(),
        org: county.org.communities[m.community].code.clone(),
        place: None,
        drill: m.drill,
        at: m.at,
        ended: None,
        status: Vec::new(),
    };
    let mut builder = Builder::new(Kind::Muster, doc_id(m.id))?;
    let chief = scene.actor(m.author);
    builder.write(chief, m.at, m.at + 800, &made.create())?;
    for s in &m.statuses {
        let resident = &county.households[s.household].residents[s.resident];
        let writes = [muster::say(&muster::person(entry(resident.id)), s.status)];
        builder.write(scene.actor(s.author), s.at, s.at + 3_000, &writes)?;
    }
    if let Some(ended) = m.ended {
        let writes = [linli_model::value::Write::new("ended", ended)];
        builder.write(chief, ended, ended + 800, &writes)?;
    }
    Ok(builder.done())
}
