//! What the lists of the console ask for, within the buckets of who looks.

use linli_model::ids::{DocId, PersonId};
use linli_model::kind::Kind;
use rusqlite::{OptionalExtension, params};

use super::case::{COLUMNS, case_row};
use super::{BucketId, CaseRow, DocNo, DocRow, StoreError, Tables};

/// Which cases. Empty lists and texts don't narrow, but for `buckets`: nobody without one
/// sees anything.
#[derive(Debug, Clone, Default)]
pub(crate) struct DeskFilter {
    /// Buckets of the person who looks.
    pub(crate) buckets: Vec<BucketId>,
    /// Categories the person may not see.
    pub(crate) hidden: Vec<String>,
    pub(crate) states: Vec<String>,
    /// Division code the case lies in.
    pub(crate) org: String,
    /// Categories asked for.
    pub(crate) categories: Vec<String>,
    /// Words to find.
    pub(crate) q: String,
    /// Categories whose name has these words.
    pub(crate) q_categories: Vec<String>,
    /// Places whose name has these words.
    pub(crate) q_places: Vec<DocId>,
    /// Only cases that arrived before (time, number): the next page.
    pub(crate) before: Option<(i64, i64)>,
    /// A photo is late when its record was received until then, and it isn't here.
    pub(crate) late_before: i64,
    /// Only cases with late photos.
    pub(crate) only_late: bool,
}

const WHERE: &str = "EXISTS (SELECT 1 FROM membership b WHERE b.doc = v.doc
         AND b.bucket IN (SELECT value FROM json_each(?1)))
    AND v.category NOT IN (SELECT value FROM json_each(?2))
    AND (?3 = '[]' OR v.state IN (SELECT value FROM json_each(?3)))
    AND (?4 = '' OR (v.org >= ?4 AND v.org < ?4 || ':'))
    AND (?5 = '[]' OR v.category IN (SELECT value FROM json_each(?5)))
    AND (?6 = '' OR instr(v.words, ?6) > 0 OR instr(v.address, ?6) > 0
         OR CAST(v.no AS TEXT) = ltrim(?6, '0')
         OR v.category IN (SELECT value FROM json_each(?7))
         OR hex(v.place) IN (SELECT value FROM json_each(?8))
         OR v.reporter IN (SELECT p.id FROM person p WHERE instr(p.name, ?6) > 0))
    AND (?9 IS NULL OR (v.received_at, v.no) < (?9, ?10))
    AND (?12 = 0 OR EXISTS (SELECT 1 FROM media_fact f WHERE f.doc = v.doc
         AND f.received_at <= ?11
         AND NOT EXISTS (SELECT 1 FROM media m WHERE m.id = f.id AND m.verified = 1)))";

fn json<T: serde::Serialize>(list: &T) -> String {
    serde_json::to_string(list).unwrap_or_else(|_| "[]".into())
}

impl DeskFilter {
    fn bind(&self) -> [rusqlite::types::Value; 12] {
        let places: Vec<String> = self
            .q_places
            .iter()
            .map(|id| hex::encode_upper(id.as_bytes()))
            .collect();
        [
            json(&self.buckets).into(),
            json(&self.hidden).into(),
            json(&self.states).into(),
            self.org.clone().into(),
            json(&self.categories).into(),
            self.q.clone().into(),
            json(&self.q_categories).into(),
            json(&places).into(),
            self.before.map(|(at, _)| at).into(),
            self.before.map(|(_, no)| no).into(),
            self.late_before.into(),
            self.only_late.into(),
        ]
    }
}

/// A request for a key as the console lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RecoveryLine {
    pub(crate) id: i64,
    pub(crate) person: PersonId,
    pub(crate) device: String,
    pub(crate) asked_at: i64,
    pub(crate) state: String,
    pub(crate) decided_by: Option<PersonId>,
    pub(crate) decided_at: Option<i64>,
    pub(crate) reason: String,
}

impl Tables<'_> {
    /// One case, if it is in the filter.
    pub(crate) fn desk_case(
        self,
        filter: &DeskFilter,
        id: DocId,
    ) -> Result<Option<CaseRow>, StoreError> {
        let mut bound = filter.bind().to_vec();
        bound.push(id.as_bytes().to_vec().into());
        Ok(self
            .conn
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM case_view v WHERE {WHERE} AND v.id = ?13"
            ))?
            .query_row(rusqlite::params_from_iter(bound), case_row)
            .optional()?)
    }

    /// Cases, newest arrival first.
    pub(crate) fn desk_cases(
        self,
        filter: &DeskFilter,
        limit: u32,
    ) -> Result<Vec<CaseRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM case_view v WHERE {WHERE}
             ORDER BY v.received_at DESC, v.no DESC LIMIT {limit}"
        ))?;
        let rows = statement.query_map(rusqlite::params_from_iter(filter.bind()), case_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many cases there are in all.
    pub(crate) fn count_desk_cases(self, filter: &DeskFilter) -> Result<u32, StoreError> {
        Ok(self
            .conn
            .prepare_cached(&format!("SELECT count(*) FROM case_view v WHERE {WHERE}"))?
            .query_row(rusqlite::params_from_iter(filter.bind()), |row| row.get(0))?)
    }

    /// Place documents that changed after a number of the feed, and the newest such number.
    pub(crate) fn places_after(self, seq: u64) -> Result<(Vec<DocNo>, u64), StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT c.doc, max(c.seq) FROM change c JOIN doc d ON d.no = c.doc
             WHERE c.seq > ?1 AND d.kind = ?2 GROUP BY c.doc",
        )?;
        let rows = statement.query_map(params![seq, Kind::Place.code()], |row| {
            Ok((row.get::<_, DocNo>(0)?, row.get::<_, u64>(1)?))
        })?;
        let rows = rows.collect::<Result<Vec<_>, _>>()?;
        let newest = rows.iter().map(|(_, seq)| *seq).max().unwrap_or(seq);
        Ok((rows.into_iter().map(|(doc, _)| doc).collect(), newest))
    }

    /// Requests for keys, the waiting ones first, then the newest.
    pub(crate) fn recovery_lines(self) -> Result<Vec<RecoveryLine>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT r.id, e.person, e.device, r.asked_at, r.state, r.decided_by, r.decided_at,
                    r.reason
             FROM recovery r JOIN enrolment e ON e.id = r.enrolment
             ORDER BY r.state <> 'waiting', r.id DESC LIMIT 200",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(RecoveryLine {
                id: row.get(0)?,
                person: PersonId::from_bytes(row.get(1)?),
                device: row.get(2)?,
                asked_at: row.get(3)?,
                state: row.get(4)?,
                decided_by: row.get::<_, Option<[u8; 16]>>(5)?.map(PersonId::from_bytes),
                decided_at: row.get(6)?,
                reason: row.get(7)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Keeps why a request was decided so.
    pub(crate) fn set_recovery_reason(self, id: i64, reason: &str) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("UPDATE recovery SET reason = ?2 WHERE id = ?1")?
            .execute(params![id, reason])?;
        Ok(())
    }

    /// All documents of a kind, oldest first.
    pub(crate) fn docs_of(self, kind: Kind) -> Result<Vec<DocRow>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT no FROM doc WHERE kind = ?1 ORDER BY no")?;
        let numbers: Vec<DocNo> = statement
            .query_map([kind.code()], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let rows = numbers.into_iter().map(|no| self.doc_by_no(no));
        rows.filter_map(Result::transpose).collect()
    }
}
