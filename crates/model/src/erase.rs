//! Erasing one person from a document: its whole history is written again without what is to
//! go (DESIGN §4.12).
//!
//! Every change is made once more on what its own ground became, by the same author and at the
//! same time, less what it wrote about that person. So nothing else is lost: who wrote what and
//! when, what was replaced, and where people disagree stays as it was. What the names of changes
//! became is kept, so that an edit made before goes on at exactly what its author had seen.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use automerge::Change;
use automerge::legacy::{Key, ObjectId, OpId, OpType};

use crate::actor::Actor;
use crate::document::{Document, DocumentError, Edit, parse};
use crate::fields::{Fields, owned};
use crate::ids::{DocId, EntryId};
use crate::kind::Kind;
use crate::value::{Hash, Value, Write};

/// Stands where a name or number stood in somebody's words.
pub const TAKEN_OUT: &str = "〔已删除〕";

/// Fields in which people write freely.
const FREE: [&str; 8] = [
    "words", "note", "title", "reason", "value", "from", "address", "body",
];
/// Shorter ones would be found in words that have nothing to do with anybody.
const SHORTEST: usize = 2;

/// What is to go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Erasure {
    ids: BTreeSet<String>,
    /// Longest first, so that a part never hides the whole.
    words: Vec<String>,
}

impl Erasure {
    /// Everything about these: entries, and what is kept under their ids.
    pub fn of(ids: impl IntoIterator<Item = EntryId>) -> Self {
        Self {
            ids: ids.into_iter().map(|id| id.to_string()).collect(),
            words: Vec::new(),
        }
    }

    /// One more entry.
    pub fn add(&mut self, id: EntryId) {
        self.ids.insert(id.to_string());
    }

    /// A name or number, to be taken out of what people wrote freely.
    pub fn add_words(&mut self, words: &str) {
        let words = words.trim();
        if words.chars().count() < SHORTEST || self.words.iter().any(|known| known == words) {
            return;
        }
        self.words.push(words.to_owned());
        self.words
            .sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    }

    /// Names and numbers to be taken out.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// Ids of what goes.
    pub fn ids(&self) -> impl Iterator<Item = EntryId> {
        self.ids.iter().filter_map(|id| id.parse().ok())
    }

    /// Whether an entry goes.
    pub fn has(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// Whether a path is of something that goes: an entry, or a key such as `<resident>:<code>`.
    pub fn takes(&self, path: &str) -> bool {
        path.split(['/', ':']).any(|part| self.ids.contains(part))
    }

    /// Whether a write is about something that goes.
    pub fn concerns(&self, write: &Write) -> bool {
        self.takes(&write.path) || self.ids.contains(write.value.text())
    }

    /// What is left of a write; none when it goes.
    pub fn keep(&self, write: &Write) -> Option<Write> {
        if self.takes(&write.path) {
            return None;
        }
        let value = match &write.value {
            // It named somebody who is nobody any more.
            Value::Text(text) if self.ids.contains(text) => Value::Null,
            Value::Text(text) if is_free(&write.path) => Value::Text(self.redact(text)),
            other => other.clone(),
        };
        Some(Write {
            path: write.path.clone(),
            value,
        })
    }

    /// Takes the words out of a text.
    pub fn redact(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for words in &self.words {
            if text.contains(words) {
                text = text.replace(words, TAKEN_OUT);
            }
        }
        text
    }

    /// What goes together with it in a document: its telephone entries, contacts that are known
    /// by such a number or by the name; and the names and numbers that were ever written there.
    pub fn follow(&mut self, document: &Document) {
        let fields = document.fields();
        for entry in fields.keys("phones") {
            if self.has(fields.text(&format!("phones/{entry}/whose"))) {
                self.ids.insert(entry.to_owned());
            }
        }
        for entry in fields.keys("contacts") {
            let at = |name: &str| format!("contacts/{entry}/{name}");
            let name = fields.text(&at("name"));
            if self.has(fields.text(&at("phone"))) || self.words.iter().any(|word| word == name) {
                self.ids.insert(entry.to_owned());
            }
        }
        for (path, past) in document.everything_written() {
            let last = path.rsplit('/').next().unwrap_or_default();
            if self.takes(&path) && matches!(last, "name" | "number") {
                self.add_words(past.value.text());
            }
        }
    }
}

/// What one person wrote, less what `goes`, and less what else was written of the same entry: a
/// number goes with the word whose it is.
pub fn without(writes: &[Write], goes: impl Fn(&Write) -> bool) -> Vec<Write> {
    let entry = |path: &str| {
        let (entry, _) = path.rsplit_once('/')?;
        entry.contains('/').then(|| entry.to_owned())
    };
    let entries: BTreeSet<String> = writes
        .iter()
        .filter(|write| goes(write))
        .filter_map(|write| entry(&write.path))
        .collect();
    writes
        .iter()
        .filter(|write| !goes(write))
        .filter(|write| entry(&write.path).is_none_or(|entry| !entries.contains(&entry)))
        .cloned()
        .collect()
}

fn is_free(path: &str) -> bool {
    path.starts_with("more/") || FREE.contains(&path.rsplit('/').next().unwrap_or_default())
}

/// What became of one change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Became {
    /// Its name before.
    pub was: Hash,
    /// The change made in its place; none when nothing of it is left.
    pub edit: Option<Edit>,
    /// What stands for it as ground of later ones: that change, or what it was built on.
    pub by: Vec<Hash>,
}

/// A document written again.
#[derive(Debug, Clone)]
pub struct Renewed {
    /// As it is now.
    pub document: Document,
    /// Its changes of before, in their order, with what they became.
    pub became: Vec<Became>,
}

impl Renewed {
    /// Whether anything is different.
    pub fn differs(&self) -> bool {
        self.became
            .iter()
            .any(|one| one.edit.as_ref().map(|edit| edit.hash) != Some(one.was))
    }

    /// Whether nothing that anybody wrote is left.
    pub fn is_empty(&self) -> bool {
        self.became.iter().all(|one| one.edit.is_none())
    }
}

/// Writes a document again from its changes, in an order that respects dependencies.
///
/// # Errors
/// A change is damaged, or something else than what is to go would be lost: then nothing may be
/// changed.
pub fn renew<'a>(
    kind: Kind,
    id: DocId,
    changes: impl IntoIterator<Item = &'a [u8]>,
    erasure: &Erasure,
) -> Result<Renewed, DocumentError> {
    let bytes: Vec<&[u8]> = changes.into_iter().collect();
    let old = Document::from_changes(kind, id, bytes.iter().copied())?;
    let mut document = Document::new(kind, id)?;
    let mut paths = Paths::default();
    let mut by: HashMap<Hash, Vec<Hash>> = HashMap::new();
    for genesis in document.engine().get_changes(&[]) {
        paths.read(&genesis);
        let hash = Hash::from(genesis.hash());
        by.insert(hash, vec![hash]);
    }
    let mut became = Vec::with_capacity(bytes.len());
    for one in bytes {
        let change = parse(one)?;
        let was = Hash::from(change.hash());
        let birth = change.deps().is_empty();
        let read = paths.read(&change);
        let mut written = read.puts;
        if !read.settled.is_empty() {
            let stood = old.fields_at(&[was])?;
            written.extend(read.settled.into_iter().map(|path| {
                let value = stood.get(&path).clone();
                Write { path, value }
            }));
        }
        let writes: Vec<Write> = written
            .into_iter()
            // A birth writes the id by itself.
            .filter(|write| !(birth && write.path == "id"))
            .filter_map(|write| erasure.keep(&write))
            .collect();
        let mut ground: Vec<Hash> = Vec::new();
        for dep in change.deps() {
            let dep = by.get(&(*dep).into()).ok_or(DocumentError::BadChange)?;
            ground.extend(dep);
        }
        let ground = document.newest_of(&ground);
        let actor =
            Actor::from_bytes(change.actor_id().to_bytes()).ok_or(DocumentError::BadChange)?;
        let edit = if writes.is_empty() && !birth {
            None
        } else {
            match document.write_again(&ground, actor, change.timestamp(), &writes) {
                Ok(edit) => Some(edit),
                // What is left repeats what stands.
                Err(DocumentError::Nothing) => None,
                Err(error) => return Err(error),
            }
        };
        let stands = edit.as_ref().map_or(ground, |edit| vec![edit.hash]);
        by.insert(was, stands.clone());
        became.push(Became {
            was,
            edit,
            by: stands,
        });
    }
    let same = said(&old.fields(), erasure) == said(&document.fields(), &Erasure::default());
    if !same {
        return Err(DocumentError::Engine("LostInRenewal".to_owned()));
    }
    Ok(Renewed { document, became })
}

/// Every value that stands at every path, those side by side too, less what goes.
fn said(fields: &Fields, erasure: &Erasure) -> BTreeMap<String, BTreeSet<String>> {
    let mut said: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut note = |path: &str, value: &Value| {
        let write = Write::new(path, value.clone());
        if let Some(kept) = erasure.keep(&write) {
            let values = said.entry(kept.path).or_default();
            values.insert(format!("{:?}", kept.value));
        }
    };
    for (path, value) in fields.iter() {
        note(path, value);
    }
    for clash in &fields.clashes {
        for candidate in &clash.values {
            note(&clash.path, &candidate.value);
        }
    }
    said
}

/// What a change wrote.
#[derive(Default)]
struct Written {
    puts: Vec<Write>,
    /// Where one of several values was chosen that stood side by side. If it is the one that the
    /// engine shows, it only takes the others away, and doesn't write it again.
    settled: BTreeSet<String>,
}

/// Paths of the maps of a document, by the operations that made them.
#[derive(Default)]
struct Paths(HashMap<OpId, String>);

impl Paths {
    /// Reads on, and says what a change wrote.
    fn read(&mut self, change: &Change) -> Written {
        let expanded = change.decode();
        let mut written = Written::default();
        for (counter, op) in (expanded.start_op.get()..).zip(expanded.operations.iter()) {
            let Key::Map(key) = &op.key else { continue };
            let path = match &op.obj {
                ObjectId::Root => key.to_string(),
                ObjectId::Id(parent) => match self.0.get(parent) {
                    Some(prefix) => format!("{prefix}/{key}"),
                    None => continue,
                },
            };
            match &op.action {
                OpType::Make(_) => {
                    self.0.insert(OpId::new(counter, &expanded.actor_id), path);
                }
                OpType::Put(scalar) => written.puts.push(Write {
                    path,
                    value: owned(scalar),
                }),
                OpType::Delete => {
                    written.settled.insert(path);
                }
                _ => {}
            }
        }
        written
    }
}
