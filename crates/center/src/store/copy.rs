//! A consistent copy of the database, taken beside whatever else goes on.

use std::path::Path;

use linli_model::ids::MediaId;
use rusqlite::{Connection, OpenFlags};

use super::{Store, StoreError, Tables};

/// A copy that lies there for itself.
pub(crate) struct Copy {
    conn: Connection,
}

/// A photo in a copy.
pub(crate) struct CopiedPhoto {
    pub(crate) id: MediaId,
    pub(crate) sha256: [u8; 32],
    pub(crate) bytes: u64,
    pub(crate) verified: bool,
}

impl Store {
    /// Copies everything that is committed now into a new file.
    pub(crate) fn copy_to(&self, path: &Path) -> Result<(), StoreError> {
        let name = path.to_str().ok_or(StoreError::Damaged("path"))?;
        self.inner.readers.alone(|conn| {
            conn.execute("VACUUM INTO ?1", [name])?;
            Ok(())
        })
    }
}

impl Copy {
    /// Opens a copy; it must be whole.
    pub(crate) fn open(path: &Path) -> Result<Self, StoreError> {
        let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        let word: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        if word == "ok" {
            Ok(Self { conn })
        } else {
            Err(StoreError::Damaged("database"))
        }
    }

    /// What it says.
    pub(crate) fn tables(&self) -> Tables<'_> {
        Tables { conn: &self.conn }
    }

    /// Every photo it knows.
    pub(crate) fn photos(&self) -> Result<Vec<CopiedPhoto>, StoreError> {
        let mut statement = self
            .conn
            .prepare("SELECT id, sha256, bytes, verified FROM media ORDER BY id")?;
        let rows = statement.query_map([], |row| {
            Ok(CopiedPhoto {
                id: MediaId::from_bytes(row.get(0)?),
                sha256: row.get(1)?,
                bytes: row.get(2)?,
                verified: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What is still coming doesn't come along: its phone begins it anew.
    pub(crate) fn forget_uploads(&self) -> Result<(), StoreError> {
        self.conn.execute("DELETE FROM upload", [])?;
        Ok(())
    }

    /// A photo whose bytes didn't come along: its phone sends it again.
    pub(crate) fn forget_photo(&self, id: MediaId) -> Result<(), StoreError> {
        self.conn
            .execute("DELETE FROM media WHERE id = ?1", [id.as_bytes()])?;
        Ok(())
    }
}
