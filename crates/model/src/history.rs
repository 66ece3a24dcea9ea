//! Field history: who wrote what, when, and what it replaced. Readable offline, since every
//! change names its actor.

use std::collections::HashMap;

use automerge::legacy::{Key, ObjectId, OpId, OpType};

use crate::actor::Actor;
use crate::document::Document;
use crate::fields::owned;
use crate::value::{Hash, Value};

/// A value that was written to a field.
#[derive(Debug, Clone, PartialEq)]
pub struct Past {
    /// The value.
    pub value: Value,
    /// The change that wrote it.
    pub change: Hash,
    /// Who; none for a genesis.
    pub actor: Option<Actor>,
    /// Seconds since 1970 by the author's clock.
    pub time: i64,
    /// Values its author saw and replaced.
    pub replaced: Vec<Value>,
    /// It stands now (one of several when people disagree).
    pub current: bool,
}

impl Document {
    /// Every value ever written at `path`, oldest first.
    pub fn history(&self, path: &str) -> Vec<Past> {
        self.replay(|here| here == path)
            .into_iter()
            .map(|(_, past)| past)
            .collect()
    }

    /// Every value ever written anywhere, with its path, oldest first.
    pub fn everything_written(&self) -> Vec<(String, Past)> {
        self.replay(|_| true)
    }

    fn replay(&self, wanted: impl Fn(&str) -> bool) -> Vec<(String, Past)> {
        let mut paths: HashMap<OpId, String> = HashMap::new();
        let mut written: Vec<(String, Past)> = Vec::new();
        let mut places: HashMap<OpId, usize> = HashMap::new();
        for change in self.engine().get_changes(&[]) {
            let expanded = change.decode();
            let start = expanded.start_op.get();
            for (index, op) in expanded.operations.iter().enumerate() {
                let id = OpId::new(start + index as u64, &expanded.actor_id);
                let Key::Map(key) = &op.key else { continue };
                let here = match &op.obj {
                    ObjectId::Root => key.to_string(),
                    ObjectId::Id(parent) => match paths.get(parent) {
                        Some(prefix) => format!("{prefix}/{key}"),
                        None => continue,
                    },
                };
                match &op.action {
                    OpType::Make(_) => {
                        paths.insert(id, here);
                    }
                    OpType::Put(scalar) if wanted(&here) => {
                        let mut replaced = Vec::new();
                        let mut before: Vec<usize> = op
                            .pred
                            .iter()
                            .filter_map(|pred| places.get(pred).copied())
                            .collect();
                        before.sort_unstable();
                        for at in before {
                            if let Some((_, old)) = written.get_mut(at) {
                                old.current = false;
                                replaced.push(old.value.clone());
                            }
                        }
                        let past = Past {
                            value: owned(scalar),
                            change: change.hash().into(),
                            actor: Actor::from_bytes(change.actor_id().to_bytes()),
                            time: change.timestamp(),
                            replaced,
                            current: true,
                        };
                        places.insert(id, written.len());
                        written.push((here, past));
                    }
                    _ => {}
                }
            }
        }
        written
    }
}
