//! A body goes into a file.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use futures_util::StreamExt;
use ring::digest;
use tokio::task::spawn_blocking;
use tokio::time::Instant;

use super::headers::Checksum;
use super::holds::Hold;
use super::{part, refuse};
use crate::center::Center;
use crate::failure::Failure;
use crate::store::StoreError;

/// Bytes that are gathered before they go to the disk: what a killed center loses of a photo.
const GATHER: usize = 16 * 1024;

/// How long one that has to make way goes on at most: what has reached this machine already needs
/// not be sent again.
const WAY: Duration = Duration::from_secs(2);
/// And how long it waits for more of that.
const QUIET: Duration = Duration::from_millis(50);

/// Where a piece goes.
pub(super) struct To {
    pub(super) part: PathBuf,
    /// Bytes that are there.
    pub(super) at: u64,
    /// Bytes of the whole.
    pub(super) whole: u64,
    pub(super) checksum: Option<Checksum>,
}

/// Takes a piece; how much is there then, on the disk for good. What came of one that broke off is
/// kept, unless it has a checksum or is too long.
pub(super) async fn take(
    center: &Center,
    hold: &mut Hold<'_>,
    body: Body,
    to: To,
) -> Result<u64, Failure> {
    let room = to.whole - to.at;
    if body.size_hint().lower() > room {
        return Err(Failure::TOO_LARGE);
    }
    let noted = |error: io::Error| {
        let error = StoreError::from(error);
        center.store.room().note(&error);
        Failure::from(error)
    };
    let aside = to.checksum.as_ref().map(|_| part::beside(&to.part));
    let target = aside.clone().unwrap_or_else(|| to.part.clone());
    let pen = Pen::open(target, aside.is_some(), to.checksum.as_ref()).await;
    let mut pen = match pen.map_err(noted) {
        Ok(pen) => pen,
        Err(failure) => return Err(refuse::heard_out(failure, body).await),
    };
    let (came, written) = pour(center, hold, body, room, &mut pen).await;
    let Pen { file, digest, .. } = pen;
    let part = to.part.clone();
    let right = to
        .checksum
        .as_ref()
        .zip(digest)
        .map(|(checksum, digest)| came.is_ok() && digest.finish().as_ref() == checksum.is);
    let keep = right.unwrap_or(!matches!(came, Err(Broken::TooMuch)));
    let settled = spawn_blocking(move || settle(&part, aside.as_deref(), file, to.at, keep)).await;
    let length = settled.map_err(|_| Failure::BAD_REQUEST)?.map_err(noted)?;
    written.map_err(noted)?;
    match came {
        Ok(()) if right == Some(false) => Err(refuse::checksum()),
        Ok(()) => Ok(length),
        Err(Broken::TooMuch) => Err(Failure::TOO_LARGE),
        Err(Broken::Late) => Err(refuse::TOO_SLOW),
        Err(Broken::Overtaken) => Err(refuse::LOCKED),
        Err(Broken::Cut) => Err(Failure::BAD_REQUEST),
    }
}

/// Why a body isn't whole.
enum Broken {
    Cut,
    Late,
    Overtaken,
    TooMuch,
}

async fn pour(
    center: &Center,
    hold: &mut Hold<'_>,
    body: Body,
    room: u64,
    pen: &mut Pen,
) -> (Result<(), Broken>, io::Result<()>) {
    let end = Instant::now() + center.config.limits.body();
    let mut body = body.into_data_stream();
    let (mut came, mut overtaken) = (0, None);
    let broken = loop {
        let next = tokio::select! {
            next = body.next() => next,
            () = hold.overtaken(), if overtaken.is_none() => {
                overtaken = Some(Instant::now() + WAY);
                continue;
            }
            () = quiet(overtaken) => break Err(Broken::Overtaken),
            () = tokio::time::sleep_until(end) => break Err(Broken::Late),
        };
        match next {
            None => break Ok(()),
            Some(Err(_)) => break Err(Broken::Cut),
            Some(Ok(bytes)) => {
                came += bytes.len() as u64;
                if came > room {
                    break Err(Broken::TooMuch);
                }
                if let Err(error) = pen.write(bytes).await {
                    refuse::hear_the_rest(&mut body).await;
                    return (Ok(()), Err(error));
                }
            }
        }
    };
    (broken, pen.put_down().await)
}

/// Ready when one that has to make way has nothing more to take in.
async fn quiet(overtaken: Option<Instant>) {
    match overtaken {
        Some(end) => tokio::time::sleep_until(end.min(Instant::now() + QUIET)).await,
        None => std::future::pending().await,
    }
}

/// Puts what came on the disk, or takes it back; how much is there.
fn settle(
    part: &Path,
    aside: Option<&Path>,
    file: Option<File>,
    at: u64,
    keep: bool,
) -> io::Result<u64> {
    let Some(aside) = aside else {
        let file = match file {
            Some(file) => file,
            None => part::open(part)?,
        };
        let settled = if keep {
            file.sync_data()
        } else {
            file.set_len(at).and_then(|()| file.sync_data())
        };
        if let Err(error) = settled {
            // What isn't on the disk for good was never there.
            file.set_len(at)?;
            return Err(error);
        }
        return Ok(file.metadata()?.len());
    };
    drop(file);
    let joined = if keep { join(part, aside, at) } else { Ok(at) };
    // It may stay; the next piece begins it anew.
    let _gone = std::fs::remove_file(aside);
    joined
}

fn join(part: &Path, piece: &Path, at: u64) -> io::Result<u64> {
    let mut file = part::open(part)?;
    let joined = File::open(piece)
        .and_then(|mut piece| io::copy(&mut piece, &mut file))
        .and_then(|_| file.sync_data());
    match joined {
        Ok(()) => Ok(file.metadata()?.len()),
        Err(error) => {
            file.set_len(at)?;
            Err(error)
        }
    }
}

/// Writes on a thread that may wait for the disk.
struct Pen {
    file: Option<File>,
    gathered: Vec<u8>,
    digest: Option<digest::Context>,
}

impl Pen {
    async fn open(path: PathBuf, anew: bool, checksum: Option<&Checksum>) -> io::Result<Self> {
        let file = off(move || {
            let file = part::open(&path)?;
            if anew {
                file.set_len(0)?;
            }
            Ok(file)
        });
        Ok(Self {
            file: Some(file.await?),
            gathered: Vec::new(),
            digest: checksum.map(|checksum| digest::Context::new(checksum.algorithm)),
        })
    }

    async fn write(&mut self, bytes: Bytes) -> io::Result<()> {
        if let Some(digest) = &mut self.digest {
            digest.update(&bytes);
        }
        self.gathered.extend_from_slice(&bytes);
        if self.gathered.len() < GATHER {
            return Ok(());
        }
        self.put_down().await
    }

    async fn put_down(&mut self) -> io::Result<()> {
        let (Some(mut file), gathered) = (self.file.take(), std::mem::take(&mut self.gathered))
        else {
            return Ok(());
        };
        let (file, written) = spawn_blocking(move || {
            let written = file.write_all(&gathered);
            (file, written)
        })
        .await
        .map_err(io::Error::other)?;
        self.file = Some(file);
        written
    }
}

async fn off<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    spawn_blocking(work).await.map_err(io::Error::other)?
}
