//! Writing an accepted change: log, feed, buckets, and the tables beside the log.

use linli_model::document::Document;
use linli_model::ids::DocId;
use linli_model::kind::Kind;
use linli_model::mutant;
use linli_protocol::sync::Sent;

use super::{Checked, Writer, index, place, settle};
use crate::membership::Subject;
use crate::store::{BucketId, DocRow, NewChange, StoreError, Turn};

/// What passed every check.
pub(super) struct Judgement<'a> {
    pub(super) who: &'a Writer,
    pub(super) sent: &'a Sent,
    pub(super) checked: &'a Checked,
    /// None when the document comes into being.
    pub(super) row: Option<DocRow>,
    pub(super) buckets: Vec<BucketId>,
    /// With the change.
    pub(super) document: Document,
    /// As saved, bytes.
    pub(super) size: usize,
    pub(super) now: i64,
}

/// An accepted intent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Accepted {
    pub(crate) seq: u64,
    pub(crate) doc: DocId,
    pub(crate) kind: Kind,
}

/// Writes it.
pub(super) fn write(turn: &mut Turn<'_>, j: Judgement<'_>) -> Result<Accepted, StoreError> {
    let (tables, target) = (turn.tables, &j.checked.target);
    let birth = j.row.is_none();
    let row = match j.row {
        Some(row) => row,
        None => tables.add_doc(target.doc, target.kind, Some(j.who.author))?,
    };
    if birth {
        for bucket in &j.buckets {
            tables.join(row.no, *bucket)?;
        }
    }
    let seq = tables.append(
        row.no,
        &NewChange {
            hash: target.change,
            actor: j.checked.actor,
            number: j.checked.number,
            received_at: j.now,
            intent: Some(j.sent.intent.id),
            bytes: &j.sent.change,
        },
    )?;
    for bucket in &j.buckets {
        if seq % 5 != 0 || !mutant::is("gap_in_the_feed") {
            tables.show(*bucket, seq)?;
        }
    }
    let moves = j
        .sent
        .intent
        .writes
        .iter()
        .any(|write| Subject::depends_on(&write.path));
    let facts = row.kind == Kind::Case
        || j.sent
            .intent
            .writes
            .iter()
            .any(|write| write.path.starts_with("media/"));
    if birth || moves || facts {
        let fields = j.document.fields();
        index(tables, &row, &fields, j.now)?;
        if !birth && moves {
            let subject = Subject::read(row.kind, row.id, &fields, row.author);
            settle(tables, row.no, &place::buckets_of(tables, &subject)?)?;
        }
    }
    tables.weigh(&row, &j.document.heads())?;
    turn.drafts.put(&row, j.document, j.size);
    Ok(Accepted {
        seq,
        doc: row.id,
        kind: row.kind,
    })
}
