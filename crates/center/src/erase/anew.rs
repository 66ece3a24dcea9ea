//! Documents as an erasure left them, beside the keys. A center that comes out of an older backup
//! has neither what was written between that and the erasure nor the words that were taken out:
//! it could not make the same of them once more, and phones know what was made. So it takes that.
//!
//! Nothing in them is about whoever was erased. A file each, of the newest epoch only: what a
//! later erasure takes out goes from here too.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use linli_model::actor::{Actor, EnrolmentId};
use linli_model::chunk::header_of;
use linli_model::document::Document;
use linli_model::ids::{DocId, EntryId, IntentId, PersonId};
use linli_model::kind::Kind;
use linli_model::value::Hash;
use linli_protocol::{decode, encode};
use minicbor::{Decode, Encode};

use super::ledger::Entry;
use crate::gate::{TableAtlas, buckets_of, index, known_as, settle};
use crate::keys;
use crate::membership::{self, Subject};
use crate::store::{DocRow, NewChange, StoreError, Tables, Turn};

/// A document that began anew, with all that a center has to know to go on with it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct Anew {
    #[n(0)]
    kind: Kind,
    #[n(1)]
    epoch: u32,
    #[n(2)]
    author: Option<PersonId>,
    #[n(3)]
    changes: Vec<Change>,
    /// Whose enrolments wrote them.
    #[n(4)]
    authors: Vec<(EnrolmentId, PersonId)>,
    /// What stands for changes of all epochs before.
    #[n(5)]
    replaced: Vec<(Hash, Vec<Hash>)>,
    /// What it has lost, in all epochs.
    #[n(6)]
    erased: Vec<EntryId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
struct Change {
    #[n(0)]
    received_at: i64,
    #[n(1)]
    intent: Option<IntentId>,
    #[cbor(n(2), with = "minicbor::bytes")]
    bytes: Vec<u8>,
}

impl Anew {
    /// A document as it is now.
    pub(super) fn of(tables: Tables<'_>, row: &DocRow) -> Result<Self, StoreError> {
        let (mut changes, mut authors) = (Vec::new(), Vec::new());
        for change in tables.changes(row.no)? {
            let by = change.actor.enrolment;
            if !authors.iter().any(|(known, _)| *known == by)
                && let Some(enrolment) = tables.enrolment(by)?
            {
                authors.push((by, enrolment.person));
            }
            changes.push(Change {
                received_at: change.received_at,
                intent: change.intent,
                bytes: change.bytes,
            });
        }
        Ok(Self {
            kind: row.kind,
            epoch: row.epoch,
            author: row.author,
            changes,
            authors,
            replaced: tables.replaced_in(row.no)?,
            erased: tables.erased_in(row.no)?,
        })
    }

    /// Writes it, durably.
    pub(super) fn write(&self, data: &Path, doc: DocId) -> std::io::Result<()> {
        let folder = folder(data);
        if !folder.exists() {
            fs::create_dir(&folder)?;
            keys::private_folder(&folder).map_err(std::io::Error::other)?;
            File::open(keys::folder(data))?.sync_all()?;
        }
        let aside = folder.join("part");
        let mut file = File::create(&aside)?;
        file.write_all(&encode(self))?;
        file.sync_all()?;
        fs::rename(&aside, folder.join(name(doc, self.epoch)))?;
        File::open(&folder)?.sync_all()
    }

    /// What was written of a document; none when a later epoch has taken its place.
    pub(super) fn read(data: &Path, doc: DocId, epoch: u32) -> std::io::Result<Option<Self>> {
        match fs::read(folder(data).join(name(doc, epoch))) {
            Ok(bytes) => match decode(&bytes) {
                Ok(anew) => Ok(Some(anew)),
                Err(_) => Err(ErrorKind::InvalidData.into()),
            },
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Puts it in the place of what a restored center has of it, which may be nothing.
    pub(super) fn install(
        &self,
        turn: &mut Turn<'_>,
        doc: DocId,
        now: i64,
    ) -> Result<(), StoreError> {
        let (tables, damaged) = (turn.tables, StoreError::Damaged("what was erased"));
        let known = tables.doc(doc)?;
        if known.is_some_and(|row| row.epoch >= self.epoch) {
            return Ok(());
        }
        let bytes = self.changes.iter().map(|change| change.bytes.as_slice());
        let document = Document::from_changes(self.kind, doc, bytes).map_err(|_| damaged)?;
        let fields = document.fields();
        let subject = Subject::read(self.kind, doc, &fields, self.author);
        let row = match known {
            Some(row) => {
                drop(turn.drafts.take(&row));
                row
            }
            // What it hangs on is lost as well: both come back from phones.
            None if membership::locate(&subject, &TableAtlas(tables))?.is_none() => return Ok(()),
            None => tables.add_doc(doc, self.kind, self.author)?,
        };
        for (enrolment, person) in &self.authors {
            if tables.enrolment(*enrolment)?.is_none() {
                tables.add_enrolment(*enrolment, *person, None, "forgotten", now)?;
            }
        }
        let received = self.changes.first().map_or(0, |change| change.received_at);
        index(tables, &row, &fields, received)?;
        let buckets = buckets_of(tables, &subject)?;
        if known.is_none() {
            for bucket in &buckets {
                tables.join(row.no, *bucket)?;
            }
        }
        let changes = self.changes.iter().map(Change::logged);
        let changes = changes.collect::<Result<Vec<_>, _>>()?;
        let row = tables.begin_as(
            &DocRow {
                epoch: self.epoch,
                ..row
            },
            &changes,
            (&self.replaced, &self.erased),
            &document.heads(),
        )?;
        // Whoever sends one of them again is told that it is here.
        for change in changes {
            if let Some(intent) = change.intent
                && let Some((_, seq)) = tables.find_change(change.hash)?
            {
                let by = change.actor.enrolment;
                known_as(tables, by, intent, (change.hash, seq), now)?;
            }
        }
        settle(tables, row.no, &buckets)
    }
}

impl Change {
    fn logged(&self) -> Result<NewChange<'_>, StoreError> {
        let header = header_of(&self.bytes).ok();
        let read = header.and_then(|header| Some((Actor::from_bytes(&header.actor)?, header)));
        let (actor, header) = read.ok_or(StoreError::Damaged("what was erased"))?;
        Ok(NewChange {
            hash: header.hash,
            actor,
            number: header.seq,
            received_at: self.received_at,
            intent: self.intent,
            bytes: &self.bytes,
        })
    }
}

/// Deletes what an erasure has made old: documents that went, and earlier epochs of those that
/// began anew.
pub(super) fn forget_before(data: &Path, entry: &Entry) -> std::io::Result<()> {
    let files = match fs::read_dir(folder(data)) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        files => files?,
    };
    for file in files {
        let file = file?;
        let old = file
            .file_name()
            .to_str()
            .and_then(parse)
            .is_some_and(|(doc, epoch)| {
                let newer = |(other, now): &(DocId, u32)| *other == doc && epoch < *now;
                let gone = |id: &EntryId| id.as_bytes() == doc.as_bytes();
                entry.anew.iter().any(newer) || entry.ids.iter().any(gone)
            });
        if old {
            fs::remove_file(file.path())?;
        }
    }
    File::open(folder(data))?.sync_all()
}

/// Where they are.
fn folder(data: &Path) -> PathBuf {
    keys::folder(data).join(keys::ANEW)
}

fn name(doc: DocId, epoch: u32) -> String {
    format!("{doc}.{epoch}")
}

fn parse(name: &str) -> Option<(DocId, u32)> {
    let (doc, epoch) = name.split_once('.')?;
    Some((doc.parse().ok()?, epoch.parse().ok()?))
}
