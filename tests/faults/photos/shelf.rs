//! What the center has, read beside it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};
use sha2::{Digest, Sha256};

/// A center's data folder, seen from outside.
pub(crate) struct Shelf {
    folder: PathBuf,
    connection: Connection,
    /// Photos of the demo county.
    before: (usize, u64),
}

impl Shelf {
    pub(crate) fn open(folder: &Path) -> Self {
        let path = folder.join("center.db");
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
            .expect("the center's database");
        connection
            .busy_timeout(std::time::Duration::from_secs(5))
            .expect("patience");
        let mut shelf = Self {
            folder: folder.to_owned(),
            connection,
            before: (0, 0),
        };
        shelf.before = shelf.arrived();
        shelf
    }

    /// How many photos of phones are verified, and their bytes.
    pub(crate) fn arrived(&self) -> (usize, u64) {
        let (count, bytes): (i64, i64) = self
            .connection
            .query_row(
                "SELECT count(*), coalesce(sum(bytes), 0) FROM media WHERE verified = 1",
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .expect("photos");
        let count = usize::try_from(count).expect("a count") - self.before.0;
        (count, u64::try_from(bytes).expect("bytes") - self.before.1)
    }

    /// Photos that phones sent and that are verified, with their bytes.
    pub(crate) fn verified(&self) -> BTreeMap<String, u64> {
        let mut statement = self
            .connection
            .prepare(
                "SELECT lower(hex(id)), bytes FROM media
                 WHERE verified = 1 AND enrolment IS NOT NULL",
            )
            .expect("photos");
        let rows = statement
            .query_map([], |row| {
                let (hex, bytes): (String, i64) = (row.get(0)?, row.get(1)?);
                let parts = [
                    &hex[..8],
                    &hex[8..12],
                    &hex[12..16],
                    &hex[16..20],
                    &hex[20..],
                ];
                Ok((parts.join("-"), u64::try_from(bytes).unwrap_or(0)))
            })
            .expect("photos");
        rows.collect::<Result<_, _>>().expect("photos")
    }

    /// Every content on the disk is what its name says, is what a record says, and nothing is
    /// there twice or half.
    pub(crate) fn holds_what_records_say(&self, photos: &BTreeMap<String, u64>) {
        let mut statement = self
            .connection
            .prepare(
                "SELECT DISTINCT lower(hex(m.sha256)) FROM media m
                 JOIN media_fact f ON f.id = m.id AND f.sha256 = m.sha256 WHERE m.enrolment IS NOT NULL",
            )
            .expect("facts");
        let hashes: Vec<String> = statement
            .query_map([], |row| row.get(0))
            .expect("facts")
            .collect::<Result<_, _>>()
            .expect("facts");
        assert_eq!(hashes.len(), photos.len(), "no two pictures are alike");
        for hash in hashes {
            let path = self
                .folder
                .join("media")
                .join(&hash[..2])
                .join(format!("{hash}.jpg"));
            let bytes = std::fs::read(path).expect("a content");
            assert_eq!(hex::encode(Sha256::digest(&bytes)), hash);
        }
        let parts: i64 = self
            .connection
            .query_row("SELECT count(*) FROM upload WHERE done = 0", [], |row| {
                row.get(0)
            })
            .expect("uploads");
        assert_eq!(parts, 0, "nothing is left half");
    }
}
