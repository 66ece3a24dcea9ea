//! Reported problems, as far as the center takes them today: reported, asked about,
//! withdrawn, accepted. Later steps of the county's history aren't written.

use linli_model::bundle::Doc;
use linli_model::kind::Kind;
use linli_model::kinds::case;
use linli_model::kinds::position::Position;

use super::WriteError;
use super::builder::{Builder, Scene, doc_id, entry};
use crate::history::Place;

/// States a step may lead to.
const TAKEN: [&str; 4] = ["reported", "need_info", "accepted", "withdrawn"];

pub(super) fn case(scene: &Scene, i: usize) -> Result<Doc, WriteError> {
    let county = scene.county;
    let c = &county.history.cases[i];
    let building = &county.housing.buildings[c.building];
    let estate = &county.housing.estates[building.estate].name;
    let made = case::Case {
        category: c.category.into(),
        words: c.words.clone(),
        place: Some(scene.place(Place::Building(c.building))),
        org: county.org.grids[building.grid].code.clone(),
        household: None,
        address: format!("{estate}{}", building.name),
        at: c.at,
        position: Some(Position {
            lon: c.point.lon(),
            lat: c.point.lat(),
            accuracy_m: c.accuracy_m,
            source: if c.accuracy_m.is_some() {
                "gnss"
            } else {
                "tap"
            }
            .into(),
            at: c.at,
            mocked: false,
        }),
        media: scene.album.facts(i),
    };
    let mut builder = Builder::new(Kind::Case, doc_id(c.id))?;
    let Some((first, later)) = c.steps.split_first() else {
        return Ok(builder.done());
    };
    let mut after = entry(first.id);
    builder.write(
        scene.actor(c.author),
        c.at,
        c.received_at,
        &made.report(after),
    )?;
    for step in later.iter().take_while(|s| TAKEN.contains(&s.to)) {
        let event = entry(step.id);
        let writes = case::step(event, step.to, &after.to_string(), step.reason, step.at);
        builder.write(scene.actor(step.author), step.at, step.at + 2_000, &writes)?;
        after = event;
    }
    Ok(builder.done())
}
