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
/// What every chunk of the engine begins with; the checksum after it begins the hash.
const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];

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
    match Form::find(kind) {
        Some(form) => Ok(form.hash(&actor(kind, id))),
        None => Document::new(kind, id)?
            .heads()
            .first()
            .copied()
            .ok_or(DocumentError::Birth),
    }
}

/// Its bytes, as raw as any change's; none for kinds without one. Much quicker than having the
/// engine write it.
pub(crate) fn bytes(kind: Kind, id: DocId) -> Option<Vec<u8>> {
    let (form, actor) = (Form::find(kind)?, actor(kind, id));
    let hash = form.hash(&actor);
    let mut bytes = Vec::with_capacity(BEFORE_HASHED + form.bytes.len());
    bytes.extend_from_slice(&MAGIC);
    bytes.extend_from_slice(&hash.0[..BEFORE_HASHED - MAGIC.len()]);
    bytes.extend_from_slice(&form.bytes[..form.at]);
    bytes.extend_from_slice(actor.to_bytes());
    bytes.extend_from_slice(&form.bytes[form.at + actor.to_bytes().len()..]);
    Some(bytes)
}

/// The hashed bytes of a birth, and where in them the actor stands.
struct Form {
    bytes: Vec<u8>,
    at: usize,
}

impl Form {
    fn find(kind: Kind) -> Option<&'static Self> {
        static FORMS: OnceLock<Vec<(Kind, Form)>> = OnceLock::new();
        let forms = FORMS.get_or_init(|| {
            Kind::ALL
                .into_iter()
                .filter(|kind| kind.has_genesis())
                .filter_map(|kind| Some((kind, Form::of(kind)?)))
                .collect()
        });
        let found = forms.iter().find(|(other, _)| *other == kind);
        found.map(|(_, form)| form)
    }

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
    fn quick_names_and_bytes_are_the_engines() {
        for kind in Kind::ALL.into_iter().filter(|kind| kind.has_genesis()) {
            for n in 0..50 {
                let id = DocId::from_bytes([n; 16]);
                let document = Document::new(kind, id).expect("genesis");
                let heads = document.heads();
                assert_eq!(heads, [hash(kind, id).expect("hash")], "{kind:?} {n}");
                let changes = document.engine().get_changes(&[]);
                let quick = bytes(kind, id).expect("bytes");
                assert_eq!(changes[0].raw_bytes(), quick, "{kind:?} {n}");
            }
        }
    }
}
