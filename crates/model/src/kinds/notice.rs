//! A notice, read by all of a scope.

use super::{push_text, time};
use crate::fields::Fields;
use crate::value::Write;

/// A notice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notice {
    /// Title.
    pub title: String,
    /// Text.
    pub body: String,
    /// `normal` or `urgent`.
    pub level: String,
    /// Code of the org node whose people read it.
    pub org: String,
    /// Published, milliseconds.
    pub at: i64,
    /// Shown until.
    pub until: Option<i64>,
}

impl Notice {
    /// Reads a notice.
    pub fn read(fields: &Fields) -> Self {
        Self {
            title: fields.text("title").to_owned(),
            body: fields.text("body").to_owned(),
            level: fields.text("level").to_owned(),
            org: fields.text("org").to_owned(),
            at: fields.int("at"),
            until: time(fields, "until"),
        }
    }

    /// The writes that publish it.
    pub fn create(&self) -> Vec<Write> {
        let mut writes = vec![Write::new("title", self.title.as_str())];
        push_text(&mut writes, "body", &self.body);
        push_text(&mut writes, "level", &self.level);
        push_text(&mut writes, "org", &self.org);
        writes.push(Write::new("at", self.at));
        if let Some(until) = self.until {
            writes.push(Write::new("until", until));
        }
        writes
    }
}
