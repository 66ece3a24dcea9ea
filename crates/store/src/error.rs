//! What can go wrong with the database.

use linli_model::document::DocumentError;

/// An error of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The key doesn't open this file.
    #[error("the key does not open the database")]
    WrongKey,
    /// The file is damaged: put it aside, keep it, report it.
    #[error("the database is damaged")]
    Damaged,
    /// Written by a newer version of the app.
    #[error("the database belongs to a newer version")]
    TooNew,
    /// No room left on the phone.
    #[error("no space left")]
    DiskFull,
    /// A document, intent or photo that isn't here.
    #[error("not found")]
    NotFound,
    /// What an edit was made on is no longer on this phone.
    #[error("what it was written on is gone")]
    BaseGone,
    /// It is about somebody or something that was erased.
    #[error("erased")]
    Erased,
    /// Nothing is written here any more: see [`Store::retire`](crate::Store::retire).
    #[error("nothing is written here any more")]
    Retired,
    /// A document refused an edit.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// Anything else from SQLite; holds no user data.
    #[error("sqlite: {0}")]
    Sqlite(rusqlite::Error),
    /// A row that doesn't decode.
    #[error("a stored {0} does not decode")]
    Row(&'static str),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match &error {
            rusqlite::Error::SqliteFailure(e, _) => match e.code {
                ErrorCode::DiskFull => Self::DiskFull,
                // No room for the file that readers and the writer share.
                _ if e.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE => Self::DiskFull,
                ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Self::Damaged,
                _ => Self::Sqlite(error),
            },
            rusqlite::Error::QueryReturnedNoRows => Self::NotFound,
            _ => Self::Sqlite(error),
        }
    }
}
