//! What can go wrong with the database.

/// A failure of storage. The text is for logs and holds no user data.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database said no.
    #[error("database: {0}")]
    Sql(&'static str, Option<i32>),
    /// The writer has stopped.
    #[error("the database is closed")]
    Closed,
    /// What was stored can't be read back.
    #[error("damaged row: {0}")]
    Damaged(&'static str),
    /// A file beside the database.
    #[error("file: {0}")]
    File(std::io::ErrorKind),
    /// The store that photos lie in, when it isn't a folder.
    #[error("the store of photos doesn't answer as it should")]
    Contents,
}

impl StoreError {
    /// Whether it is for want of room.
    pub fn is_full(&self) -> bool {
        use std::io::ErrorKind;
        match self {
            // The extended code's last byte is what went wrong.
            Self::Sql(_, Some(code)) => {
                code & 0xff == rusqlite::ffi::SQLITE_FULL
                    || *code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE
            }
            Self::File(kind) => {
                matches!(kind, ErrorKind::StorageFull | ErrorKind::QuotaExceeded)
            }
            _ => false,
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        // Names only: the full text may quote values.
        match error {
            rusqlite::Error::SqliteFailure(error, _) => {
                Self::Sql("sqlite refused", Some(error.extended_code))
            }
            rusqlite::Error::QueryReturnedNoRows => Self::Sql("no row", None),
            rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..) => Self::Damaged("column"),
            _ => Self::Sql("statement", None),
        }
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        Self::File(error.kind())
    }
}
