//! One record that was given back, as far as somebody at a desk may know of it: only what lies
//! in the own area, and nothing of a class that the role doesn't read.

use linli_model::bundle::Person;
use linli_model::fields::Fields;
use linli_model::intent::{Intent, Target};
use linli_model::kind::Kind;
use linli_model::org;
use linli_model::typed::typed;
use linli_protocol::decode;
use linli_protocol::sync::{Sent, Verdict};

use super::name;
use crate::console::api::returned::{Returned, TypedText};
use crate::console::atlas::Places;
use crate::console::viewer::Viewer;
use crate::gate::TableAtlas;
use crate::membership::{self, Subject};
use crate::store::{DocRow, ReturnedRow, StoreError, Tables};
use linli_model::document::Document;

/// A returned record that the viewer may see.
pub(super) struct Look {
    pub(super) row: ReturnedRow,
    pub(super) sent: Sent,
    pub(super) author: Person,
    /// What it is about.
    subject: Subject,
    /// It was to come into being with this.
    birth: bool,
    doc: Option<DocRow>,
}

/// Whether somebody may see it.
pub(crate) fn sees(
    tables: Tables<'_>,
    viewer: &Viewer,
    row: ReturnedRow,
) -> Result<bool, StoreError> {
    Ok(look(tables, viewer, row)?.is_some())
}

/// Looks at a row; none when it isn't for the viewer's eyes.
pub(super) fn look(
    tables: Tables<'_>,
    viewer: &Viewer,
    row: ReturnedRow,
) -> Result<Option<Look>, StoreError> {
    let Ok(sent) = decode::<Sent>(&row.kept) else {
        return Ok(None);
    };
    let Some(target) = sent.intent.target.clone() else {
        return Ok(None);
    };
    let author = match tables.enrolment(row.enrolment)? {
        Some(enrolment) => tables.person(enrolment.person)?,
        None => None,
    };
    let Some(author) = author else {
        return Ok(None);
    };
    let doc = tables.doc(target.doc)?;
    if doc.is_some_and(|doc| doc.kind != target.kind) {
        return Ok(None);
    }
    let subject = subject(tables, &sent.intent, &target, doc.as_ref(), &author)?;
    let open = match doc {
        Some(doc) => {
            let mine = viewer.buckets(tables)?;
            let its = tables.membership(doc.no)?;
            its.iter().any(|bucket| mine.contains(bucket))
        }
        None => unborn_is_open(tables, viewer, &subject, &author)?,
    };
    Ok(open.then_some(Look {
        birth: target.seen.is_empty() && !target.kind.has_genesis(),
        row,
        sent,
        author,
        subject,
        doc,
    }))
}

fn subject(
    tables: Tables<'_>,
    intent: &Intent,
    target: &Target,
    doc: Option<&DocRow>,
    author: &Person,
) -> Result<Subject, StoreError> {
    let (fields, by) = match doc {
        Some(doc) => {
            let changes = tables.changes(doc.no)?;
            let bytes = changes.iter().map(|change| change.bytes.as_slice());
            let document = Document::from_changes(doc.kind, doc.id, bytes)
                .map_err(|_| StoreError::Damaged("log"))?;
            (document.fields(), doc.author)
        }
        None => {
            let fields: Fields = intent
                .writes
                .iter()
                .map(|write| (write.path.clone(), write.value.clone()))
                .collect();
            (fields, Some(author.id))
        }
    };
    Ok(Subject::read(target.kind, target.doc, &fields, by))
}

/// A document that nobody has lies where its record says; where that is nowhere, at its
/// author's post.
fn unborn_is_open(
    tables: Tables<'_>,
    viewer: &Viewer,
    subject: &Subject,
    author: &Person,
) -> Result<bool, StoreError> {
    let atlas = TableAtlas(tables);
    if membership::locate(subject, &atlas)?.is_none() {
        let scopes = org::org_scopes(&author.org);
        return Ok(scopes
            .iter()
            .any(|scope| viewer.reads(scope, subject.class)));
    }
    let buckets = membership::derive(subject, &atlas)?;
    Ok(buckets
        .iter()
        .any(|(scope, class)| viewer.reads(scope, *class)))
}

impl Look {
    /// Its line in the list.
    pub(super) fn line(&self, tables: Tables<'_>, places: &Places) -> Result<Returned, StoreError> {
        let intent = &self.sent.intent;
        let decision = tables.decision(self.row.enrolment, intent.id)?;
        let (code, reason) = match &decision {
            Some(decision) => (why(&decision.before).0, why(&self.row.verdict).1),
            None => why(&self.row.verdict),
        };
        let decided_by = match &decision {
            Some(decision) => tables.person(decision.decided_by)?,
            None => None,
        };
        let (place, org_name) = self.whereabouts(tables, places)?;
        Ok(Returned {
            id: name(self.row.enrolment, intent.id),
            by: self.author.name.clone(),
            role: self.author.role.clone(),
            phone: self.author.phone.clone(),
            at: i64::try_from(intent.hlc.ms).unwrap_or(i64::MAX),
            returned_at: self.row.at,
            action: intent.action.name().to_owned(),
            kind: self.subject.kind.name().to_owned(),
            field: match intent.writes.as_slice() {
                [only] => only.path.clone(),
                _ => String::new(),
            },
            category: self.category(),
            place,
            org_name,
            state: self.state(decision.is_some()).to_owned(),
            code,
            typed: self.typed(),
            photos: self.photos(),
            together: intent
                .group
                .filter(|group| group.atomic)
                .map_or(1, |group| u32::from(group.size)),
            decided_by: decided_by.map_or_else(String::new, |person| person.name),
            decided_at: decision.map(|decision| decision.at),
            reason,
        })
    }

    fn state(&self, decided: bool) -> &'static str {
        match (decided, self.row.seq.is_some()) {
            (true, true) => "accepted",
            (true, false) => "refused",
            // Its author wrote it once more, and that one was accepted.
            _ if self.row.seq.is_some() || (self.birth && self.doc.is_some()) => "sent_again",
            _ => "waiting",
        }
    }

    fn category(&self) -> String {
        let category = |write: &&linli_model::value::Write| write.path == "category";
        let written = self.sent.intent.writes.iter().find(category);
        match (self.subject.kind, written) {
            (Kind::Case, Some(write)) => write.value.text().to_owned(),
            _ => String::new(),
        }
    }

    /// Numbers are masked: a list is no place to read them.
    fn typed(&self) -> Vec<TypedText> {
        typed(&self.sent.intent.writes)
            .into_iter()
            .map(|typed| TypedText {
                field: typed.field.to_owned(),
                text: if typed.is_number() {
                    masked(typed.text)
                } else {
                    typed.text.to_owned()
                },
            })
            .collect()
    }

    fn photos(&self) -> u32 {
        let writes = self.sent.intent.writes.iter();
        let named = writes
            .filter(|write| write.path.starts_with("media/") && write.path.ends_with("/sha256"));
        u32::try_from(named.count()).unwrap_or(u32::MAX)
    }

    fn whereabouts(
        &self,
        tables: Tables<'_>,
        places: &Places,
    ) -> Result<(String, String), StoreError> {
        let spot = membership::locate(&self.subject, &TableAtlas(tables))?;
        let org = spot.as_ref().map_or(&self.author.org, |spot| &spot.org);
        let place = spot.as_ref().and_then(|spot| spot.building);
        Ok((
            places.name(place.or(self.subject.place)).to_owned(),
            places.org_name(org).to_owned(),
        ))
    }
}

/// Code of what a desk has given back for good.
const REFUSED: &str = "refused";

/// Why it was given back; and the desk's reason.
fn why(verdict: &[u8]) -> (String, String) {
    match decode::<Verdict>(verdict) {
        Ok(Verdict::Rejected { code, fields }) if code == REFUSED => (code, fields.join(",")),
        Ok(Verdict::Rejected { code, .. }) => (code, String::new()),
        Ok(Verdict::Overtaken { .. }) => ("overtaken".into(), String::new()),
        _ => Default::default(),
    }
}

/// `129****0452`
fn masked(number: &str) -> String {
    let digits: Vec<char> = number.chars().collect();
    if digits.len() < 8 {
        return "*".repeat(digits.len());
    }
    let (head, tail) = (&digits[..3], &digits[digits.len() - 4..]);
    head.iter().chain(&['*'; 4]).chain(tail).collect()
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn a_number_shows_its_ends_at_most() {
        assert_eq!(masked("12900000452"), "129****0452");
        assert_eq!(masked("110"), "***");
    }
}
