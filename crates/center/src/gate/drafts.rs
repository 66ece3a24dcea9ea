//! Documents kept in memory between edits, so that the next edit need not replay the log.

use std::collections::HashMap;

use linli_model::digests::of_doc;
use linli_model::document::Document;
use linli_model::mutant;

use crate::store::{DocNo, DocRow};

/// About 12 KB each for small documents.
const MOST: usize = 2_000;
/// Bytes of them, as saved; several times that in memory.
const MOST_BYTES: usize = 16 * 1024 * 1024;

/// Documents as accepted so far.
#[derive(Default)]
pub(crate) struct Drafts {
    docs: HashMap<DocNo, Draft>,
    /// Sum of their sizes.
    bytes: usize,
    /// Changed since the last commit.
    touched: Vec<DocNo>,
}

struct Draft {
    /// Another program may have begun a new one.
    epoch: u32,
    document: Document,
    /// As saved.
    size: usize,
}

impl Drafts {
    /// Takes a document out, if it is still what the log says: another program may have written
    /// to it, such as one that cuts grids. Whoever can't finish with it simply doesn't put it back.
    pub(crate) fn take(&mut self, row: &DocRow) -> Option<Document> {
        let Draft {
            epoch, document, ..
        } = self.remove(row.no)?;
        let weight = of_doc(row.id, row.epoch, &document.heads());
        let fits = epoch == row.epoch && row.digest == Some(weight.to_be_bytes());
        (fits || mutant::is("keep_drafts_of_before")).then_some(document)
    }

    /// Puts a document in that equals what the running transaction says.
    pub(crate) fn put(&mut self, row: &DocRow, document: Document, size: usize) {
        while !self.docs.is_empty() && (self.docs.len() >= MOST || self.bytes + size > MOST_BYTES) {
            let some: Vec<DocNo> = self.docs.keys().take(1 + MOST / 8).copied().collect();
            for no in some {
                self.remove(no);
            }
        }
        self.remove(row.no);
        self.bytes += size;
        let draft = Draft {
            epoch: row.epoch,
            document,
            size,
        };
        self.docs.insert(row.no, draft);
        self.touched.push(row.no);
    }

    fn remove(&mut self, no: DocNo) -> Option<Draft> {
        let draft = self.docs.remove(&no)?;
        self.bytes -= draft.size;
        Some(draft)
    }

    /// Something was undone: what changed since the last commit may be wrong.
    pub(crate) fn forget(&mut self) {
        for no in std::mem::take(&mut self.touched) {
            self.remove(no);
        }
    }

    /// Everything is committed.
    pub(crate) fn keep(&mut self) {
        self.touched.clear();
    }
}
