//! The writing side: rows, then buckets.

use std::collections::HashMap;
use std::sync::mpsc::Receiver;

use linli_model::actor::EnrolmentId;
use linli_model::bundle::{Person, Photo, Record};
use linli_model::chunk;
use linli_model::fields::Fields;
use linli_model::ids::PersonId;
use linli_model::kind::Kind;
use linli_model::org::Level;
use linli_model::value::Hash;
use sha2::{Digest, Sha256};

use super::read::{Change, Item};
use super::{Loaded, Progress};
use crate::gate::{self, TableAtlas};
use crate::media::Contents;
use crate::membership::{self, Subject};
use crate::store::{DocRow, MediaRow, NewChange, StoreError, Tables, Turn};

/// Why writing ends early.
pub(super) enum Stop {
    Store(StoreError),
    Already(String),
    /// The reading side gave up and knows why.
    Reader,
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// A document whose buckets come at the end.
struct Waiting {
    row: DocRow,
    subject: Subject,
    heads: Vec<Hash>,
    writer: Option<EnrolmentId>,
    seqs: Vec<u64>,
    /// Kept for cases, whose view needs to know their author.
    fields: Option<(Fields, i64)>,
}

pub(super) fn run(
    turn: &mut Turn<'_>,
    contents: &Contents,
    now: i64,
    items: &Receiver<Item>,
    mut progress: Progress,
) -> Result<Loaded, Stop> {
    let tables = turn.tables;
    if let Some(county) = tables.setting("county")? {
        return Err(Stop::Already(county));
    }
    let mut loaded = Loaded::default();
    let mut authors: HashMap<EnrolmentId, PersonId> = HashMap::new();
    let mut waiting = Vec::new();
    let mut total = 0;
    loop {
        match items.recv().map_err(|_| Stop::Reader)? {
            Item::End => break,
            Item::Doc {
                doc,
                fields,
                changes,
            } => {
                loaded.docs += 1;
                loaded.changes += changes.len() as u64;
                let row = tables.add_doc(doc.id, doc.kind, None)?;
                waiting.push(write_doc(tables, row, fields, &changes)?);
                if loaded.docs.is_multiple_of(1_000) {
                    progress(loaded.docs, total);
                }
            }
            Item::Other(Record::Header(header)) => {
                total = header.docs;
                tables.set_setting("county", &header.county)?;
                tables.set_setting("county_code", &header.code)?;
                loaded.county = header.county;
            }
            Item::Other(Record::Person(person)) => {
                loaded.people += 1;
                write_person(tables, &person)?;
            }
            Item::Other(Record::Author(author)) => {
                tables.add_enrolment(author.enrolment, author.person, None, "before", now)?;
                authors.insert(author.enrolment, author.person);
            }
            Item::Other(Record::Photo(photo)) => {
                loaded.photos += 1;
                write_photo(tables, contents, photo, now)?;
            }
            Item::Other(Record::Doc(_)) => {}
        }
    }
    progress(loaded.docs, total);
    for doc in waiting {
        place(tables, doc, &authors)?;
    }
    tables.verify_media()?;
    tables.note(now, None, "load", loaded.county.as_bytes())?;
    Ok(loaded)
}

fn write_doc(
    tables: Tables<'_>,
    row: DocRow,
    fields: Fields,
    changes: &[Change],
) -> Result<Waiting, StoreError> {
    let mut seqs = Vec::with_capacity(changes.len());
    for change in changes {
        seqs.push(tables.append(
            row.no,
            &NewChange {
                hash: change.hash,
                actor: change.actor,
                number: change.number,
                received_at: change.received_at,
                intent: None,
                bytes: &change.bytes,
            },
        )?);
    }
    let received_at = changes.first().map_or(0, |change| change.received_at);
    let subject = Subject::read(row.kind, row.id, &fields, None);
    let named = changes.iter().map(|one| (one.hash, one.bytes.as_slice()));
    let heads = chunk::heads_of(named).map_err(|_| StoreError::Damaged("bundle"))?;
    let case = row.kind == Kind::Case;
    if !case {
        gate::index(tables, &row, &fields, received_at)?;
    }
    Ok(Waiting {
        row,
        subject,
        heads,
        writer: changes.first().map(|change| change.actor.enrolment),
        seqs,
        fields: case.then_some((fields, received_at)),
    })
}

fn place(
    tables: Tables<'_>,
    mut doc: Waiting,
    authors: &HashMap<EnrolmentId, PersonId>,
) -> Result<(), StoreError> {
    let author = doc.writer.and_then(|writer| authors.get(&writer)).copied();
    if let Some(author) = author {
        tables.set_author(doc.row.no, author)?;
        (doc.row.author, doc.subject.author) = (Some(author), Some(author));
    }
    if let Some((fields, received_at)) = &doc.fields {
        gate::index(tables, &doc.row, fields, *received_at)?;
    }
    for (scope, class) in membership::derive(&doc.subject, &TableAtlas(tables))? {
        let bucket = tables.bucket(&scope, class)?;
        tables.join(doc.row.no, bucket)?;
        for seq in &doc.seqs {
            tables.show(bucket, *seq)?;
        }
    }
    tables.weigh(&doc.row, &doc.heads)
}

/// A person and where the person serves, which the level of the division code tells.
pub(crate) fn write_person(tables: Tables<'_>, person: &Person) -> Result<(), StoreError> {
    tables.set_person(person)?;
    if let Some(level) = Level::of_code(&person.org) {
        tables.add_post(person.id, level.name(), &person.org)?;
    }
    if let Some(building) = person.building {
        tables.add_post(person.id, "building", &building.to_string())?;
    }
    if !person.dept.is_empty() {
        tables.add_post(person.id, "department", &person.dept)?;
    }
    Ok(())
}

fn write_photo(
    tables: Tables<'_>,
    contents: &Contents,
    photo: Photo,
    now: i64,
) -> Result<(), StoreError> {
    let sha256 = Sha256::digest(&photo.jpeg).into();
    let bytes = photo.jpeg.len() as u64;
    contents.put_now(sha256, photo.jpeg.into())?;
    let row = MediaRow {
        sha256,
        bytes,
        verified: false,
        enrolment: None,
        received_at: now,
    };
    tables.set_media(photo.id, &row)
}
