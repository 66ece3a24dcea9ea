//! Documents kept in memory between edits, so that the next edit need not replay the log.

use std::collections::HashMap;

use linli_model::document::Document;

use crate::store::DocNo;

/// About 12 KB each for small documents.
const MOST: usize = 2_000;

/// Documents as accepted so far.
#[derive(Default)]
pub(crate) struct Drafts {
    docs: HashMap<DocNo, Document>,
    /// Changed since the last commit.
    touched: Vec<DocNo>,
}

impl Drafts {
    /// Takes a document out; whoever can't finish with it simply doesn't put it back.
    pub(crate) fn take(&mut self, no: DocNo) -> Option<Document> {
        self.docs.remove(&no)
    }

    /// Puts a document in that equals what the running transaction says.
    pub(crate) fn put(&mut self, no: DocNo, document: Document) {
        if self.docs.len() >= MOST {
            let some: Vec<DocNo> = self.docs.keys().take(MOST / 8).copied().collect();
            for no in some {
                self.docs.remove(&no);
            }
        }
        self.docs.insert(no, document);
        self.touched.push(no);
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
