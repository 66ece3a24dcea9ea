//! The first change of documents that everybody may give birth to: the same bytes on every
//! phone, so that two phones that meet a household apart don't make two of it.

use std::sync::OnceLock;

use automerge::ActorId;
use sha2::{Digest, Sha256};

use crate::document::{Document, DocumentError};
use crate::ids::DocId;
use crate::kind::Kind;
use crate::value::Hash;

/// Bytes of a change before what its hash is made of: magic and checksum.
const BEFORE_HASHED: usize = 8;

/// Who writes it: nobody, but the same nobody everywhere.
pub(crate) fn actor(kind: Kind, id: DocId) -> ActorId {
    let mut hash = Sha256::new();
    hash.update(b"g1");
    hash.update([kind.code()]);
    hash.update(id.as_bytes());
    ActorId::from(&hash.finalize()[..16])
}

/// Its name. Quick: births of one kind differ in nothing but their actor.
///
/// # Errors
/// Only if the engine fails.
pub fn hash(kind: Kind, id: DocId) -> Result<Hash, DocumentError> {
    static FORMS: OnceLock<Vec<(Kind, Form)>> = OnceLock::new();
    let forms = FORMS.get_or_init(|| {
        Kind::ALL
            .into_iter()
            .filter(|kind| kind.has_genesis())
            .filter_map(|kind| Some((kind, Form::of(kind)?)))
            .collect()
    });
    match forms.iter().find(|(other, _)| *other == kind) {
        Some((_, form)) => Ok(form.hash(&actor(kind, id))),
        None => Document::new(kind, id)?
            .heads()
            .first()
            .copied()
            .ok_or(DocumentError::Birth),
    }
}

/// The hashed bytes of a birth, and where in them the actor stands.
struct Form {
    bytes: Vec<u8>,
    at: usize,
}

impl Form {
    fn of(kind: Kind) -> Option<Self> {
        let id = DocId::from_bytes([0; 16]);
        let document = Document::new(kind, id).ok()?;
        let change = document.engine().get_changes(&[]).into_iter().next()?;
        let bytes = change.raw_bytes().get(BEFORE_HASHED..)?.to_vec();
        let actor = actor(kind, id);
        let at = bytes
            .windows(actor.to_bytes().len())
            .position(|window| window == actor.to_bytes())?;
        Some(Self { bytes, at })
    }

    fn hash(&self, actor: &ActorId) -> Hash {
        let actor = actor.to_bytes();
        let mut hash = Sha256::new();
        hash.update(&self.bytes[..self.at]);
        hash.update(actor);
        hash.update(&self.bytes[self.at + actor.len()..]);
        Hash(hash.finalize().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_name_is_the_engines() {
        for kind in Kind::ALL.into_iter().filter(|kind| kind.has_genesis()) {
            for n in 0..50 {
                let id = DocId::from_bytes([n; 16]);
                let heads = Document::new(kind, id).expect("genesis").heads();
                assert_eq!(heads, [hash(kind, id).expect("hash")], "{kind:?} {n}");
            }
        }
    }
}
