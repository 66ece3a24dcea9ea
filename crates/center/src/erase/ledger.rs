//! What was erased, written down beside the keys: no backup holds it, and a center that comes out
//! of an older backup erases it again before anybody sees it. Ids only, and no reasons.

use std::path::Path;

use linli_model::ids::{DocId, EntryId};

use super::Asked;
use super::plan::{Fate, Plan};
use crate::ledger;

/// One erasure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Who was to be erased.
    pub(crate) asked: Asked,
    /// Ids that are taken for ever: of entries, and of documents that went.
    pub(crate) ids: Vec<EntryId>,
    /// Documents that began anew, with the epochs they came to.
    pub(crate) anew: Vec<(DocId, u32)>,
}

/// Name of the list.
const ERASED: &str = "erased";

/// What a plan will do, as it is written down.
pub(super) fn entry(asked: &Asked, plan: &Plan) -> Entry {
    let (mut ids, mut anew): (Vec<EntryId>, Vec<_>) = (plan.erasure.ids().collect(), Vec::new());
    for step in &plan.steps {
        match step.fate {
            Fate::Gone => ids.push(EntryId::from_bytes(*step.row.id.as_bytes())),
            Fate::Anew(_) => anew.push((step.row.id, step.row.epoch + 1)),
        }
    }
    Entry {
        asked: asked.clone(),
        ids,
        anew,
    }
}

/// Adds an erasure, durably, before it is carried out.
pub(super) fn write(data: &Path, entry: &Entry) -> std::io::Result<()> {
    let ids = entry.ids.iter().map(|id| format!(" {id}"));
    let anew = (entry.anew.iter()).map(|(doc, epoch)| format!(" {doc}:{epoch}"));
    let (household, resident) = (entry.asked.household, entry.asked.resident);
    let rest: String = ids.chain(anew).collect();
    ledger::append(data, ERASED, &format!("{household} {resident}{rest}"))
}

/// Everything that was erased, in its order.
///
/// # Errors
/// The file can't be read, or isn't what this program wrote.
pub(crate) fn read(data: &Path) -> std::io::Result<Vec<Entry>> {
    ledger::read(data, ERASED, parse)
}

fn parse(line: &str) -> Option<Entry> {
    let mut words = line.split(' ');
    let asked = Asked {
        household: words.next()?.parse().ok()?,
        resident: words.next()?.parse().ok()?,
        reason: "restore".to_owned(),
    };
    let (mut ids, mut anew) = (Vec::new(), Vec::new());
    for word in words {
        match word.split_once(':') {
            Some((doc, epoch)) => anew.push((doc.parse().ok()?, epoch.parse().ok()?)),
            None => ids.push(word.parse().ok()?),
        }
    }
    Some(Entry { asked, ids, anew })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, reason = "a test may stop")]

    use super::*;
    use crate::keys;

    #[test]
    fn what_is_written_is_read() {
        let folder = tempfile::tempdir().expect("folder");
        let data = folder.path();
        std::fs::create_dir(keys::folder(data)).expect("keys");
        let entry = Entry {
            asked: Asked {
                household: DocId::from_bytes([1; 16]),
                resident: EntryId::from_bytes([2; 16]),
                reason: "restore".to_owned(),
            },
            ids: vec![EntryId::from_bytes([2; 16]), EntryId::from_bytes([3; 16])],
            anew: vec![(DocId::from_bytes([1; 16]), 7)],
        };
        let none = Entry {
            ids: Vec::new(),
            anew: Vec::new(),
            ..entry.clone()
        };
        write(data, &entry).expect("written");
        write(data, &none).expect("written");
        assert_eq!(read(data).expect("two"), [entry, none]);
    }
}
