//! The zip, written while it is read: one photo is in memory at a time, however many there are.
//!
//! Photos come first, then the manifest, which says what really went in, then the sums. JPEGs
//! don't get smaller, so everything is stored as it is.
//!
//! The format is left to `rawzip`: it needs nothing else and has no unsafe code. It says how long an
//! entry is behind it, not before it: programs read that from the end of the zip, and only those that
//! unpack while they receive can't.

use std::io::{self, Write};
use std::mem;
use std::sync::{Arc, Mutex, PoisonError};
use std::vec;

use axum::body::Bytes;
use futures_util::Stream;
use futures_util::stream::try_unfold;
use rawzip::ZipArchiveWriter;
use rawzip::time::UtcDateTime;
use sha2::{Digest, Sha256};
use tokio::task::spawn_blocking;

use super::manifest::{DAMAGED, Manifest, Missing, Picture};
use crate::center::Center;

/// A zip on its way.
pub(super) struct Pack {
    center: Arc<Center>,
    manifest: Manifest,
    left: vec::IntoIter<Picture>,
    zip: ZipArchiveWriter<Spool>,
    spool: Spool,
    /// `SHA256SUMS`.
    sums: String,
    at: i64,
}

impl Pack {
    pub(super) fn new(
        center: Arc<Center>,
        manifest: Manifest,
        pictures: Vec<Picture>,
        at: i64,
    ) -> Self {
        let spool = Spool::default();
        Self {
            center,
            manifest,
            left: pictures.into_iter(),
            zip: ZipArchiveWriter::new(spool.clone()),
            spool,
            sums: String::new(),
            at,
        }
    }

    /// Its bytes. Nothing is read before somebody wants it; an error cuts it off, and no program
    /// takes a zip without its end for a whole one.
    pub(super) fn stream(self) -> impl Stream<Item = io::Result<Bytes>> + Send {
        try_unfold(Some(self), |pack| async {
            let Some(pack) = pack else { return Ok(None) };
            pack.further().await.map(Some)
        })
    }

    /// The next piece, and what is left.
    async fn further(mut self) -> io::Result<(Bytes, Option<Self>)> {
        let Some(picture) = self.left.next() else {
            return spawn_blocking(move || self.end())
                .await?
                .map(|end| (end, None));
        };
        let content = self.center.contents.get(picture.content).await;
        let jpeg = content.map_err(io::Error::other)?;
        spawn_blocking(move || {
            self.photo(picture, jpeg)?;
            Ok((self.spool.take(), Some(self)))
        })
        .await?
    }

    fn photo(&mut self, mut picture: Picture, jpeg: Option<Bytes>) -> io::Result<()> {
        let sound = jpeg.filter(|jpeg| Sha256::digest(jpeg)[..] == picture.content);
        let Some(jpeg) = sound else {
            self.manifest.missing.push(Missing::new(picture, DAMAGED));
            return Ok(());
        };
        let number = self.manifest.photos.len() + 1;
        picture.file = format!("{number:02}-{}.jpg", &picture.sha256[..8]);
        self.file(&picture.file, &jpeg)?;
        self.manifest.photos.push(picture);
        Ok(())
    }

    /// A file, with its line in the sums.
    fn file(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let hash = hex::encode(Sha256::digest(bytes));
        self.sums.push_str(&format!("{hash}  {name}\n"));
        self.entry(name, bytes)
    }

    fn entry(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let at = UtcDateTime::from_unix(self.at.div_euclid(1_000));
        let file = self.zip.new_file(name).last_modified(at);
        let started = file.unix_permissions(0o644).start();
        let (mut entry, config) = started.map_err(io::Error::other)?;
        let mut writer = config.wrap(&mut entry);
        writer.write_all(bytes)?;
        let (_, sizes) = writer.finish().map_err(io::Error::other)?;
        entry.finish(sizes).map_err(io::Error::other)?;
        Ok(())
    }

    fn end(mut self) -> io::Result<Bytes> {
        let manifest = serde_json::to_vec_pretty(&self.manifest)?;
        self.file("manifest.json", &manifest)?;
        let sums = mem::take(&mut self.sums);
        self.entry("SHA256SUMS", sums.as_bytes())?;
        self.zip.finish().map_err(io::Error::other)?;
        Ok(self.spool.take())
    }
}

/// What the zip has written and nobody has read yet.
#[derive(Debug, Clone, Default)]
struct Spool(Arc<Mutex<Vec<u8>>>);

impl Spool {
    fn take(&self) -> Bytes {
        mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner)).into()
    }
}

impl Write for Spool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut spool = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        spool.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
