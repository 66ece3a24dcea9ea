//! What must be true once the faults have stopped and everything has come to rest.

mod center;
mod erased;
mod phone;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use linli_model::document::Document;
use linli_model::ids::{DocId, IntentId};
use linli_model::intent::Intent;

use super::hostile::EVIL;
use super::ledger::Ledger;

/// Every document the center has, with the values anybody ever wrote into its fields.
pub(super) struct Truth {
    docs: BTreeMap<DocId, Known>,
    /// Intents in the log.
    accepted: BTreeSet<IntentId>,
    /// Intents that were given back, and are kept whole.
    quarantined: BTreeSet<IntentId>,
    /// Changes that were in the log until their document began anew.
    replaced: BTreeSet<[u8; 32]>,
    /// What each enrolment reads.
    readable: BTreeMap<[u8; 8], BTreeSet<DocId>>,
    /// The digest over what each enrolment reads.
    digests: BTreeMap<[u8; 8], [u8; 16]>,
    /// Ids of documents and entries that were erased.
    erased: BTreeSet<String>,
}

impl Truth {
    /// Whether anybody ever wrote this.
    pub(super) fn says(&self, words: &str) -> bool {
        let mut all = self.docs.values().flat_map(|known| &known.written);
        all.any(|(_, value)| value == words)
    }

    /// How many documents there are.
    pub(super) fn docs(&self) -> usize {
        self.docs.len()
    }

    /// Whether the change of an intent is in the log, or what became of it in a new epoch, maybe
    /// under no intent's name: it was handed back by somebody who can't know it, and before its
    /// author could tell, a backup was made or somebody was erased.
    fn holds(&self, intent: &Intent) -> bool {
        let target = intent.target.as_ref();
        self.has(intent) || target.is_some_and(|at| self.replaced.contains(&at.change.0))
    }

    /// Whether the change of an intent is in its document as that stands.
    fn has(&self, intent: &Intent) -> bool {
        intent.target.as_ref().is_some_and(|target| {
            let known = self.docs.get(&target.doc);
            known.is_some_and(|known| known.document.has(target.change))
        })
    }

    /// Whether a path is of something that was erased.
    fn is_erased(&self, path: &str) -> bool {
        path.split(['/', ':'])
            .any(|part| self.erased.contains(part))
    }
}

struct Known {
    document: Document,
    /// All values ever accepted, by field.
    written: BTreeSet<(String, String)>,
}

/// Reads the center's database and checks what it says of itself.
pub(super) fn of_center(database: &Path) -> Result<Truth, String> {
    center::read(database)
}

/// Checks one phone against the center. Returns the words in its tray: what was given back to
/// its owner, whole.
pub(super) fn of_phone(
    folder: &Path,
    truth: &Truth,
    gone: &BTreeSet<String>,
) -> Result<BTreeSet<String>, String> {
    phone::check(folder, truth, gone)
}

pub(super) use erased::{nowhere_at_center, words_of};

/// Names and numbers of people who were erased, that nobody else has.
pub(super) fn erased_words(ledger: &Ledger, truth: &Truth) -> BTreeSet<String> {
    erased::words(ledger, truth)
}

/// Checks that a phone has mended itself.
pub(super) fn of_mended_phone(folder: &Path, truth: &Truth) -> Result<(), String> {
    phone::check_mended(folder, truth)
}

/// Checks that nothing anybody wrote is gone, and nothing was replaced unseen. `trays` holds,
/// by phone, what was given back.
pub(super) fn of_people(
    ledger: &Ledger,
    truth: &Truth,
    trays: &BTreeMap<String, BTreeSet<String>>,
) -> Result<(), String> {
    let in_tray =
        |device: &str, words: &str| trays.get(device).is_some_and(|tray| tray.contains(words));
    let everything: BTreeSet<&str> = truth
        .docs
        .values()
        .flat_map(|known| known.written.iter().map(|(_, value)| value.as_str()))
        .collect();
    if let Some(evil) = everything.iter().find(|value| value.contains(EVIL)) {
        return Err(format!("what the hostile phone wrote was accepted: {evil}"));
    }
    for words in &ledger.words {
        if truth.is_erased(&words.about) || ledger.erased.contains(&words.words) {
            continue;
        }
        if !everything.contains(words.words.as_str()) && !in_tray(&words.device, &words.words) {
            return Err(format!("lost: {} written on {}", words.words, words.device));
        }
    }
    for edit in &ledger.edits {
        if truth.is_erased(&edit.field) {
            continue;
        }
        let Some(known) = truth.docs.get(&edit.doc) else {
            return Err(format!("document {} is gone", edit.doc));
        };
        let accepted = known
            .written
            .contains(&(edit.field.clone(), edit.value.clone()));
        if !accepted {
            if in_tray(&edit.device, &edit.value) {
                continue;
            }
            return Err(format!("lost: {} written on {}", edit.value, edit.device));
        }
        if stands(&known.document, &edit.field, &edit.value) {
            continue;
        }
        // It was replaced: by somebody who had it on the form.
        let seen = ledger.edits.iter().chain(&ledger.unheard).any(|other| {
            other.doc == edit.doc && other.field == edit.field && other.saw.contains(&edit.value)
        });
        if !seen {
            return Err(format!(
                "{} written on {} was replaced by somebody who had not seen it",
                edit.value, edit.device
            ));
        }
    }
    Ok(())
}

/// Whether a value stands, alone or beside others.
fn stands(document: &Document, field: &str, value: &str) -> bool {
    let fields = document.fields();
    fields.text(field) == value
        || fields.clashes.iter().any(|clash| {
            clash.path == field && clash.values.iter().any(|one| one.value.text() == value)
        })
}
