//! Households, their care, and the care of those whom only named people may see; with the
//! edits that gave them a history.

use linli_model::bundle::Doc;
use linli_model::ids::{DocId, EntryId};
use linli_model::kind::{Class, Kind};
use linli_model::kinds::care::{self, Phone};
use linli_model::kinds::household::{Resident, add_resident, found, tag};
use linli_model::reference;
use linli_model::value::Write;

use super::WriteError;
use super::builder::{Builder, Scene, entry};
use crate::date::DAY_MS;
use crate::history::Change;
use crate::household;
use crate::household::care::CARE_CYCLE;

/// The class a category is written in; none for codes this version doesn't know.
fn class_of(category: &str) -> Option<Class> {
    reference::persons().get(category)?.class
}

/// A resident of whom something is kept for named people only.
pub(super) fn named(r: &household::Resident) -> bool {
    r.tags.iter().any(|t| class_of(t) == Some(Class::CareNamed))
}

/// Homes were registered over some months, grid by grid.
fn registered(scene: &Scene, h: usize) -> i64 {
    scene.since + (h as i64 % 97) * DAY_MS + (h as i64 * 7_919) % 28_800_000
}

pub(super) fn household(scene: &Scene, h: usize) -> Result<Doc, WriteError> {
    let home = &scene.county.households[h];
    let (worker, at) = (scene.worker_of(h), registered(scene, h));
    let mut writes = found(scene.dwelling(home.dwelling), home.occupancy);
    for (m, r) in home.residents.iter().enumerate() {
        let birth_year = scene
            .edits(h)
            .find_map(|e| match &e.change {
                Change::BirthYear { resident, was } if *resident == m => Some(*was),
                _ => None,
            })
            .unwrap_or(r.birth_year);
        // Who is from abroad or has no registration is kept in care, as a flag.
        let open = class_of(r.population) == Some(Class::Roster);
        let resident = Resident {
            name: r.name.clone(),
            sex: r.sex.code().into(),
            birth_year,
            relation: r.relation.into(),
            population: if open {
                r.population.into()
            } else {
                String::new()
            },
            from: r.elsewhere.into(),
            ended: None,
        };
        writes.extend(add_resident(entry(r.id), &resident));
        let roster = r.tags.iter().filter(|t| class_of(t) == Some(Class::Roster));
        writes.extend(roster.map(|t| tag(entry(r.id), t)));
    }
    let mut builder = Builder::new(Kind::Household, scene.home(Kind::Household, h))?;
    builder.write(worker, at, at + 1_500, &writes)?;
    for edit in scene.edits(h) {
        if let Change::BirthYear { resident, .. } = &edit.change {
            let r = &home.residents[*resident];
            let path = format!("residents/{}/birth_year", entry(r.id));
            let write = [Write::new(path, r.birth_year)];
            builder.write(scene.actor(edit.author), edit.at, edit.received_at, &write)?;
        }
    }
    Ok(builder.done())
}

pub(super) fn care(scene: &Scene, h: usize) -> Result<Doc, WriteError> {
    let home = &scene.county.households[h];
    let (worker, at) = (scene.worker_of(h), registered(scene, h));
    let mut writes = care::found(scene.dwelling(home.dwelling), home.occupancy);
    for (p, phone) in home.phones.iter().enumerate() {
        let number = scene
            .edits(h)
            .find_map(|e| match &e.change {
                Change::Number { phone, was } | Change::Clash { phone, was, .. } if *phone == p => {
                    Some(was.clone())
                }
                _ => None,
            })
            .unwrap_or_else(|| phone.number.clone());
        let whose = phone.whose.map(|m| entry(home.residents[m].id));
        let kept = Phone {
            number,
            whose,
            note: phone.note.clone(),
            ended: None,
        };
        writes.extend(care::add_phone(entry(phone.id), &kept));
    }
    for contact in &home.contacts {
        let at = |name: &str| format!("contacts/{}/{name}", entry(contact.id));
        writes.push(Write::new(at("name"), contact.name.as_str()));
        writes.push(Write::new(at("note"), contact.note.as_str()));
        writes.push(Write::new(
            at("phone"),
            home.phones[contact.phone].id.to_string(),
        ));
    }
    for (m, r) in home.residents.iter().enumerate().filter(|(_, r)| !named(r)) {
        writes.extend(
            flags(r)
                .filter(|code| !noted_later(scene, h, m, code))
                .map(|code| care::flag(entry(r.id), code, true)),
        );
        if let Some(how) = r.mobility.filter(|_| !moves_later(scene, h, m)) {
            writes.push(care::mobility(entry(r.id), how));
        }
    }
    if home.cycle_days <= CARE_CYCLE {
        writes.push(Write::new("cycle_days", home.cycle_days));
    }
    let mut builder = Builder::new(Kind::Care, scene.home(Kind::Care, h))?;
    builder.write(worker, at, at + 2_100, &writes)?;
    edits(scene, h, &mut builder)?;
    Ok(builder.done())
}

/// Categories of class care, the population type when it belongs there, and needs.
fn flags(r: &household::Resident) -> impl Iterator<Item = &'static str> + '_ {
    r.tags
        .iter()
        .chain([&r.population])
        .filter(|t| class_of(t) == Some(Class::Care))
        .chain(&r.needs)
        .copied()
}

fn noted_later(scene: &Scene, h: usize, m: usize, code: &str) -> bool {
    scene.edits(h).any(
        |e| matches!(&e.change, Change::Need { resident, need } if *resident == m && *need == code),
    )
}

fn moves_later(scene: &Scene, h: usize, m: usize) -> bool {
    scene
        .edits(h)
        .any(|e| matches!(&e.change, Change::Mobility { resident } if *resident == m))
}

/// What was changed since: one change for each edit; a clash is two at the same heads.
fn edits(scene: &Scene, h: usize, builder: &mut Builder) -> Result<(), WriteError> {
    let home = &scene.county.households[h];
    for edit in scene.edits(h) {
        let resident = |m: usize| entry(home.residents[m].id);
        let number = |p: usize, value: &str| {
            [Write::new(
                format!("phones/{}/number", entry(home.phones[p].id)),
                value,
            )]
        };
        let (by, at, received) = (scene.actor(edit.author), edit.at, edit.received_at);
        match &edit.change {
            Change::Number { phone, .. } => {
                builder.write(
                    by,
                    at,
                    received,
                    &number(*phone, &home.phones[*phone].number),
                )?;
            }
            Change::Mobility { resident: m } => {
                let how = home.residents[*m].mobility.unwrap_or_default();
                builder.write(by, at, received, &[care::mobility(resident(*m), how)])?;
            }
            Change::Need { resident: m, need } => {
                builder.write(by, at, received, &[care::flag(resident(*m), need, true)])?;
            }
            Change::Clash {
                phone,
                other,
                other_author,
                ..
            } => {
                let seen = builder.heads();
                builder.write(
                    by,
                    at,
                    received,
                    &number(*phone, &home.phones[*phone].number),
                )?;
                let (by, later) = (scene.actor(*other_author), received + 3_600_000);
                // Written an hour before, without a signal, so it had not seen the first.
                builder.write_at(&seen, by, at - 3_600_000, later, &number(*phone, other))?;
            }
            Change::BirthYear { .. } => {}
        }
    }
    Ok(())
}

/// Care of one child, or one person whom only named people may see.
pub(super) fn care_named(scene: &Scene, h: usize, m: usize) -> Result<Doc, WriteError> {
    let home = &scene.county.households[h];
    let r = &home.residents[m];
    let (id, at): (EntryId, i64) = (entry(r.id), registered(scene, h));
    let mut writes = vec![
        Write::new("resident", id.to_string()),
        Write::new("dwelling", scene.dwelling(home.dwelling).to_string()),
        Write::new("cycle_days", home.cycle_days.min(30)),
    ];
    let codes = r
        .tags
        .iter()
        .filter(|t| matches!(class_of(t), Some(Class::Care | Class::CareNamed)));
    writes.extend(codes.chain(&r.needs).map(|code| care::flag(id, code, true)));
    if let Some(how) = r.mobility {
        writes.push(care::mobility(id, how));
    }
    let mut builder = Builder::new(Kind::CareNamed, DocId::of_resident(id))?;
    builder.write(scene.worker_of(h), at, at + 2_700, &writes)?;
    Ok(builder.done())
}
