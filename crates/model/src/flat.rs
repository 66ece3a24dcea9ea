//! Reading a document straight from its changes.
//!
//! The engine builds columns that can be merged and edited; a phone that receives ten thousand
//! documents only wants to know what they say. Documents are maps of scalars, and for those
//! Automerge's rule is short: every operation has a name (counter, actor), takes the operations
//! it names as predecessors away, and of what is left under a key the greatest name wins.
//! `tests/flat.rs` holds this reader to the engine's own answers.

use std::collections::{BTreeMap, HashMap};

use automerge::legacy::{Key, ObjectId, OpId, OpType};
use automerge::{Change, ScalarValue};

use crate::actor::Actor;
use crate::document::{Document, DocumentError, parse};
use crate::fields::{Candidate, Clash, Fields, owned};
use crate::genesis;
use crate::ids::DocId;
use crate::kind::Kind;
use crate::schema::Schema;
use crate::value::Hash;

/// What a document says, from its changes in an order that respects dependencies, as
/// [`Document::from_changes`] would have it.
///
/// # Errors
/// As [`Document::from_changes`].
pub fn read<'a>(
    kind: Kind,
    id: DocId,
    changes: impl IntoIterator<Item = &'a [u8]>,
) -> Result<Fields, DocumentError> {
    let bytes: Vec<&[u8]> = changes.into_iter().collect();
    let parsed: Vec<Change> = bytes
        .iter()
        .map(|one| parse(one))
        .collect::<Result<_, _>>()?;
    match Flat::of(kind, id, &parsed) {
        Some(flat) => Ok(flat.fields()),
        // Something this reader doesn't know, or an order it can't follow: the engine's turn.
        None => Ok(Document::from_changes(kind, id, bytes)?.fields()),
    }
}

/// One operation that stands under a key.
struct Standing {
    id: OpId,
    change: Option<Hash>,
    what: What,
}

enum What {
    Scalar(ScalarValue),
    Map(usize),
}

/// Keys of a map, each with what stands there.
type Map = BTreeMap<String, Vec<Standing>>;

struct Flat {
    /// The root comes first.
    maps: Vec<Map>,
    by_id: HashMap<OpId, usize>,
}

impl Flat {
    fn of(kind: Kind, id: DocId, changes: &[Change]) -> Option<Self> {
        let mut flat = Self {
            maps: vec![Map::new()],
            by_id: HashMap::new(),
        };
        let mut known: Vec<Hash> = Vec::new();
        if kind.has_genesis() {
            flat.genesis(kind, id)?;
            known.push(genesis::hash(kind, id).ok()?);
        }
        for change in changes {
            let hash = Hash::from(change.hash());
            if known.contains(&hash) {
                continue;
            }
            if !change
                .deps()
                .iter()
                .all(|dep| known.contains(&(*dep).into()))
            {
                return None;
            }
            flat.add(change, hash)?;
            known.push(hash);
        }
        Some(flat)
    }

    /// The containers a document is born with.
    fn genesis(&mut self, kind: Kind, id: DocId) -> Option<()> {
        let actor = genesis::actor(kind, id);
        for (counter, (name, _)) in (1..).zip(Schema::of(kind)?.containers) {
            self.make(0, (*name).to_owned(), OpId::new(counter, &actor), None);
        }
        Some(())
    }

    fn make(&mut self, parent: usize, key: String, id: OpId, change: Option<Hash>) {
        let map = self.maps.len();
        self.maps.push(Map::new());
        self.by_id.insert(id.clone(), map);
        let what = What::Map(map);
        self.stand(parent, key, Standing { id, change, what });
    }

    fn stand(&mut self, map: usize, key: String, standing: Standing) {
        self.maps[map].entry(key).or_default().push(standing);
    }

    fn add(&mut self, change: &Change, hash: Hash) -> Option<()> {
        let change = change.decode();
        let start = change.start_op.get();
        for (counter, op) in (start..).zip(change.operations) {
            let Key::Map(key) = op.key else { return None };
            let map = match &op.obj {
                ObjectId::Root => 0,
                ObjectId::Id(id) => *self.by_id.get(id)?,
            };
            let key = key.to_string();
            if let Some(there) = self.maps[map].get_mut(&key) {
                there.retain(|standing| !op.pred.iter().any(|pred| *pred == standing.id));
            }
            let id = OpId::new(counter, &change.actor_id);
            match op.action {
                OpType::Make(automerge::ObjType::Map) => self.make(map, key, id, Some(hash)),
                OpType::Put(ScalarValue::Counter(_)) => return None,
                OpType::Put(value) => {
                    let what = What::Scalar(value);
                    let change = Some(hash);
                    self.stand(map, key, Standing { id, change, what });
                }
                OpType::Delete => {}
                _ => return None,
            }
        }
        Some(())
    }

    fn fields(mut self) -> Fields {
        for map in &mut self.maps {
            for standing in map.values_mut() {
                standing.sort_by(|a, b| {
                    (a.id.counter(), a.id.actor()).cmp(&(b.id.counter(), b.id.actor()))
                });
            }
        }
        let mut fields = Fields::default();
        self.walk(&mut fields, 0, "", 0);
        fields
    }

    fn walk(&self, fields: &mut Fields, map: usize, prefix: &str, depth: u8) {
        for (key, standing) in &self.maps[map] {
            let Some(winner) = standing.last() else {
                continue;
            };
            let path = if prefix.is_empty() {
                key.clone()
            } else {
                format!("{prefix}/{key}")
            };
            match &winner.what {
                What::Map(inner) if depth < 2 => self.walk(fields, *inner, &path, depth + 1),
                What::Map(_) => {}
                What::Scalar(value) => {
                    if standing.len() > 1 {
                        fields.note(clash(&path, standing));
                    }
                    fields.put(path, owned(value), author(winner));
                }
            }
        }
    }
}

fn author(standing: &Standing) -> Option<Actor> {
    Actor::from_bytes(standing.id.actor().to_bytes())
}

/// Distinct values that stand side by side, if there are several.
fn clash(path: &str, standing: &[Standing]) -> Option<Clash> {
    let mut values: Vec<Candidate> = Vec::new();
    for one in standing {
        let (What::Scalar(value), Some(change)) = (&one.what, one.change) else {
            continue;
        };
        let value = owned(value);
        if values.iter().all(|other| other.value != value) {
            values.push(Candidate {
                value,
                change,
                actor: author(one),
            });
        }
    }
    values.sort_by_key(|candidate| candidate.change);
    (values.len() > 1).then(|| Clash {
        path: path.to_owned(),
        values,
    })
}
