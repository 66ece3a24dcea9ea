//! Identities. Every id a phone makes is a UUIDv7; ids of household, care and
//! care_named documents are derived, so that two phones creating the same one
//! make the same document.

use std::fmt;
use std::str::FromStr;

use minicbor::{Decode, Encode};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::kind::Kind;

/// A text that is no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a valid id")]
pub struct BadId;

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name([u8; 16]);

        impl $name {
            /// A UUIDv7 from the wall clock and ten random bytes, both passed in.
            pub fn new(unix_ms: u64, random: [u8; 10]) -> Self {
                Self(*uuid::Builder::from_unix_timestamp_millis(unix_ms, &random).into_uuid().as_bytes())
            }

            /// From its 16 bytes.
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }

            /// Its 16 bytes.
            pub const fn as_bytes(&self) -> &[u8; 16] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                Uuid::from_bytes(self.0).hyphenated().fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                Uuid::parse_str(text).map(|id| Self(*id.as_bytes())).map_err(|_| BadId)
            }
        }

        impl TryFrom<&[u8]> for $name {
            type Error = BadId;
            fn try_from(bytes: &[u8]) -> Result<Self, BadId> {
                bytes.try_into().map(Self).map_err(|_| BadId)
            }
        }

        impl<C> Encode<C> for $name {
            fn encode<W: minicbor::encode::Write>(
                &self,
                e: &mut minicbor::Encoder<W>,
                _: &mut C,
            ) -> Result<(), minicbor::encode::Error<W::Error>> {
                e.bytes(&self.0)?;
                Ok(())
            }
        }

        impl<'b, C> Decode<'b, C> for $name {
            fn decode(
                d: &mut minicbor::Decoder<'b>,
                _: &mut C,
            ) -> Result<Self, minicbor::decode::Error> {
                Self::try_from(d.bytes()?)
                    .map_err(|_| minicbor::decode::Error::message("id is not 16 bytes"))
            }
        }
    };
}

uuid_id!(
    /// A document.
    DocId
);
uuid_id!(
    /// An entry inside a document: a resident, a phone, an event, a tip, a remark.
    EntryId
);
uuid_id!(
    /// One user action on one document; survives replay, so the center can tell a retry.
    IntentId
);
uuid_id!(
    /// Several intents that belong to one action.
    GroupId
);
uuid_id!(
    /// A photo, from the moment of capture.
    MediaId
);
uuid_id!(
    /// A person with an account: worker, lead, desk.
    PersonId
);

impl From<EntryId> for DocId {
    fn from(id: EntryId) -> Self {
        Self(id.0)
    }
}

impl From<DocId> for EntryId {
    fn from(id: DocId) -> Self {
        Self(id.0)
    }
}

impl DocId {
    /// The household or care document of the family that moved into `dwelling` as number
    /// `occupancy` (1 for the first). A family that moves in takes the next number, so it
    /// never shows the last one's history.
    pub fn of_occupancy(kind: Kind, dwelling: DocId, occupancy: u32) -> Self {
        Self::derived(kind, dwelling.as_bytes(), occupancy)
    }

    /// The `care_named` document of one resident.
    pub fn of_resident(resident: EntryId) -> Self {
        Self::derived(Kind::CareNamed, resident.as_bytes(), 0)
    }

    fn derived(kind: Kind, of: &[u8; 16], number: u32) -> Self {
        let mut hash = Sha256::new();
        hash.update(b"linli-doc-1");
        hash.update([kind.code()]);
        hash.update(of);
        hash.update(number.to_be_bytes());
        let digest = hash.finalize();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        // RFC 9562 version 8: "custom", so that a derived id never looks like a random one.
        Self(
            *uuid::Builder::from_custom_bytes(bytes)
                .into_uuid()
                .as_bytes(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derived_ids_are_golden_and_distinct() {
        let dwelling = DocId::from_bytes([7; 16]);
        let first = DocId::of_occupancy(Kind::Household, dwelling, 1);
        // Changing this value breaks every phone in the field: it must never change.
        assert_eq!(first.to_string(), "6d2d66d7-55cc-83fb-80f6-69a187ff7bca");
        assert_ne!(first, DocId::of_occupancy(Kind::Household, dwelling, 2));
        assert_ne!(first, DocId::of_occupancy(Kind::Care, dwelling, 1));
        assert_ne!(
            DocId::of_resident(EntryId::from_bytes([7; 16])),
            DocId::of_occupancy(Kind::CareNamed, dwelling, 1)
        );
    }

    #[test]
    fn text_round_trips_and_rejects_nonsense() {
        let id = IntentId::new(1_700_000_000_000, [3; 10]);
        assert_eq!(id.to_string().parse::<IntentId>(), Ok(id));
        assert_eq!("not an id".parse::<IntentId>(), Err(BadId));
    }
}
