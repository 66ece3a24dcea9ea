//! What a document says, field by field, and where people disagree.

use std::collections::BTreeMap;

use automerge::{Automerge, ROOT, ReadDoc, ScalarValueRef, ValueRef};

use crate::actor::Actor;
use crate::value::{Hash, Value};

/// One of several values that stand side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The value.
    pub value: Value,
    /// The change that wrote it: its name, when a person chooses.
    pub change: Hash,
    /// Who wrote it; none for bytes that name nobody.
    pub actor: Option<Actor>,
}

/// Two or more *distinct* concurrent values of a field. Two people who wrote the same don't
/// disagree.
#[derive(Debug, Clone, PartialEq)]
pub struct Clash {
    /// Field path.
    pub path: String,
    /// The values, in the order of their changes' names, so that every phone shows the same.
    pub values: Vec<Candidate>,
}

/// A document flattened to path → value.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fields {
    values: BTreeMap<String, (Value, Option<Actor>)>,
    /// Where people disagree.
    pub clashes: Vec<Clash>,
}

impl Fields {
    pub(crate) fn read(doc: &Automerge) -> Self {
        let mut fields = Self::default();
        fields.walk(doc, &ROOT, "", 0);
        fields
    }

    fn walk(&mut self, doc: &Automerge, object: &automerge::ObjId, prefix: &str, depth: u8) {
        for item in doc.map_range(object, ..) {
            let path = if prefix.is_empty() {
                item.key.to_string()
            } else {
                format!("{prefix}/{}", item.key)
            };
            match &item.value {
                ValueRef::Object(_) if depth < 2 => self.walk(doc, &item.id(), &path, depth + 1),
                ValueRef::Object(_) => {}
                ValueRef::Scalar(scalar) => {
                    if item.conflict {
                        self.note_clash(doc, object, &item.key, &path);
                    }
                    self.values
                        .insert(path, (value_of(scalar), actor_of(&item.id())));
                }
            }
        }
    }

    fn note_clash(&mut self, doc: &Automerge, object: &automerge::ObjId, key: &str, path: &str) {
        let Ok(all) = doc.get_all(object, key) else {
            return;
        };
        let mut values: Vec<Candidate> = Vec::new();
        for (value, id) in all {
            let Some(scalar) = value.as_scalar() else {
                continue;
            };
            let value = owned(scalar);
            let Some(hash) = doc.hash_for_opid(&id) else {
                continue;
            };
            if values.iter().any(|other| other.value == value) {
                continue;
            }
            let actor = match &id {
                automerge::ObjId::Id(_, actor, _) => Actor::from_bytes(actor.to_bytes()),
                automerge::ObjId::Root => None,
            };
            values.push(Candidate {
                value,
                change: hash.into(),
                actor,
            });
        }
        if values.len() > 1 {
            values.sort_by_key(|candidate| candidate.change);
            self.clashes.push(Clash {
                path: path.to_owned(),
                values,
            });
        }
    }

    pub(crate) fn put(&mut self, path: String, value: Value, actor: Option<Actor>) {
        self.values.insert(path, (value, actor));
    }

    pub(crate) fn note(&mut self, clash: Option<Clash>) {
        self.clashes.extend(clash);
    }

    /// The value at a path; the winner where people disagree.
    pub fn get(&self, path: &str) -> &Value {
        self.values
            .get(path)
            .map_or(&Value::Null, |(value, _)| value)
    }

    /// Who wrote the value that stands at a path.
    pub fn author(&self, path: &str) -> Option<Actor> {
        self.values.get(path).and_then(|(_, actor)| *actor)
    }

    /// Text at a path, or empty.
    pub fn text(&self, path: &str) -> &str {
        self.get(path).text()
    }

    /// Number at a path, or 0.
    pub fn int(&self, path: &str) -> i64 {
        self.get(path).int().unwrap_or(0)
    }

    /// All fields in path order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.values
            .iter()
            .map(|(path, (value, _))| (path.as_str(), value))
    }

    /// Keys under a container, each once, in order: entry ids or scalar keys.
    pub fn keys<'a>(&'a self, container: &str) -> Vec<&'a str> {
        let prefix = format!("{container}/");
        let mut keys: Vec<&str> = Vec::new();
        for (path, _) in self.values.range(prefix.clone()..) {
            let Some(rest) = path.strip_prefix(&prefix) else {
                break;
            };
            let key = rest.split('/').next().unwrap_or(rest);
            if keys.last() != Some(&key) {
                keys.push(key);
            }
        }
        keys
    }

    /// True when nothing was ever written.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

impl<P: Into<String>> FromIterator<(P, Value)> for Fields {
    fn from_iter<T: IntoIterator<Item = (P, Value)>>(iter: T) -> Self {
        Self {
            values: iter
                .into_iter()
                .map(|(path, value)| (path.into(), (value, None)))
                .collect(),
            clashes: Vec::new(),
        }
    }
}

fn actor_of(id: &automerge::ObjId) -> Option<Actor> {
    match id {
        automerge::ObjId::Id(_, actor, _) => Actor::from_bytes(actor.to_bytes()),
        automerge::ObjId::Root => None,
    }
}

fn value_of(scalar: &ScalarValueRef<'_>) -> Value {
    match scalar {
        ScalarValueRef::Bytes(bytes) => Value::Bytes(bytes.to_vec()),
        ScalarValueRef::Str(text) => Value::Text(text.to_string()),
        ScalarValueRef::Int(number) | ScalarValueRef::Timestamp(number) => Value::Int(*number),
        ScalarValueRef::Uint(number) => Value::Int(i64::try_from(*number).unwrap_or(i64::MAX)),
        ScalarValueRef::Boolean(flag) => Value::Bool(*flag),
        _ => Value::Null,
    }
}

pub(crate) fn owned(scalar: &automerge::ScalarValue) -> Value {
    match scalar {
        automerge::ScalarValue::Bytes(bytes) => Value::Bytes(bytes.clone()),
        automerge::ScalarValue::Str(text) => Value::Text(text.to_string()),
        automerge::ScalarValue::Int(number) | automerge::ScalarValue::Timestamp(number) => {
            Value::Int(*number)
        }
        automerge::ScalarValue::Uint(number) => {
            Value::Int(i64::try_from(*number).unwrap_or(i64::MAX))
        }
        automerge::ScalarValue::Boolean(flag) => Value::Bool(*flag),
        _ => Value::Null,
    }
}
