//! What the center writes by its own hand: places, notices. It has no intent and passes no gate.

use linli_model::actor::{Actor, EnrolmentId};
use linli_model::chunk::header_of;
use linli_model::document::Document;
use linli_model::value::Write;

use crate::gate;
use crate::store::{DocRow, NewChange, StoreError, Tables};

/// A document as accepted now.
pub(crate) fn document(tables: Tables<'_>, row: &DocRow) -> Result<Document, StoreError> {
    let changes = tables.changes(row.no)?;
    let bytes = changes.iter().map(|change| change.bytes.as_slice());
    Document::from_changes(row.kind, row.id, bytes).map_err(|_| StoreError::Damaged("document"))
}

/// One change on the newest heads, shown to whoever reads the document. What the gate keeps of
/// it in memory is to be dropped by the caller.
pub(crate) fn write(
    tables: Tables<'_>,
    row: &DocRow,
    writes: &[Write],
    now: i64,
) -> Result<(), StoreError> {
    let mut document = document(tables, row)?;
    let actor = Actor {
        enrolment: EnrolmentId::CENTER,
        // Somewhere out there may be what an earlier generation wrote and lost.
        counter: tables.generations_before()?,
    };
    let damaged = |_| StoreError::Damaged("document");
    let edit = document
        .edit(&document.heads(), actor, now / 1000, writes)
        .map_err(damaged)?;
    let number = header_of(&edit.bytes).map_err(damaged)?.seq;
    let change = NewChange {
        hash: edit.hash,
        actor,
        number,
        received_at: now,
        intent: None,
        bytes: &edit.bytes,
    };
    let seq = tables.append(row.no, &change)?;
    tables.weigh(row, &document.heads())?;
    for bucket in tables.membership(row.no)? {
        tables.show(bucket, seq)?;
    }
    gate::index(tables, row, &document.fields(), now)
}
