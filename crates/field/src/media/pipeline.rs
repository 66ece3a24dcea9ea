//! A photo's way from a row to a finished picture. Every step may be cut short: the files of a
//! step are written before its row says so, and removed after.

mod due;

use std::path::Path;
use std::sync::Arc;

use linli_model::ids::MediaId;
use linli_picture::mosaic::Stroke;
use linli_store::media::{self, Photo, Stage, pending};
use linli_store::{Store, Transaction, meta};

use super::capture::{self, Capture};
use super::develop::{self, Working};
use super::incoming;
use super::vault::Piece;
use super::words::{self, StampSettings};
use crate::EdgeError;
use crate::api::Position;
use crate::api::change::Topic;
use crate::api::media::MediaItem;
use crate::desk::Desk;
use crate::error::Outcome;
use crate::phone::Phone;

pub(crate) use due::keep_developing;

/// Makes room for a photo before a camera opens.
pub(crate) async fn begin(phone: &Phone, source: String, capture: Capture) -> Outcome<MediaId> {
    let wall = u64::try_from(phone.now_ms()).unwrap_or(0);
    let id = MediaId::new(wall, phone.random());
    phone
        .transact(move |tx, desk| {
            Ok(pending::begin(
                tx,
                id,
                &source,
                desk.now_ms,
                &capture.bytes(),
            )?)
        })
        .await?;
    // Whoever asked may die before the picture comes: somebody has to look after it.
    phone.inner.develop.notify_one();
    Ok(id)
}

/// Takes in the file that a source put into the incoming folder.
///
/// # Errors
/// `not_found` when there is none; `photo_…` when it is no picture for us: then it is gone, its
/// original is where it came from, but for a camera's, which is kept as it came and marked
/// (`unreadable`); anything else, such as `disk_full`, and then it stays and can be tried again.
pub(crate) async fn import(phone: &Phone, id: MediaId, source: String) -> Outcome<MediaItem> {
    let path = incoming::file(&phone.inner.config.data_dir, id);
    let done = at_work(phone, move |room| {
        let (photo, _) = room.photo(id)?;
        if photo.stage != Stage::Taking {
            // Asked twice, or it was taken over meanwhile; perhaps while it was still being
            // written, and this is the whole of it; or the camera's own screen was open for long,
            // and this is the better one of two.
            if photo.doc.is_none() {
                room.seal(id, &path, &source, None).or_else(is_gone)?;
            }
            let _gone = std::fs::remove_file(&path);
            return room.item(id);
        }
        let unfolded = incoming::read(&path).and_then(|bytes| develop::unfold(&bytes));
        let working = match unfolded {
            Ok(working) => working,
            Err(error) => {
                if error.code.starts_with("photo_") {
                    let only = source == "camera";
                    let sealed = only && room.seal(id, &path, &source, Some(&error.code))?;
                    if !sealed {
                        room.write(|tx, _| Ok(pending::drop_loose(tx, id)?))?;
                    }
                    // Clear bytes never stay behind.
                    let _gone = std::fs::remove_file(&path);
                }
                return Err(error);
            }
        };
        let taken_at = if source == "camera" {
            photo.taken_at
        } else {
            room.desk.now_ms
        };
        let kept = room.keep(id, working).and_then(|size| {
            room.write(|tx, _| {
                pending::came(tx, id, &source, taken_at)?;
                Ok(pending::working(tx, id, size)?)
            })
        });
        if let Err(error) = kept {
            // The file is still where it came in: half of what is made of it takes only room.
            room.desk.vault.remove(id);
            return Err(error);
        }
        if let Err(error) = std::fs::remove_file(&path) {
            // It is taken in all the same; the next start removes it.
            tracing::warn!(%error, "a file stays in the incoming folder");
        }
        room.item(id)
    })
    .await;
    phone.tell(vec![Topic::Media]);
    phone.inner.develop.notify_one();
    done
}

/// Says where a photo was taken, while no report names it. A position that may not place it
/// changes nothing.
pub(crate) async fn place(
    phone: &Phone,
    id: MediaId,
    position: Option<Position>,
    direction: Option<f64>,
    settled: bool,
) -> Outcome<MediaItem> {
    let item = phone
        .transact(move |tx, _| {
            let photo = media::get(tx, id)?;
            let mut capture = Capture::read(&pending::facts(tx, id)?);
            let may = position
                .as_ref()
                .is_none_or(|position| capture::may_place(&photo.source, position));
            if may {
                capture.position = position;
                capture.direction = direction.or(capture.direction);
            }
            capture.settled |= settled;
            pending::set_facts(tx, id, &capture.bytes())?;
            Ok(capture::item(&media::get(tx, id)?, &capture))
        })
        .await?;
    phone.tell(vec![Topic::Media]);
    phone.inner.develop.notify_one();
    Ok(item)
}

/// Makes parts of a photo unrecognisable for good.
pub(crate) async fn mask(phone: &Phone, id: MediaId, strokes: Vec<Stroke>) -> Outcome<MediaItem> {
    let item = at_work(phone, move |room| {
        room.develop(id)?;
        let (photo, _) = room.photo(id)?;
        if photo.doc.is_some() {
            return Err(EdgeError::code("photo_reported"));
        }
        let before = room.desk.vault.read(id, Piece::Working)?;
        let working = develop::mask(&before, &strokes)?;
        // From here on it isn't finished: a kill must not leave the unmasked one as the one to
        // be sent. It is called masked only when it is.
        let size = (working.width, working.height);
        room.write(|tx, _| Ok(pending::working(tx, id, size)?))?;
        room.desk.vault.drop_piece(id, Piece::Photo);
        room.keep(id, working)?;
        room.write(|tx, _| {
            // Read again: it may have been placed while it was covered.
            let mut capture = Capture::read(&pending::facts(tx, id)?);
            capture.masked = true;
            Ok(pending::set_facts(tx, id, &capture.bytes())?)
        })?;
        room.item(id)
    })
    .await?;
    phone.inner.shown.forget(id);
    phone.tell(vec![Topic::Media]);
    phone.inner.develop.notify_one();
    Ok(item)
}

/// Drops a photo that no report names.
pub(crate) async fn forget(phone: &Phone, id: MediaId) -> Outcome<()> {
    let path = incoming::file(&phone.inner.config.data_dir, id);
    at_work(phone, move |room| {
        room.write(|tx, _| Ok(pending::drop_loose(tx, id)?))?;
        room.desk.vault.remove(id);
        // There is one only if its source brought something after all.
        let _gone = std::fs::remove_file(path);
        Ok(())
    })
    .await?;
    phone.inner.shown.forget(id);
    // Its camera may bring a file all the same.
    phone.inner.develop.notify_one();
    Ok(())
}

/// Finishes photos that a report is about to name, with what is known of them now: a report does
/// not wait for satellites. One that has no position takes the report's, if that may place it.
pub(crate) async fn finish_for(
    phone: &Phone,
    ids: Vec<MediaId>,
    position: Option<Position>,
) -> Outcome<()> {
    at_work(phone, move |room| {
        for id in ids {
            let (photo, _) = room.photo(id)?;
            if photo.doc.is_some() {
                return Err(EdgeError::bad_input("media"));
            }
            if let Some(position) = &position
                && capture::may_place(&photo.source, position)
            {
                room.write(|tx, _| {
                    let mut capture = Capture::read(&pending::facts(tx, id)?);
                    if capture.position.is_none() {
                        capture.position = Some(position.clone());
                        pending::set_facts(tx, id, &capture.bytes())?;
                    }
                    Ok(())
                })?;
            }
            room.develop(id)?;
            room.finish(id)?;
        }
        Ok(())
    })
    .await
}

/// Drops the working pictures of photos that a report names now; what a kill leaves of them the
/// next start clears away.
pub(crate) fn settle(phone: &Phone, ids: &[MediaId]) {
    if let Some(vault) = phone.state().vault {
        for id in ids {
            vault.drop_piece(*id, Piece::Working);
        }
    }
}

/// Works on pictures on a thread of its own, one at a time: two would need twice the memory.
async fn at_work<T: Send + 'static>(
    phone: &Phone,
    work: impl FnOnce(&Room) -> Outcome<T> + Send + 'static,
) -> Outcome<T> {
    let turn = phone.inner.darkroom.clone().lock_owned().await;
    let (store, desk) = phone.desk()?;
    let room = Room {
        store,
        desk,
        version: phone.inner.config.version.clone(),
    };
    tokio::task::spawn_blocking(move || {
        let done = work(&room);
        // Kept to here: whoever asked may have gone away meanwhile.
        drop(turn);
        done
    })
    .await
    .map_err(|_| EdgeError::code("internal"))?
}

/// A file that isn't there any more is nothing to be sealed.
fn is_gone(error: EdgeError) -> Outcome<bool> {
    if error.code == "not_found" {
        Ok(false)
    } else {
        Err(error)
    }
}

/// What the work needs.
struct Room {
    store: Arc<Store>,
    desk: Desk,
    version: String,
}

impl Room {
    fn write<T>(&self, work: impl FnOnce(&Transaction<'_>, &Desk) -> Outcome<T>) -> Outcome<T> {
        self.store.transact(|tx| work(tx, &self.desk))
    }

    fn photo(&self, id: MediaId) -> Outcome<(Photo, Capture)> {
        self.store.read(|tx| {
            let photo = media::get(tx, id)?;
            Ok((photo, Capture::read(&pending::facts(tx, id)?)))
        })
    }

    fn item(&self, id: MediaId) -> Outcome<MediaItem> {
        let (photo, capture) = self.photo(id)?;
        Ok(capture::item(&photo, &capture))
    }

    /// Writes a working picture and its thumbnail; its pixels.
    fn keep(&self, id: MediaId, working: Working) -> Outcome<(u32, u32)> {
        let size = (working.width, working.height);
        let vault = &self.desk.vault;
        vault
            .write(id, Piece::Working, working.picture)
            .and_then(|()| vault.write(id, Piece::Thumb, working.thumb))?;
        Ok(size)
    }

    /// Keeps the file at `path` as it came; why it can't be unfolded, if that is known. False when
    /// there is nothing in it, or more than anything could hold.
    fn seal(&self, id: MediaId, path: &Path, source: &str, why: Option<&str>) -> Outcome<bool> {
        let bytes = match incoming::read_whole(path) {
            Ok(bytes) if bytes.is_empty() => return Ok(false),
            Err(error) if error.code == "photo_too_large" => return Ok(false),
            read => read?,
        };
        self.desk.vault.write(id, Piece::Raw, bytes)?;
        self.write(|tx, _| {
            let mut capture = Capture::read(&pending::facts(tx, id)?);
            capture.unreadable = why.map(str::to_owned);
            capture.masked = false;
            let taken_at = media::get(tx, id)?.taken_at;
            pending::came(tx, id, source, taken_at)?;
            pending::sealed(tx, id)?;
            Ok(pending::set_facts(tx, id, &capture.bytes())?)
        })?;
        Ok(true)
    }

    /// Unfolds a file that was kept as it came. One that can't be is dropped, unless it is a
    /// camera's: then there is no other.
    fn develop(&self, id: MediaId) -> Outcome<()> {
        let (photo, capture) = self.photo(id)?;
        if photo.stage != Stage::Sealed {
            return Ok(());
        }
        if let Some(code) = capture.unreadable {
            return Err(EdgeError::code(&code));
        }
        let vault = &self.desk.vault;
        let raw = vault.read(id, Piece::Raw)?;
        let working = match develop::unfold(&raw) {
            Ok(working) => working,
            Err(error) if !error.code.starts_with("photo_") => return Err(error),
            Err(error) if photo.source == "camera" => {
                self.write(|tx, _| {
                    let mut capture = Capture::read(&pending::facts(tx, id)?);
                    capture.unreadable = Some(error.code.clone());
                    Ok(pending::set_facts(tx, id, &capture.bytes())?)
                })?;
                return Err(error);
            }
            Err(error) => {
                self.write(|tx, _| Ok(pending::drop_loose(tx, id)?))?;
                vault.remove(id);
                return Err(error);
            }
        };
        let size = self.keep(id, working)?;
        self.write(|tx, _| Ok(pending::working(tx, id, size)?))?;
        vault.drop_piece(id, Piece::Raw);
        Ok(())
    }

    /// Stamps and finishes a working picture.
    fn finish(&self, id: MediaId) -> Outcome<()> {
        let (photo, facts, lines) = self.store.read(|tx| {
            let (photo, facts) = (media::get(tx, id)?, pending::facts(tx, id)?);
            let lines = words::lines(
                tx,
                &self.desk,
                &photo,
                &Capture::read(&facts),
                stamp_settings(tx)?,
            )?;
            Ok::<_, EdgeError>((photo, facts, lines))
        })?;
        if photo.stage != Stage::Working {
            return Ok(());
        }
        let vault = &self.desk.vault;
        let picture = vault.read(id, Piece::Working)?;
        let about = words::facts(&photo, &Capture::read(&facts), &self.version);
        let done = develop::finish(&picture, &lines, &about)?;
        let bytes = done.jpeg.len();
        vault.write(id, Piece::Photo, done.jpeg)?;
        vault.write(id, Piece::Thumb, done.thumb)?;
        let counts =
            self.write(|tx, _| Ok(pending::finished(tx, id, &done.sha256, bytes, &facts)?))?;
        if !counts {
            tracing::debug!("a photo was placed anew meanwhile");
        }
        Ok(())
    }
}

/// Whether and how photos are stamped.
pub(crate) fn stamp_settings(tx: &Transaction<'_>) -> Outcome<StampSettings> {
    Ok(StampSettings {
        on: meta::text(tx, "stamp")?.as_deref() != Some("off"),
        name: meta::text(tx, "stamp_name")?.as_deref() == Some("on"),
    })
}

#[cfg(test)]
mod tests;
