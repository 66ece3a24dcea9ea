//! Reading ids and hashes from rows.

use linli_model::ids::{DocId, EntryId, IntentId, MediaId, PersonId};
use linli_model::value::Hash;
use rusqlite::Row;
use rusqlite::types::{FromSqlError, Type};

/// Something that is kept as bytes.
pub(crate) trait FromBytes: Sized {
    fn from_stored(bytes: &[u8]) -> Option<Self>;
}

macro_rules! id {
    ($($name:ty),*) => {$(
        impl FromBytes for $name {
            fn from_stored(bytes: &[u8]) -> Option<Self> {
                Self::try_from(bytes).ok()
            }
        }
    )*};
}
id!(DocId, EntryId, IntentId, MediaId, PersonId);

impl FromBytes for Hash {
    fn from_stored(bytes: &[u8]) -> Option<Self> {
        Self::from_slice(bytes)
    }
}

/// A required id or hash.
pub(crate) fn get<T: FromBytes>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let value = row.get_ref(column)?;
    T::from_stored(value.as_blob().map_err(|_| wrong(column))?).ok_or_else(|| wrong(column))
}

/// An id or hash that may be absent.
pub(crate) fn maybe<T: FromBytes>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<T>> {
    match row
        .get_ref(column)?
        .as_blob_or_null()
        .map_err(|_| wrong(column))?
    {
        Some(bytes) => T::from_stored(bytes).map(Some).ok_or_else(|| wrong(column)),
        None => Ok(None),
    }
}

fn wrong(column: usize) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(
        column,
        Type::Blob,
        Box::new(FromSqlError::InvalidType),
    )
}
