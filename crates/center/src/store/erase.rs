//! What was erased, and documents that begin anew (DESIGN §4.12).

use std::collections::{BTreeMap, BTreeSet};

use linli_model::erase::{Became, Renewed};
use linli_model::ids::{DocId, EntryId, MediaId};
use linli_model::mutant;
use linli_model::value::Hash;
use rusqlite::{OptionalExtension, params};

use super::{ChangeRow, DocNo, DocRow, NewChange, StoreError, Tables};

/// What went with a document.
#[derive(Debug, Default)]
pub(crate) struct GonePhotos {
    /// Photos that had arrived. Their contents are noted as over.
    pub(crate) arrived: usize,
    /// Numbers of the files of those that were coming.
    pub(crate) coming: Vec<i64>,
}

impl Tables<'_> {
    /// Whether anything was ever erased here.
    pub(crate) fn any_erased(self) -> Result<bool, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT 1 FROM erased LIMIT 1")?
            .exists([])?)
    }

    /// Whether a document or an entry was erased.
    pub(crate) fn is_erased(self, id: &[u8; 16]) -> Result<bool, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT 1 FROM erased WHERE id = ?1")?
            .exists([id])?)
    }

    /// Takes an id for ever.
    pub(crate) fn set_erased(self, id: &[u8; 16], at: i64) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("INSERT OR IGNORE INTO erased (id, at) VALUES (?1, ?2)")?
            .execute(params![id, at])?;
        Ok(())
    }

    /// What was erased after number `after` of the list, at most `limit` of it, and the number it
    /// goes up to.
    pub(crate) fn erased_after(
        self,
        after: u64,
        limit: usize,
    ) -> Result<(u64, Vec<EntryId>), StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT no, id FROM erased WHERE no > ?1 ORDER BY no LIMIT ?2")?;
        let (after, limit) = (after.min(i64::MAX as u64), limit.min(i64::MAX as usize));
        let mut rows = statement.query(params![after as i64, limit as i64])?;
        let (mut through, mut ids) = (after, Vec::new());
        while let Some(row) = rows.next()? {
            through = row.get::<_, i64>(0)?.unsigned_abs();
            ids.push(EntryId::from_bytes(row.get(1)?));
        }
        Ok((through, ids))
    }

    /// What a document has lost, in all its epochs.
    pub(crate) fn erased_in(self, doc: DocNo) -> Result<Vec<EntryId>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT id FROM erased_in WHERE doc = ?1 ORDER BY id")?;
        let rows = statement.query_map([doc], |row| Ok(EntryId::from_bytes(row.get(0)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What stands for a change of an epoch that is over.
    pub(crate) fn replaced(self, was: Hash) -> Result<Vec<Hash>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT now FROM replaced WHERE was = ?1 ORDER BY now")?;
        let rows = statement.query_map([was.0], |row| Ok(Hash(row.get(0)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The same for all changes of a document.
    pub(crate) fn replaced_in(self, doc: DocNo) -> Result<Vec<(Hash, Vec<Hash>)>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT was, now FROM replaced WHERE doc = ?1 ORDER BY was, now")?;
        let mut rows = statement.query([doc])?;
        let mut all: Vec<(Hash, Vec<Hash>)> = Vec::new();
        while let Some(row) = rows.next()? {
            let (was, now) = (Hash(row.get(0)?), Hash(row.get(1)?));
            match all.last_mut() {
                Some((last, by)) if *last == was => by.push(now),
                _ => all.push((was, vec![now])),
            }
        }
        Ok(all)
    }

    /// Notes what stands for a change from now on.
    pub(crate) fn set_replaced(self, doc: DocNo, was: Hash, by: &[Hash]) -> Result<(), StoreError> {
        if mutant::is("destroy_without_trace") {
            return Ok(());
        }
        let mut statement = self
            .conn
            .prepare_cached("INSERT OR IGNORE INTO replaced (was, now, doc) VALUES (?1, ?2, ?3)")?;
        for now in by.iter().filter(|now| **now != was) {
            statement.execute(params![was.0, now.0, doc])?;
        }
        Ok(())
    }

    /// Documents whose log has this text somewhere. Reads the whole log: for what is seldom done.
    pub(crate) fn docs_with(self, text: &str) -> Result<Vec<DocNo>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT DISTINCT doc FROM change WHERE instr(bytes, CAST(?1 AS BLOB)) > 0
             ORDER BY doc",
        )?;
        let rows = statement.query_map([text], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Destroys the log of a document and what the feed says of it, but for where it left.
    fn destroy_log(self, doc: DocNo) -> Result<(), StoreError> {
        self.conn.execute(
            "DELETE FROM op_bucket WHERE seq IN
               (SELECT seq FROM op WHERE doc = ?1 AND what IN (1, 3, 6))",
            [doc],
        )?;
        self.conn
            .execute("DELETE FROM op WHERE doc = ?1 AND what IN (1, 3, 6)", [doc])?;
        self.conn
            .execute("DELETE FROM change WHERE doc = ?1", [doc])?;
        Ok(())
    }

    /// Puts what a log became in its place, under the next epoch, and tells the readers. `before`
    /// are its changes of before in their order. The document's row of now.
    pub(crate) fn begin_anew(
        self,
        row: &DocRow,
        before: &[ChangeRow],
        renewed: &Renewed,
        erased: &[EntryId],
    ) -> Result<DocRow, StoreError> {
        self.follow_replaced(row.no, &renewed.became)?;
        let mut changes = Vec::with_capacity(before.len());
        for (old, became) in before.iter().zip(&renewed.became) {
            let Some(edit) = &became.edit else { continue };
            let number = linli_model::chunk::header_of(&edit.bytes)
                .map_err(|_| StoreError::Damaged("log"))?
                .seq;
            changes.push(NewChange {
                hash: edit.hash,
                actor: old.actor,
                number,
                received_at: old.received_at,
                intent: old.intent,
                bytes: &edit.bytes,
            });
        }
        let row = DocRow {
            epoch: row.epoch + 1,
            ..*row
        };
        self.begin(&row, &changes, erased, &renewed.document.heads())
    }

    /// The same with what was made of it before this center was restored: the epoch is `row`'s.
    pub(crate) fn begin_as(
        self,
        row: &DocRow,
        changes: &[NewChange<'_>],
        (replaced, erased): (&[(Hash, Vec<Hash>)], &[EntryId]),
        heads: &[Hash],
    ) -> Result<DocRow, StoreError> {
        self.conn
            .execute("DELETE FROM replaced WHERE doc = ?1", [row.no])?;
        for (was, by) in replaced {
            self.set_replaced(row.no, *was, by)?;
        }
        self.begin(row, changes, erased, heads)
    }

    fn begin(
        self,
        row: &DocRow,
        changes: &[NewChange<'_>],
        erased: &[EntryId],
        heads: &[Hash],
    ) -> Result<DocRow, StoreError> {
        self.destroy_log(row.no)?;
        for change in changes {
            // Its own number, shown nowhere: it travels with the RESET.
            self.append_as(row.no, change, 6)?;
        }
        for id in erased {
            self.conn
                .prepare_cached("INSERT OR IGNORE INTO erased_in (doc, id) VALUES (?1, ?2)")?
                .execute(params![row.no, id.as_bytes()])?;
        }
        self.conn
            .prepare_cached("INSERT INTO op (doc, what) VALUES (?1, 3)")?
            .execute([row.no])?;
        let seq = self.last_seq()?;
        for bucket in self.membership(row.no)? {
            self.show(bucket, seq)?;
        }
        self.conn
            .prepare_cached("UPDATE doc SET epoch = ?3, reset = ?2 WHERE no = ?1")?
            .execute(params![row.no, seq, row.epoch])?;
        let row = self.doc_by_no(row.no)?.ok_or(StoreError::Damaged("doc"))?;
        self.weigh(&row, heads)?;
        Ok(row)
    }

    /// What stood for changes of epochs before this one has become something else in turn.
    fn follow_replaced(self, doc: DocNo, became: &[Became]) -> Result<(), StoreError> {
        let map: BTreeMap<Hash, &[Hash]> = became
            .iter()
            .map(|one| (one.was, one.by.as_slice()))
            .collect();
        let older = self.replaced_in(doc)?;
        self.conn
            .execute("DELETE FROM replaced WHERE doc = ?1", [doc])?;
        for (was, by) in older {
            let by: BTreeSet<Hash> = by
                .iter()
                .flat_map(|now| map.get(now).copied().unwrap_or(std::slice::from_ref(now)))
                .copied()
                .collect();
            self.set_replaced(doc, was, &by.into_iter().collect::<Vec<_>>())?;
        }
        for one in became {
            self.set_replaced(doc, one.was, &one.by)?;
        }
        Ok(())
    }

    /// Erases a document; its row stays, so that its id stays taken. Photos that nothing names any
    /// more go with it.
    pub(crate) fn erase_doc(self, row: &DocRow) -> Result<GonePhotos, StoreError> {
        self.destroy_log(row.no)?;
        self.conn
            .prepare_cached("INSERT INTO op (doc, what) VALUES (?1, 4)")?
            .execute([row.no])?;
        let seq = self.last_seq()?;
        for bucket in self.membership(row.no)? {
            self.show(bucket, seq)?;
            self.leave(row.no, bucket)?;
        }
        self.conn.execute(
            "UPDATE doc SET epoch = epoch + 1, digest = NULL, reset = NULL, author = NULL
             WHERE no = ?1",
            [row.no],
        )?;
        for table in ["replaced", "erased_in", "case_view"] {
            self.conn
                .execute(&format!("DELETE FROM {table} WHERE doc = ?1"), [row.no])?;
        }
        self.conn
            .execute("DELETE FROM home WHERE doc = ?1", [row.id.as_bytes()])?;
        self.erase_photos(row.no)
    }

    fn erase_photos(self, doc: DocNo) -> Result<GonePhotos, StoreError> {
        let named: Vec<[u8; 16]> = self
            .conn
            .prepare_cached("SELECT id FROM media_fact WHERE doc = ?1")?
            .query_map([doc], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        self.conn
            .execute("DELETE FROM media_fact WHERE doc = ?1", [doc])?;
        let mut gone = GonePhotos::default();
        for id in named {
            let elsewhere = self
                .conn
                .prepare_cached("SELECT 1 FROM media_fact WHERE id = ?1")?
                .exists([id])?;
            if !elsewhere {
                gone.coming
                    .extend(self.drop_uploads_of(MediaId::from_bytes(id))?);
                let had = self.forget_media(MediaId::from_bytes(id))?;
                if let Some(sha256) = had {
                    gone.arrived += 1;
                    self.content_lost(sha256)?;
                }
            }
        }
        Ok(gone)
    }

    /// The changes that what a document began anew with consists of; none where it never did.
    pub(crate) fn base(self, doc: DocNo) -> Result<Vec<ChangeRow>, StoreError> {
        let reset: Option<Option<i64>> = self
            .conn
            .prepare_cached("SELECT reset FROM doc WHERE no = ?1")?
            .query_row([doc], |row| row.get(0))
            .optional()?;
        match reset.flatten() {
            Some(reset) => self.changes_before(doc, reset),
            None => Ok(Vec::new()),
        }
    }

    /// Numbers under which the feed brings a document whole, as it is now.
    pub(crate) fn seqs_of_all(self, row: &DocRow) -> Result<Vec<u64>, StoreError> {
        let mut seqs = self.seqs(row.no)?;
        if let Some(reset) = row.reset {
            seqs.retain(|seq| *seq > reset);
            seqs.insert(0, reset);
        }
        Ok(seqs)
    }

    /// The rows of documents.
    pub(crate) fn rows_of(
        self,
        docs: impl IntoIterator<Item = DocNo>,
    ) -> Result<Vec<DocRow>, StoreError> {
        let mut rows = Vec::new();
        for no in docs {
            rows.extend(self.doc_by_no(no)?);
        }
        Ok(rows)
    }

    /// A document of this id that still says something.
    pub(crate) fn living(self, id: DocId) -> Result<Option<DocRow>, StoreError> {
        match self.doc(id)? {
            Some(row) if !self.is_erased(id.as_bytes())? => Ok(Some(row)),
            _ => Ok(None),
        }
    }
}
