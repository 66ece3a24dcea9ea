//! The line of accepted events, and the state it folds to.
//!
//! A decision names the event it builds on (`after`); the center accepts it only on the
//! newest one, so accepted events form one line. The state is never stored, only folded.

use crate::fields::Fields;

/// One event of a case, order or task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Entry id, as text.
    pub id: String,
    /// State it leads to.
    pub to: String,
    /// The event it builds on; empty for the first.
    pub after: String,
    /// Reason or words.
    pub reason: String,
    /// When, by its author's clock.
    pub at: i64,
}

/// Where a document stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// Events in order.
    pub events: Vec<Event>,
    /// Events that build on something other than the newest: waiting for the center's word.
    pub beside: Vec<Event>,
}

impl Line {
    /// Reads the events of a document and puts them in line. Of several that follow the same
    /// event only one can have been accepted; which one, `accepted` says (a phone passes what
    /// it knows). Without that knowledge the lowest id wins, the same everywhere.
    pub fn fold(fields: &Fields, accepted: impl Fn(&str) -> bool) -> Self {
        let mut waiting: Vec<Event> = fields
            .keys("events")
            .into_iter()
            .map(|id| Event {
                id: id.to_owned(),
                to: fields.text(&format!("events/{id}/to")).to_owned(),
                after: fields.text(&format!("events/{id}/after")).to_owned(),
                reason: fields.text(&format!("events/{id}/reason")).to_owned(),
                at: fields.int(&format!("events/{id}/at")),
            })
            .collect();
        waiting.sort_by(|a, b| a.id.cmp(&b.id));
        let mut line = Self::default();
        loop {
            let head = line.head().to_owned();
            let followers = waiting.iter().filter(|event| event.after == head);
            let next = followers
                .clone()
                .find(|event| accepted(&event.id))
                .or_else(|| followers.clone().next())
                .map(|event| event.id.clone());
            let Some(next) = next.and_then(|id| waiting.iter().position(|e| e.id == id)) else {
                break;
            };
            line.events.push(waiting.remove(next));
        }
        line.beside = waiting;
        line
    }

    /// Id of the newest event; empty before the first.
    pub fn head(&self) -> &str {
        self.events.last().map_or("", |event| &event.id)
    }

    /// State reached; empty before the first event.
    pub fn state(&self) -> &str {
        self.events.last().map_or("", |event| &event.to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Value;

    fn fields(events: &[(&str, &str, &str)]) -> Fields {
        events
            .iter()
            .flat_map(|(id, to, after)| {
                [
                    (format!("events/{id}/to"), Value::from(*to)),
                    (format!("events/{id}/after"), Value::from(*after)),
                ]
            })
            .collect()
    }

    #[test]
    fn events_form_one_line_whatever_their_order() {
        let line = Line::fold(
            &fields(&[("c", "accepted", "a"), ("a", "reported", "")]),
            |_| true,
        );
        assert_eq!((line.state(), line.head()), ("accepted", "c"));
        assert!(line.beside.is_empty());
    }

    #[test]
    fn the_accepted_follower_wins_and_the_other_is_kept_beside() {
        let both = fields(&[
            ("a", "reported", ""),
            ("b", "withdrawn", "a"),
            ("c", "accepted", "a"),
        ]);
        let line = Line::fold(&both, |id| id != "b");
        assert_eq!(line.state(), "accepted");
        assert_eq!(line.beside.len(), 1);
    }

    #[test]
    fn nothing_yet_is_no_state() {
        assert_eq!(Line::fold(&Fields::default(), |_| true).state(), "");
    }
}
