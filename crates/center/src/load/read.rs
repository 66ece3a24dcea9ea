//! The reading side: unpacks the stream and rebuilds documents.

use std::fs::File;
use std::io::Read;
use std::sync::mpsc::SyncSender;

use linli_model::actor::Actor;
use linli_model::bundle::{Doc, Record, VERSION};
use linli_model::chunk::header_of;
use linli_model::document::Document;
use linli_model::fields::Fields;
use linli_model::value::Hash;

use super::LoadError;
use crate::store::StoreError;

/// Bytes read at a time.
const CHUNK: usize = 1 << 20;
/// Longest record: a photo, or a document with a long history.
const LONGEST: usize = 64 << 20;

/// A change with what it says of itself.
pub(super) struct Change {
    pub(super) hash: Hash,
    pub(super) actor: Actor,
    pub(super) number: u64,
    pub(super) received_at: i64,
    pub(super) bytes: Vec<u8>,
}

/// What goes to the writing side.
pub(super) enum Item {
    Doc {
        doc: Doc,
        fields: Fields,
        changes: Vec<Change>,
    },
    /// Anything but a document.
    Other(Record),
    /// The stream ended where it should.
    End,
}

/// Reads a bundle to its end, or until nobody listens.
pub(super) fn run(file: File, send: &SyncSender<Item>) -> Result<(), LoadError> {
    let mut stream = zstd::Decoder::new(file)?;
    let mut buffer: Vec<u8> = Vec::new();
    let mut first = true;
    let mut ended = false;
    while !ended {
        let before = buffer.len();
        let mut chunk = (&mut stream).take(CHUNK as u64);
        ended = chunk.read_to_end(&mut buffer)? == 0;
        if buffer.len() - before == 0 && !buffer.is_empty() && !ended {
            return Err(LoadError::Format);
        }
        let mut at = 0;
        while at < buffer.len() {
            let mut decoder = minicbor::Decoder::new(&buffer[at..]);
            let record: Record = match decoder.decode() {
                Ok(record) => record,
                Err(error) if error.is_end_of_input() && !ended => break,
                Err(_) => return Err(LoadError::Format),
            };
            at += decoder.position();
            let starts = matches!(&record, Record::Header(header) if header.version == VERSION);
            if first != starts {
                return Err(LoadError::Format);
            }
            first = false;
            send.send(item(record)?)
                .map_err(|_| LoadError::Store(StoreError::Closed))?;
        }
        buffer.drain(..at);
        if buffer.len() > LONGEST {
            return Err(LoadError::Format);
        }
    }
    if first {
        return Err(LoadError::Format);
    }
    send.send(Item::End)
        .map_err(|_| LoadError::Store(StoreError::Closed))
}

fn item(record: Record) -> Result<Item, LoadError> {
    let Record::Doc(mut doc) = record else {
        return Ok(Item::Other(record));
    };
    let damaged = || LoadError::Damaged(doc.id.to_string());
    let document = Document::from_changes(
        doc.kind,
        doc.id,
        doc.changes.iter().map(|change| change.bytes.as_slice()),
    )
    .map_err(|_| damaged())?;
    let mut changes = Vec::with_capacity(doc.changes.len());
    for change in &doc.changes {
        let header = header_of(&change.bytes).map_err(|_| damaged())?;
        changes.push(Change {
            hash: header.hash,
            actor: Actor::from_bytes(&header.actor).ok_or_else(damaged)?,
            number: header.seq,
            received_at: change.received_at,
            bytes: Vec::new(),
        });
    }
    for (change, source) in changes.iter_mut().zip(&mut doc.changes) {
        change.bytes = std::mem::take(&mut source.bytes);
    }
    Ok(Item::Doc {
        doc,
        fields: document.fields(),
        changes,
    })
}
