//! Values and writes: the only things a document is made of.

use minicbor::data::Type;
use minicbor::{Decode, Encode};

/// A scalar. There are no lists, texts, counters or deletions in our documents.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Cleared.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number; times are milliseconds, positions 1e-7 degrees.
    Int(i64),
    /// Text or a code.
    Text(String),
    /// Packed data: an id, a hash, an outline.
    Bytes(Vec<u8>),
}

impl Value {
    /// Text, or empty for anything else.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            _ => "",
        }
    }

    /// The number, if it is one.
    pub fn int(&self) -> Option<i64> {
        match self {
            Self::Int(number) => Some(*number),
            _ => None,
        }
    }

    /// True only for a true boolean.
    pub fn is_true(&self) -> bool {
        matches!(self, Self::Bool(true))
    }

    /// The bytes, or none.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            _ => &[],
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}
impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}
impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Bool(flag)
    }
}
impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

impl<C> Encode<C> for Value {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        match self {
            Self::Null => e.null()?,
            Self::Bool(flag) => e.bool(*flag)?,
            Self::Int(number) => e.i64(*number)?,
            Self::Text(text) => e.str(text)?,
            Self::Bytes(bytes) => e.bytes(bytes)?,
        };
        Ok(())
    }
}

impl<'b, C> Decode<'b, C> for Value {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        match d.datatype()? {
            Type::Null => d.null().map(|()| Self::Null),
            Type::Bool => d.bool().map(Self::Bool),
            Type::String => d.str().map(Self::from),
            Type::Bytes => d.bytes().map(|bytes| Self::Bytes(bytes.to_vec())),
            _ => d.i64().map(Self::Int),
        }
    }
}

/// One field set to one value. Paths have one to three parts: `cycle_days`,
/// `mobility/<resident>`, `phones/<entry>/number`; the maps on the way are made when the
/// entry is new.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct Write {
    /// Field path.
    #[n(0)]
    pub path: String,
    /// New value.
    #[n(1)]
    pub value: Value,
}

impl Write {
    /// A write of `value` at `path`.
    pub fn new(path: impl Into<String>, value: impl Into<Value>) -> Self {
        Self {
            path: path.into(),
            value: value.into(),
        }
    }

    /// A write that clears the field.
    pub fn clear(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            value: Value::Null,
        }
    }
}

/// A change's SHA-256, its name everywhere.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Encode, Decode)]
#[cbor(transparent)]
pub struct Hash(#[cbor(with = "minicbor::bytes")] pub [u8; 32]);

impl Hash {
    /// From hex, as screens carry it.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).ok()?;
        Some(Self(bytes))
    }

    /// From stored bytes.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }
}

impl std::fmt::Display for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl std::fmt::Debug for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Hash({})", hex::encode(&self.0[..4]))
    }
}

impl From<automerge::ChangeHash> for Hash {
    fn from(hash: automerge::ChangeHash) -> Self {
        Self(hash.0)
    }
}

impl From<Hash> for automerge::ChangeHash {
    fn from(hash: Hash) -> Self {
        Self(hash.0)
    }
}
