//! Photos come in as a file in the incoming folder.

use std::path::Path;

use linli_model::ids::MediaId;
use linli_store::media::{self, Photo};

use crate::EdgeError;
use crate::api::change::{Changed, Topic};
use crate::api::media::{ImportMedia, MediaId as Which, MediaItem};
use crate::command::case::{Capture, item};
use crate::desk::id;
use crate::error::Outcome;
use crate::media::import;
use crate::phone::Phone;

/// Takes in a picture: finished, encrypted, kept; then the incoming file is removed.
pub(crate) async fn import_media(phone: &Phone, request: ImportMedia) -> Outcome<MediaItem> {
    // A plain file name: nothing may be read from outside the incoming folder.
    if Path::new(&request.file)
        .file_name()
        .is_none_or(|name| name != request.file.as_str())
    {
        return Err(EdgeError::bad_input("file"));
    }
    if !matches!(request.source.as_str(), "camera" | "album" | "share") {
        return Err(EdgeError::bad_input("source"));
    }
    let path = phone.incoming_dir().join(&request.file);
    let finished = {
        let path = path.clone();
        tokio::task::spawn_blocking(move || import::finish(&path))
            .await
            .map_err(|_| EdgeError::code("internal"))?
    };
    let finished = match finished {
        Ok(finished) => finished,
        Err(error) => {
            if error.code == "photo_not_an_image" || error.code == "photo_too_large" {
                // Clear bytes never stay behind; what was picked is still where it came from.
                let _gone = std::fs::remove_file(&path);
            }
            return Err(error);
        }
    };
    let wall = u64::try_from(phone.now_ms()).unwrap_or(0);
    let id = MediaId::new(wall, phone.random());
    let taken = phone
        .transact(move |tx, desk| {
            desk.vault.write(id, false, &finished.jpeg)?;
            desk.vault.write(id, true, &finished.thumb)?;
            let photo = Photo {
                id,
                doc: None,
                sha256: finished.sha256,
                bytes: i64::try_from(finished.jpeg.len()).unwrap_or(i64::MAX),
                width: i64::from(finished.width),
                height: i64::from(finished.height),
                taken_at: request.taken_at.unwrap_or(desk.now_ms),
                source: request.source,
                state: 0,
                own: true,
                here: true,
            };
            let capture = serde_json::to_vec(&Capture {
                position: request.position,
            })
            .map_err(|_| EdgeError::code("internal"))?;
            media::take(tx, &photo, &capture)?;
            Ok(item(&photo))
        })
        .await;
    if taken.is_err()
        && let Some(vault) = phone.state().vault
    {
        // No record names it; the picture itself is still where it came in.
        vault.remove(id);
    }
    let taken = taken?;
    let _gone = std::fs::remove_file(&path);
    phone.tell(vec![Topic::Media]);
    Ok(taken)
}

/// Drops a photo that no record names yet.
pub(crate) async fn drop_media(phone: &Phone, request: Which) -> Outcome<Changed> {
    phone
        .transact(move |tx, desk| {
            let id: MediaId = id(&request.id)?;
            media::drop_loose(tx, id)?;
            desk.vault.remove(id);
            Ok(Changed {
                topics: vec![Topic::Media],
                ..Changed::default()
            })
        })
        .await
}
