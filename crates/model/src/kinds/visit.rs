//! A visit, with what a building lead noticed on the way (tips).

use super::{doc_id, push_text};
use crate::fields::Fields;
use crate::ids::{DocId, EntryId};
use crate::value::Write;

/// Something a building lead noticed; a worker adopts it, and then it is the worker's edit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tip {
    /// `phone`, `need`, `mobility` or `moved_out`.
    pub kind: String,
    /// Number, need or mobility code, or empty.
    pub value: String,
    /// Own words.
    pub words: String,
    /// Empty, `adopted` or `aside`.
    pub state: String,
}

/// A visit.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Visit {
    /// Dwelling.
    pub dwelling: Option<DocId>,
    /// Household; none from a building lead.
    pub household: Option<DocId>,
    /// Place, for visits that are to no dwelling.
    pub place: Option<DocId>,
    /// V01…V12.
    pub kind: String,
    /// 1–5, see the visit types table.
    pub result: i64,
    /// `good`, `fair`, `poor` or empty.
    pub mood: String,
    /// `yes`, `no` or empty.
    pub utilities: String,
    /// Words.
    pub words: String,
    /// When, milliseconds by the visitor's clock.
    pub at: i64,
    /// To somebody whom only named people may see, where the type doesn't say so already. It
    /// is never written to a visit that others read: there it would tell.
    pub named: bool,
    /// Tips by entry id.
    pub tips: Vec<(EntryId, Tip)>,
}

impl Visit {
    /// Reads a visit.
    pub fn read(fields: &Fields) -> Self {
        let tips = fields
            .keys("tips")
            .into_iter()
            .filter_map(|key| {
                let text = |name: &str| fields.text(&format!("tips/{key}/{name}")).to_owned();
                let tip = Tip {
                    kind: text("kind"),
                    value: text("value"),
                    words: text("words"),
                    state: text("state"),
                };
                Some((key.parse().ok()?, tip))
            })
            .collect();
        Self {
            dwelling: doc_id(fields, "dwelling"),
            household: doc_id(fields, "household"),
            place: doc_id(fields, "place"),
            kind: fields.text("type").to_owned(),
            result: fields.int("result"),
            mood: fields.text("mood").to_owned(),
            utilities: fields.text("utilities").to_owned(),
            words: fields.text("words").to_owned(),
            at: fields.int("at"),
            named: fields.get("named").is_true(),
            tips,
        }
    }

    /// The writes that bring it into being.
    pub fn create(&self) -> Vec<Write> {
        let mut writes = Vec::new();
        for (name, id) in [
            ("dwelling", self.dwelling),
            ("household", self.household),
            ("place", self.place),
        ] {
            if let Some(id) = id {
                writes.push(Write::new(name, id.to_string()));
            }
        }
        writes.push(Write::new("type", self.kind.as_str()));
        writes.push(Write::new("result", self.result));
        push_text(&mut writes, "mood", &self.mood);
        push_text(&mut writes, "utilities", &self.utilities);
        push_text(&mut writes, "words", &self.words);
        writes.push(Write::new("at", self.at));
        if self.named {
            writes.push(Write::new("named", true));
        }
        for (id, tip) in &self.tips {
            writes.push(Write::new(format!("tips/{id}/kind"), tip.kind.as_str()));
            push_text(&mut writes, format!("tips/{id}/value"), &tip.value);
            push_text(&mut writes, format!("tips/{id}/words"), &tip.words);
        }
        writes
    }
}

/// The write that says what became of a tip: `adopted` or `aside`.
pub fn tip_state(tip: EntryId, state: &str) -> Write {
    Write::new(format!("tips/{tip}/state"), state)
}
