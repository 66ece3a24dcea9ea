//! A document: an Automerge map of scalars, edited only through [`Write`]s.
//!
//! A change is a pure function of (the changes it builds on, actor, time, writes): it is
//! always made on a copy of the document at the heads its form was opened on. So the center
//! can execute an intent again and must get the very same bytes, and an edit can never
//! replace a value that its author had not seen.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, Change, ObjId, ObjType, ROOT, ReadDoc, ScalarValue};

use crate::actor::Actor;
use crate::fields::Fields;
use crate::genesis;
use crate::ids::DocId;
use crate::kind::Kind;
use crate::schema::{self, Schema, SchemaError};
use crate::value::{Hash, Value, Write};

/// Why a document could not be read or edited.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// A write is outside the schema.
    #[error(transparent)]
    Schema(#[from] SchemaError),
    /// Every write repeats what already stands: there is nothing to record.
    #[error("nothing would change")]
    Nothing,
    /// The heads named are not in this document.
    #[error("unknown heads")]
    UnknownHeads,
    /// The actor already wrote beyond the heads named: a fresh one is needed.
    #[error("actor already used beyond these heads")]
    ActorUsed,
    /// The document already exists, or its first change is missing.
    #[error("not a birth, or born twice")]
    Birth,
    /// The bytes are no change, or build on changes that are missing.
    #[error("bad change bytes")]
    BadChange,
    /// The bytes of a saved document are damaged.
    #[error("damaged document")]
    Damaged,
    /// The engine refused; the text is for logs and holds no user data.
    #[error("automerge: {0}")]
    Engine(String),
}

impl From<automerge::AutomergeError> for DocumentError {
    fn from(error: automerge::AutomergeError) -> Self {
        // The variant name only: the full text may quote values.
        let text = format!("{error:?}");
        Self::Engine(
            text.split(['(', '{', ' '])
                .next()
                .unwrap_or_default()
                .to_owned(),
        )
    }
}

/// A change as made or read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Its name.
    pub hash: Hash,
    /// Raw (never deflated) bytes, as logged and sent.
    pub bytes: Vec<u8>,
}

/// One document in memory.
#[derive(Debug, Clone)]
pub struct Document {
    id: DocId,
    kind: Kind,
    doc: Automerge,
}

impl Document {
    /// The document before anybody wrote to it: its genesis for kinds that have one, else
    /// nothing at all.
    ///
    /// # Errors
    /// Only if the engine fails.
    pub fn new(kind: Kind, id: DocId) -> Result<Self, DocumentError> {
        let mut doc = Automerge::new();
        if kind.has_genesis() {
            doc.set_actor(genesis::actor(kind, id));
            let mut tx = doc.transaction();
            make_containers(&mut tx, kind)?;
            tx.commit_with(CommitOptions::default().with_time(0));
        }
        Ok(Self { id, kind, doc })
    }

    /// Rebuilds a document from its accepted changes, in any order that respects dependencies.
    ///
    /// # Errors
    /// A change is damaged or one it builds on is missing.
    pub fn from_changes<'a>(
        kind: Kind,
        id: DocId,
        changes: impl IntoIterator<Item = &'a [u8]>,
    ) -> Result<Self, DocumentError> {
        let genesis = genesis::bytes(kind, id);
        let genesis = genesis.as_deref().into_iter().map(parse);
        let changes = genesis.chain(changes.into_iter().map(parse));
        let parsed: Vec<Change> = changes.collect::<Result<_, _>>()?;
        let doc = Automerge::new();
        let mut document = Self { id, kind, doc };
        document.apply_parsed(parsed)?;
        Ok(document)
    }

    /// Opens what [`Self::save`] wrote.
    ///
    /// # Errors
    /// The bytes are damaged.
    pub fn load(kind: Kind, id: DocId, saved: &[u8]) -> Result<Self, DocumentError> {
        let doc = guarded(|| Automerge::load(saved).map_err(|_| DocumentError::Damaged))?;
        Ok(Self { id, kind, doc })
    }

    /// The whole document as a cache; the log of changes stays the truth.
    pub fn save(&self) -> Vec<u8> {
        self.doc.save_nocompress()
    }

    /// Its id.
    pub fn id(&self) -> DocId {
        self.id
    }

    /// Its kind.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Newest changes, sorted.
    pub fn heads(&self) -> Vec<Hash> {
        let mut heads: Vec<Hash> = self.doc.get_heads().into_iter().map(Hash::from).collect();
        heads.sort_unstable();
        heads
    }

    /// True when the change is part of this document.
    pub fn has(&self, hash: Hash) -> bool {
        self.doc.get_change_meta_by_hash(&hash.into()).is_some()
    }

    /// Those of these changes that no other of them builds on, sorted: heads as a form sees
    /// them. What isn't part of this document is left out.
    pub fn newest_of(&self, changes: &[Hash]) -> Vec<Hash> {
        let deps = |hash: Hash| {
            self.doc.get_change_meta_by_hash(&hash.into()).map(|meta| {
                meta.deps
                    .iter()
                    .map(|dep| Hash::from(*dep))
                    .collect::<Vec<_>>()
            })
        };
        let mut older: HashSet<Hash> = HashSet::new();
        let mut queue: Vec<Hash> = changes.iter().filter_map(|c| deps(*c)).flatten().collect();
        while let Some(hash) = queue.pop() {
            if older.insert(hash) {
                queue.extend(deps(hash).into_iter().flatten());
            }
        }
        let mut newest: Vec<Hash> = changes
            .iter()
            .copied()
            .filter(|hash| self.has(*hash) && !older.contains(hash))
            .collect();
        newest.sort_unstable();
        newest.dedup();
        newest
    }

    /// Adds changes made elsewhere; those already here are skipped.
    ///
    /// # Errors
    /// A change is damaged, or builds on one that is missing; then nothing is added.
    pub fn apply<'a>(
        &mut self,
        changes: impl IntoIterator<Item = &'a [u8]>,
    ) -> Result<(), DocumentError> {
        let parsed: Vec<Change> = changes.into_iter().map(parse).collect::<Result<_, _>>()?;
        self.apply_parsed(parsed)
    }

    fn apply_parsed(&mut self, changes: Vec<Change>) -> Result<(), DocumentError> {
        let mut known: HashSet<_> = changes.iter().map(Change::hash).collect();
        for change in &changes {
            for dep in change.deps() {
                if !known.contains(dep) && self.doc.get_change_meta_by_hash(dep).is_none() {
                    return Err(DocumentError::BadChange);
                }
            }
        }
        known.clear();
        let doc = &mut self.doc;
        guarded(|| {
            doc.apply_changes(changes)
                .map_err(|_| DocumentError::BadChange)
        })
    }

    /// Writes at the heads a form was opened on, and adds the change to this document. For
    /// kinds without genesis, the first edit (no heads) gives birth to the document.
    ///
    /// # Errors
    /// The writes don't fit the schema, change nothing, or name unknown heads; or the actor
    /// can't be used there (see [`Self::actor_fits`]).
    pub fn edit(
        &mut self,
        seen: &[Hash],
        actor: Actor,
        time: i64,
        writes: &[Write],
    ) -> Result<Edit, DocumentError> {
        for write in writes {
            schema::check(self.kind, write)?;
        }
        let birth = seen.is_empty();
        if birth != self.doc.get_heads().is_empty() || (birth && self.kind.has_genesis()) {
            return Err(DocumentError::Birth);
        }
        if !seen.iter().all(|hash| self.has(*hash)) {
            return Err(DocumentError::UnknownHeads);
        }
        if !self.actor_fits(actor, seen) {
            return Err(DocumentError::ActorUsed);
        }
        if self.at_heads(seen) {
            return write_change(
                &mut self.doc,
                self.kind,
                self.id,
                actor,
                time,
                writes,
                birth,
            );
        }
        let heads: Vec<_> = seen.iter().map(|hash| (*hash).into()).collect();
        let mut fork = self.doc.fork_at(&heads)?;
        let edit = write_change(&mut fork, self.kind, self.id, actor, time, writes, birth)?;
        self.apply([edit.bytes.as_slice()])?;
        Ok(edit)
    }

    /// Writes what was written before once more, on what its ground became; by the same author.
    pub(crate) fn write_again(
        &mut self,
        ground: &[Hash],
        actor: Actor,
        time: i64,
        writes: &[Write],
    ) -> Result<Edit, DocumentError> {
        let (kind, id) = (self.kind, self.id);
        let birth = ground.is_empty();
        if self.at_heads(ground) {
            return write_change(&mut self.doc, kind, id, actor, time, writes, birth);
        }
        let heads: Vec<_> = ground.iter().map(|hash| (*hash).into()).collect();
        let mut fork = self.doc.fork_at(&heads)?;
        let edit = write_change(&mut fork, kind, id, actor, time, writes, birth)?;
        self.apply([edit.bytes.as_slice()])?;
        Ok(edit)
    }

    /// What the document said to somebody who had seen just these changes.
    ///
    /// # Errors
    /// They are not part of it.
    pub fn fields_at(&self, seen: &[Hash]) -> Result<Fields, DocumentError> {
        if self.at_heads(seen) {
            return Ok(self.fields());
        }
        if seen.is_empty() {
            return Ok(Fields::default());
        }
        if !seen.iter().all(|hash| self.has(*hash)) {
            return Err(DocumentError::UnknownHeads);
        }
        let heads: Vec<_> = seen.iter().map(|hash| (*hash).into()).collect();
        Ok(Fields::read(&self.doc.fork_at(&heads)?))
    }

    /// Its changes, each after those it builds on; without the genesis, which nobody sends.
    pub fn changes(&self) -> Vec<Edit> {
        let genesis = genesis::actor(self.kind, self.id);
        let changes = self.doc.get_changes(&[]);
        changes
            .iter()
            .filter(|change| !self.kind.has_genesis() || *change.actor_id() != genesis)
            .map(|change| Edit {
                hash: change.hash().into(),
                bytes: change.raw_bytes().to_vec(),
            })
            .collect()
    }

    fn at_heads(&self, seen: &[Hash]) -> bool {
        let mut seen = seen.to_vec();
        seen.sort_unstable();
        seen == self.heads()
    }

    /// Whether `actor` may write at `seen`: it wrote nothing here yet, or the form saw all of
    /// the document.
    pub fn actor_fits(&self, actor: Actor, seen: &[Hash]) -> bool {
        self.at_heads(seen) || {
            let bytes = actor.to_bytes();
            self.doc
                .get_changes_meta(&[])
                .iter()
                .all(|change| change.actor.to_bytes() != bytes)
        }
    }

    /// Everything the document says now.
    pub fn fields(&self) -> Fields {
        Fields::read(&self.doc)
    }

    /// The change that wrote the value standing at `path`.
    pub fn change_at(&self, path: &str) -> Option<Hash> {
        let mut object = ROOT;
        let mut id = None;
        for key in path.split('/') {
            let (_, found) = self.doc.get(&object, key).ok()??;
            object = found.clone();
            id = Some(found);
        }
        self.doc.hash_for_opid(&id?).map(Hash::from)
    }

    /// The underlying engine document, for the readers of this crate.
    pub(crate) fn engine(&self) -> &Automerge {
        &self.doc
    }
}

/// Parses change bytes of somebody whose every byte is known: a run length in a few of them can
/// make the engine fill all memory, or count for ever. What a stranger sends is looked at with
/// [`crate::chunk`] only. `Change::from_bytes` skips the checksum, so the hash it computes is
/// the caller's to compare.
pub(crate) fn parse(bytes: &[u8]) -> Result<Change, DocumentError> {
    guarded(|| Change::from_bytes(bytes.to_vec()).map_err(|_| DocumentError::BadChange))
}

/// Name of a change, recomputed from its bytes.
///
/// # Errors
/// The bytes are no change.
pub fn hash_of(bytes: &[u8]) -> Result<Hash, DocumentError> {
    parse(bytes).map(|change| change.hash().into())
}

/// Automerge can panic on damaged bytes; a phone or center must not fall over for that.
fn guarded<T>(work: impl FnOnce() -> Result<T, DocumentError>) -> Result<T, DocumentError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(DocumentError::BadChange))
}

fn make_containers(tx: &mut impl Transactable, kind: Kind) -> Result<(), DocumentError> {
    let schema = Schema::of(kind).ok_or(SchemaError::UnknownKind)?;
    for (name, _) in schema.containers {
        tx.put_object(ROOT, *name, ObjType::Map)?;
    }
    Ok(())
}

fn write_change(
    doc: &mut Automerge,
    kind: Kind,
    id: DocId,
    actor: Actor,
    time: i64,
    writes: &[Write],
    birth: bool,
) -> Result<Edit, DocumentError> {
    doc.set_actor(ActorId::from(&actor.to_bytes()[..]));
    let mut tx = doc.transaction();
    let result = (|| {
        if birth {
            tx.put(ROOT, "id", ScalarValue::Bytes(id.as_bytes().to_vec()))?;
            make_containers(&mut tx, kind)?;
        }
        for write in writes {
            put(&mut tx, write)?;
        }
        Ok(())
    })();
    if let Err(error) = result {
        tx.rollback();
        return Err(error);
    }
    let (hash, _) = tx.commit_with(CommitOptions::default().with_time(time));
    hash.ok_or(DocumentError::Nothing)?;
    let change = doc.get_last_local_change().ok_or(DocumentError::Nothing)?;
    Ok(Edit {
        hash: change.hash().into(),
        bytes: change.raw_bytes().to_vec(),
    })
}

fn put(tx: &mut impl Transactable, write: &Write) -> Result<(), DocumentError> {
    let mut object = ROOT;
    let mut parts = write.path.split('/').peekable();
    while let Some(key) = parts.next() {
        if parts.peek().is_some() {
            object = child(tx, &object, key)?;
        } else {
            tx.put(&object, key, scalar(&write.value))?;
        }
    }
    Ok(())
}

/// The map under `key`, made when the entry is new.
fn child(tx: &mut impl Transactable, object: &ObjId, key: &str) -> Result<ObjId, DocumentError> {
    match tx.get(object, key)? {
        Some((value, id)) if value.is_object() => Ok(id),
        _ => Ok(tx.put_object(object, key, ObjType::Map)?),
    }
}

fn scalar(value: &Value) -> ScalarValue {
    match value {
        Value::Null => ScalarValue::Null,
        Value::Bool(flag) => ScalarValue::Boolean(*flag),
        Value::Int(number) => ScalarValue::Int(*number),
        Value::Text(text) => ScalarValue::Str(text.as_str().into()),
        Value::Bytes(bytes) => ScalarValue::Bytes(bytes.clone()),
    }
}
