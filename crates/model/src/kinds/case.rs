//! A reported problem.

use super::media::Fact;
use super::position::Position;
use super::{doc_id, push_text};
use crate::fields::Fields;
use crate::ids::{DocId, EntryId};
use crate::value::Write;

/// What was reported. Its state is a fold of its events: see [`crate::workflow::Line`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Case {
    /// Category code.
    pub category: String,
    /// Words.
    pub words: String,
    /// Building, shop or other place.
    pub place: Option<DocId>,
    /// Code of the grid (or community) it lies in, as the phone believes.
    pub org: String,
    /// Household it concerns.
    pub household: Option<DocId>,
    /// Address in words.
    pub address: String,
    /// When it was reported, by the reporter's clock.
    pub at: i64,
    /// Position.
    pub position: Option<Position>,
    /// Photos.
    pub media: Vec<Fact>,
}

impl Case {
    /// Reads a case.
    pub fn read(fields: &Fields) -> Self {
        Self {
            category: fields.text("category").to_owned(),
            words: fields.text("words").to_owned(),
            place: doc_id(fields, "place"),
            org: fields.text("org").to_owned(),
            household: doc_id(fields, "household"),
            address: fields.text("address").to_owned(),
            at: fields.int("at"),
            position: Position::of_case(fields),
            media: super::media::read(fields),
        }
    }

    /// The writes that report it; `event` becomes the first event, 报事.
    pub fn report(&self, event: EntryId) -> Vec<Write> {
        let mut writes = vec![Write::new("category", self.category.as_str())];
        push_text(&mut writes, "words", &self.words);
        if let Some(place) = self.place {
            writes.push(Write::new("place", place.to_string()));
        }
        push_text(&mut writes, "org", &self.org);
        if let Some(household) = self.household {
            writes.push(Write::new("household", household.to_string()));
        }
        push_text(&mut writes, "address", &self.address);
        writes.push(Write::new("at", self.at));
        if let Some(position) = &self.position {
            writes.extend(position.writes(""));
            writes.push(Write::new("position_at", position.at));
        }
        for fact in &self.media {
            writes.extend(fact.writes());
        }
        writes.extend(step(event, "reported", "", "", self.at));
        writes
    }
}

/// The writes of one event: of a case, an order or a task.
pub fn step(event: EntryId, to: &str, after: &str, reason: &str, at: i64) -> Vec<Write> {
    let field = |name: &str| format!("events/{event}/{name}");
    let mut writes = vec![Write::new(field("to"), to)];
    push_text(&mut writes, field("after"), after);
    push_text(&mut writes, field("reason"), reason);
    writes.push(Write::new(field("at"), at));
    writes
}
