//! Documents kept in memory between edits, so that the next edit need not replay the log.

use std::collections::HashMap;

use linli_model::digests::of_doc;
use linli_model::document::Document;
use linli_model::mutant;

use crate::store::{DocNo, DocRow};

/// About 12 KB each for small documents.
const MOST: usize = 2_000;

/// Documents as accepted so far.
#[derive(Default)]
pub(crate) struct Drafts {
    /// With the epoch they are of: another program may have begun a new one.
    docs: HashMap<DocNo, (u32, Document)>,
    /// Changed since the last commit.
    touched: Vec<DocNo>,
}

impl Drafts {
    /// Takes a document out, if it is still what the log says: another program may have written
    /// to it, such as one that cuts grids. Whoever can't finish with it simply doesn't put it back.
    pub(crate) fn take(&mut self, row: &DocRow) -> Option<Document> {
        let (epoch, document) = self.docs.remove(&row.no)?;
        let weight = of_doc(row.id, row.epoch, &document.heads());
        let fits = epoch == row.epoch && row.digest == Some(weight.to_be_bytes());
        (fits || mutant::is("keep_drafts_of_before")).then_some(document)
    }

    /// Puts a document in that equals what the running transaction says.
    pub(crate) fn put(&mut self, row: &DocRow, document: Document) {
        if self.docs.len() >= MOST {
            let some: Vec<DocNo> = self.docs.keys().take(MOST / 8).copied().collect();
            for no in some {
                self.docs.remove(&no);
            }
        }
        self.docs.insert(row.no, (row.epoch, document));
        self.touched.push(row.no);
    }

    /// Something was undone: what changed since the last commit may be wrong.
    pub(crate) fn forget(&mut self) {
        for no in self.touched.drain(..) {
            self.docs.remove(&no);
        }
    }

    /// Everything is committed.
    pub(crate) fn keep(&mut self) {
        self.touched.clear();
    }
}
