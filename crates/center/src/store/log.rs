//! Documents and the log of their accepted changes.

use linli_model::actor::{Actor, EnrolmentId};
use linli_model::ids::{DocId, IntentId, PersonId};
use linli_model::kind::Kind;
use linli_model::value::Hash;
use rusqlite::{OptionalExtension, Row, params};

use super::{StoreError, Tables};

/// A document's number in this database; never leaves the center.
pub(crate) type DocNo = i64;

#[derive(Debug, Clone, Copy)]
pub(crate) struct DocRow {
    pub(crate) no: DocNo,
    pub(crate) id: DocId,
    pub(crate) kind: Kind,
    pub(crate) epoch: u32,
    pub(crate) author: Option<PersonId>,
    /// Number in the feed of the RESET it began anew with.
    pub(crate) reset: Option<u64>,
    /// Digest of what it was when it was read; none before its first change.
    pub(crate) digest: Option<[u8; 16]>,
}

/// A change of a document as logged.
#[derive(Debug, Clone)]
pub(crate) struct ChangeRow {
    pub(crate) hash: Hash,
    pub(crate) actor: Actor,
    pub(crate) received_at: i64,
    pub(crate) intent: Option<IntentId>,
    pub(crate) bytes: Vec<u8>,
}

/// A change about to be logged.
pub(crate) struct NewChange<'a> {
    pub(crate) hash: Hash,
    pub(crate) actor: Actor,
    /// Its number within its actor, from 1.
    pub(crate) number: u64,
    pub(crate) received_at: i64,
    pub(crate) intent: Option<IntentId>,
    pub(crate) bytes: &'a [u8],
}

fn doc_row(row: &Row<'_>) -> rusqlite::Result<DocRow> {
    Ok(DocRow {
        no: row.get(0)?,
        id: DocId::from_bytes(row.get(1)?),
        kind: Kind::from_code(row.get(2)?),
        epoch: row.get(3)?,
        author: row.get::<_, Option<[u8; 16]>>(4)?.map(PersonId::from_bytes),
        reset: row.get(5)?,
        digest: row.get(6)?,
    })
}

impl Tables<'_> {
    pub(crate) fn doc(self, id: DocId) -> Result<Option<DocRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT no, id, kind, epoch, author, reset, digest FROM doc WHERE id = ?1",
            )?
            .query_row([id.as_bytes()], doc_row)
            .optional()?)
    }

    pub(crate) fn doc_by_no(self, no: DocNo) -> Result<Option<DocRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT no, id, kind, epoch, author, reset, digest FROM doc WHERE no = ?1",
            )?
            .query_row([no], doc_row)
            .optional()?)
    }

    pub(crate) fn add_doc(
        self,
        id: DocId,
        kind: Kind,
        author: Option<PersonId>,
    ) -> Result<DocRow, StoreError> {
        self.conn
            .prepare_cached("INSERT INTO doc (id, kind, epoch, author) VALUES (?1, ?2, 0, ?3)")?
            .execute(params![
                id.as_bytes(),
                kind.code(),
                author.as_ref().map(PersonId::as_bytes)
            ])?;
        Ok(DocRow {
            no: self.conn.last_insert_rowid(),
            id,
            kind,
            epoch: 0,
            author,
            reset: None,
            digest: None,
        })
    }

    /// Puts a document that has no changes yet into an epoch.
    pub(crate) fn in_epoch(self, row: DocRow, epoch: u32) -> Result<DocRow, StoreError> {
        self.conn
            .prepare_cached("UPDATE doc SET epoch = ?2 WHERE no = ?1")?
            .execute(params![row.no, epoch])?;
        Ok(DocRow { epoch, ..row })
    }

    /// Says whose change gave birth to a document.
    pub(crate) fn set_author(self, no: DocNo, author: PersonId) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("UPDATE doc SET author = ?2 WHERE no = ?1")?
            .execute(params![no, author.as_bytes()])?;
        Ok(())
    }

    /// The changes of a document in the order they were accepted.
    pub(crate) fn changes(self, doc: DocNo) -> Result<Vec<ChangeRow>, StoreError> {
        self.changes_before(doc, i64::MAX)
    }

    /// Those before a number of the feed.
    pub(crate) fn changes_before(self, doc: DocNo, seq: i64) -> Result<Vec<ChangeRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT hash, enrolment, counter, received_at, intent, bytes FROM change
             WHERE doc = ?1 AND seq < ?2 ORDER BY seq",
        )?;
        let rows = statement.query_map([doc, seq], |row| {
            Ok(ChangeRow {
                hash: Hash(row.get(0)?),
                actor: Actor {
                    enrolment: EnrolmentId(row.get(1)?),
                    counter: row.get(2)?,
                },
                received_at: row.get(3)?,
                intent: row.get::<_, Option<[u8; 16]>>(4)?.map(IntentId::from_bytes),
                bytes: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Numbers of a document's changes.
    pub(crate) fn seqs(self, doc: DocNo) -> Result<Vec<u64>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT seq FROM change WHERE doc = ?1 ORDER BY seq")?;
        let rows = statement.query_map([doc], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The document and sequence number of an accepted change.
    pub(crate) fn find_change(self, hash: Hash) -> Result<Option<(DocNo, u64)>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT doc, seq FROM change WHERE hash = ?1")?
            .query_row([&hash.0], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?)
    }

    /// The same of a change that came back, and of which it isn't known which intent it was.
    pub(crate) fn nameless(self, hash: Hash) -> Result<Option<(DocNo, u64)>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT doc, seq FROM change WHERE hash = ?1 AND intent IS NULL")?
            .query_row([&hash.0], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?)
    }

    /// Says which intent a change was, where that isn't known.
    pub(crate) fn name_intent(self, hash: Hash, intent: IntentId) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("UPDATE change SET intent = ?2 WHERE hash = ?1 AND intent IS NULL")?
            .execute(params![hash.0, intent.as_bytes()])?;
        Ok(())
    }

    /// How many changes an actor has in a document.
    pub(crate) fn actor_number(self, doc: DocNo, actor: Actor) -> Result<u64, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT coalesce(max(number), 0) FROM change
                 WHERE doc = ?1 AND enrolment = ?2 AND counter = ?3",
            )?
            .query_row(params![doc, actor.enrolment.0, actor.counter], |row| {
                row.get(0)
            })?)
    }

    /// Puts a change into the log and at the end of the feed; its sequence number.
    pub(crate) fn append(self, doc: DocNo, change: &NewChange<'_>) -> Result<u64, StoreError> {
        self.append_as(doc, change, 1)
    }

    /// The same under an operation of another sort.
    pub(super) fn append_as(
        self,
        doc: DocNo,
        change: &NewChange<'_>,
        what: u8,
    ) -> Result<u64, StoreError> {
        self.conn
            .prepare_cached("INSERT INTO op (doc, what) VALUES (?1, ?2)")?
            .execute(params![doc, what])?;
        let seq = self.conn.last_insert_rowid();
        self.conn
            .prepare_cached(
                "INSERT INTO change
                   (seq, doc, hash, enrolment, counter, number, received_at, intent, bytes)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                seq,
                doc,
                change.hash.0,
                change.actor.enrolment.0,
                change.actor.counter,
                change.number,
                change.received_at,
                change.intent.as_ref().map(IntentId::as_bytes),
                change.bytes
            ])?;
        u64::try_from(seq).map_err(|_| StoreError::Damaged("seq"))
    }
}
