//! An emergency roll-call: statuses as facts that merge.
//!
//! A status stands under its subject: `p:<resident>` from a worker, `r:<dwelling>` from a
//! building lead. Two people who say different things of one subject both stay readable.

use super::{doc_id, push_text, time};
use crate::fields::Fields;
use crate::ids::{DocId, EntryId};
use crate::value::Write;

/// A roll-call.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Muster {
    /// Title.
    pub title: String,
    /// Code of the org node that is called.
    pub org: String,
    /// Building, when only one is called.
    pub place: Option<DocId>,
    /// An exercise.
    pub drill: bool,
    /// Started, milliseconds.
    pub at: i64,
    /// Ended.
    pub ended: Option<i64>,
    /// Status codes by subject key.
    pub status: Vec<(String, String)>,
}

impl Muster {
    /// Reads a roll-call.
    pub fn read(fields: &Fields) -> Self {
        Self {
            title: fields.text("title").to_owned(),
            org: fields.text("org").to_owned(),
            place: doc_id(fields, "place"),
            drill: fields.get("drill").is_true(),
            at: fields.int("at"),
            ended: time(fields, "ended"),
            status: fields
                .keys("status")
                .into_iter()
                .map(|key| {
                    (
                        key.to_owned(),
                        fields.text(&format!("status/{key}")).to_owned(),
                    )
                })
                .collect(),
        }
    }

    /// The writes that start it.
    pub fn create(&self) -> Vec<Write> {
        let mut writes = vec![Write::new("title", self.title.as_str())];
        push_text(&mut writes, "org", &self.org);
        if let Some(place) = self.place {
            writes.push(Write::new("place", place.to_string()));
        }
        writes.push(Write::new("drill", self.drill));
        writes.push(Write::new("at", self.at));
        writes
    }
}

/// Key of a person.
pub fn person(resident: EntryId) -> String {
    format!("p:{resident}")
}

/// Key of a room.
pub fn room(dwelling: DocId) -> String {
    format!("r:{dwelling}")
}

/// The write that says how a subject is.
pub fn say(subject: &str, status: &str) -> Write {
    Write::new(format!("status/{subject}"), status)
}
