//! What the center sends: a page and its cursor are one transaction, so a cut link goes on
//! where it stopped.

use std::collections::BTreeMap;

use linli_model::actor::EnrolmentId;
use linli_model::chunk::name_of;
use linli_model::document::DocumentError;
use linli_model::ids::DocId;
use linli_model::kind::Kind;
use linli_model::mutant;
use linli_model::value::Hash;
use rusqlite::{Transaction, params};

use crate::error::StoreError;
use crate::renew::NewEpoch;
use crate::{arrive, digest, document, erase, generation, meta, outbox, project, record, renew};

/// One operation of the feed.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// Sequence number.
    pub seq: i64,
    /// Document.
    pub doc: DocId,
    /// Kind.
    pub kind: Kind,
    /// Own buckets it belongs to.
    pub buckets: Vec<u16>,
    /// What happened.
    pub what: What,
}

/// What happened to a document.
#[derive(Debug, Clone)]
pub enum What {
    /// A change was accepted.
    Put {
        /// Epoch.
        epoch: u32,
        /// When the center received it, milliseconds.
        received_at: i64,
        /// Raw bytes.
        change: Vec<u8>,
    },
    /// An own change was accepted.
    Own {
        /// When the center received it, milliseconds.
        received_at: i64,
        /// Its name.
        change: Hash,
    },
    /// The document left the phone's buckets.
    Remove,
    /// The document begins anew.
    Reset(Box<NewEpoch>),
    /// The document was erased.
    Erase,
}

/// Stores a page. Returns the kinds whose tables changed.
///
/// # Errors
/// The database; then nothing of the page is kept.
pub fn apply(
    tx: &Transaction<'_>,
    enrolment: EnrolmentId,
    ops: &[Incoming],
    through: i64,
) -> Result<Vec<Kind>, StoreError> {
    let newcomers = arrive::take_in(tx, ops)?;
    let mut touched: BTreeMap<DocId, Kind> = BTreeMap::new();
    let mut gone = Vec::new();
    for op in ops {
        if newcomers.contains_key(&op.doc) {
            continue;
        }
        match &op.what {
            What::Put {
                epoch,
                received_at,
                change,
            } => {
                document::know(tx, op.doc, op.kind, *epoch)?;
                // An answer that was long on its way: of an epoch that is over nothing comes back.
                if document::epoch(tx, op.doc)? > *epoch {
                    continue;
                }
                join(tx, op)?;
                put(tx, op, *received_at, change)?;
            }
            What::Own {
                received_at,
                change,
            } => {
                document::know(tx, op.doc, op.kind, 0)?;
                join(tx, op)?;
                // The document may have left this phone meanwhile, and come back.
                tx.prepare_cached(
                    "INSERT OR IGNORE INTO change (hash, doc, bytes, state)
                     SELECT hash, ?2, bytes, 1 FROM parted WHERE hash = ?1",
                )?
                .execute(params![&change.0[..], op.doc.as_bytes()])?;
                tx.prepare_cached(
                    "UPDATE change SET state = 1, seq = ?2, received_at = ?3 WHERE hash = ?1",
                )?
                .execute(params![&change.0[..], op.seq, received_at])?;
                own_accepted(tx, enrolment, *change, op.seq)?;
            }
            What::Remove => {
                if part(tx, op.doc, &op.buckets)? {
                    touched.remove(&op.doc);
                    gone.push(op.kind);
                }
                continue;
            }
            What::Reset(new) => {
                document::know(tx, op.doc, op.kind, new.epoch)?;
                join(tx, op)?;
                renew::begin_anew(tx, enrolment, (op.doc, op.kind), op.seq, new)?;
            }
            What::Erase => {
                if renew::erase(tx, enrolment, op.doc)? {
                    touched.remove(&op.doc);
                    gone.push(op.kind);
                }
                continue;
            }
        }
        touched.insert(op.doc, op.kind);
    }
    for id in touched.keys() {
        digest::weigh(tx, *id)?;
        if mutant::is("tables_lag") {
            continue;
        }
        match project::by_id(tx, *id) {
            // Something that it builds on didn't come. That holds nothing else up: by its digest
            // it isn't here, so that the center is asked for it whole.
            Err(StoreError::Document(DocumentError::BadChange)) => digest::lacking(tx, *id)?,
            done => done?,
        }
    }
    meta::set(tx, "through", through)?;
    let mut kinds: Vec<Kind> = touched
        .into_values()
        .chain(newcomers.into_values())
        .chain(gone)
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    Ok(kinds)
}

fn put(
    tx: &Transaction<'_>,
    op: &Incoming,
    received_at: i64,
    bytes: &[u8],
) -> Result<(), StoreError> {
    // The phone hashes what it stores; it never takes a name on trust.
    let hash = name_of(bytes)?;
    tx.prepare_cached(
        "INSERT INTO change (hash, doc, bytes, state, seq, received_at)
         VALUES (?1, ?2, ?3, 1, ?4, ?5)
         ON CONFLICT (hash) DO UPDATE SET state = 1, seq = excluded.seq,
            received_at = excluded.received_at",
    )?
    .execute(params![
        &hash.0[..],
        op.doc.as_bytes(),
        bytes,
        op.seq,
        received_at
    ])?;
    Ok(())
}

/// The feed may bring the news of an own change before its verdict arrives (a lost answer).
pub(crate) fn own_accepted(
    tx: &Transaction<'_>,
    enrolment: EnrolmentId,
    change: Hash,
    seq: i64,
) -> Result<(), StoreError> {
    let waiting: Vec<_> = {
        let mut statement =
            tx.prepare_cached("SELECT id FROM intent WHERE change = ?1 AND state IN (0, 1, 3)")?;
        statement
            .query_map([&change.0[..]], |row| crate::row::get(row, 0))?
            .collect::<Result<_, _>>()?
    };
    for id in waiting {
        outbox::settle(
            tx,
            enrolment,
            id,
            &outbox::Outcome::Accepted(Some(change), seq),
        )?;
    }
    Ok(())
}

fn join(tx: &Transaction<'_>, op: &Incoming) -> Result<(), StoreError> {
    let mut statement =
        tx.prepare_cached("INSERT OR IGNORE INTO member (doc, bucket) VALUES (?1, ?2)")?;
    for bucket in &op.buckets {
        if statement.execute(params![op.doc.as_bytes(), bucket])? > 0 {
            digest::joined(tx, op.doc, *bucket)?;
        }
    }
    tx.prepare_cached("UPDATE doc SET leaving = 0 WHERE id = ?1 AND leaving > 0")?
        .execute([op.doc.as_bytes()])?;
    Ok(())
}

/// Takes a document out of one bucket, as [`What::Remove`] does.
///
/// # Errors
/// The database.
pub fn leave(tx: &Transaction<'_>, doc: DocId, bucket: u16) -> Result<(), StoreError> {
    part(tx, doc, &[bucket]).map(|_| ())
}

/// Leaves buckets. A document that is in none of the phone's any more goes, but never while
/// its author waits for an answer. True when it is gone.
pub(crate) fn part(tx: &Transaction<'_>, doc: DocId, buckets: &[u16]) -> Result<bool, StoreError> {
    let mut statement = tx.prepare_cached("DELETE FROM member WHERE doc = ?1 AND bucket = ?2")?;
    for bucket in buckets {
        if statement.execute(params![doc.as_bytes(), bucket])? > 0 {
            digest::left(tx, doc, *bucket)?;
        }
    }
    let stays = tx
        .prepare_cached("SELECT 1 FROM member WHERE doc = ?1")?
        .exists([doc.as_bytes()])?;
    if stays && !mutant::is("membership_not_counted") {
        return Ok(false);
    }
    tx.prepare_cached("UPDATE doc SET leaving = 1 WHERE id = ?1")?
        .execute([doc.as_bytes()])?;
    let_go(tx, doc)
}

/// Removes a document that is leaving, unless something on it still waits for an answer. True
/// when it is gone.
pub(crate) fn let_go(tx: &Transaction<'_>, doc: DocId) -> Result<bool, StoreError> {
    let leaving = tx
        .prepare_cached("SELECT 1 FROM doc WHERE id = ?1 AND leaving = 1")?
        .exists([doc.as_bytes()])?;
    if !leaving || outbox::pending(tx, doc)? {
        return Ok(false);
    }
    remove(tx, doc)?;
    Ok(true)
}

/// What was written here has used its actors up. Should the document come back, it comes page by
/// page, and what was refused never does: so it is written on under a fresh one.
fn retire(tx: &Transaction<'_>, doc: DocId) -> Result<(), StoreError> {
    let written = tx
        .prepare_cached("SELECT 1 FROM doc WHERE id = ?1 AND counter > 0")?
        .exists([doc.as_bytes()])?;
    if written {
        tx.prepare_cached("INSERT OR REPLACE INTO retired (doc, counter) VALUES (?1, ?2)")?
            .execute(params![doc.as_bytes(), record::fresh_counter(tx)?])?;
    }
    Ok(())
}

/// Takes an erased document away, whatever waits: its photos go even where nobody else has them,
/// and where something of it is in the tray.
pub(crate) fn take_away(tx: &Transaction<'_>, doc: DocId) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE media SET gone = 1, own = 0, doc = NULL WHERE doc = ?1",
        [doc.as_bytes()],
    )?;
    remove(tx, doc)?;
    tx.execute(
        "DELETE FROM parted WHERE hash IN (SELECT change FROM intent WHERE doc = ?1)",
        [doc.as_bytes()],
    )?;
    tx.execute(
        "DELETE FROM intent WHERE doc = ?1 AND state = 2",
        [doc.as_bytes()],
    )?;
    Ok(())
}

/// Takes a document away, with what was written on it and accepted, and with what is known of
/// its photos. What came back to its author stays: nobody else has it; and so does what its
/// author wrote and no backup holds.
fn remove(tx: &Transaction<'_>, doc: DocId) -> Result<(), StoreError> {
    erase::leave_no_names(tx, doc)?;
    project::forget(tx, doc)?;
    // What no backup holds could still get lost at the center, and what came back may have to
    // be shown to it again.
    tx.execute(
        "INSERT OR REPLACE INTO parted (hash, bytes, seq)
         SELECT c.hash, c.bytes, c.seq FROM intent i JOIN change c ON c.hash = i.change
         WHERE i.doc = ?1 AND (i.state = 3 OR i.state = 2 AND c.seq > ?2)",
        params![doc.as_bytes(), generation::backed_up_through(tx)?],
    )?;
    tx.execute(
        "DELETE FROM intent WHERE doc = ?1 AND state = 2
           AND NOT EXISTS (SELECT 1 FROM parted p WHERE p.hash = intent.change)",
        [doc.as_bytes()],
    )?;
    // The pictures themselves follow: see `media::orphans`.
    tx.execute("UPDATE media SET gone = 1 WHERE doc = ?1", [doc.as_bytes()])?;
    digest::forget(tx, doc)?;
    tx.execute("DELETE FROM member WHERE doc = ?1", [doc.as_bytes()])?;
    tx.execute("DELETE FROM change WHERE doc = ?1", [doc.as_bytes()])?;
    retire(tx, doc)?;
    tx.execute("DELETE FROM doc WHERE id = ?1", [doc.as_bytes()])?;
    Ok(())
}
