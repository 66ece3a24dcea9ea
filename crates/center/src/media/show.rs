//! A photo, or a smaller size of it, for whoever may see it.

use std::sync::Arc;

use axum::body::Bytes;
use axum::http::StatusCode;
use linli_model::ids::MediaId;
use tokio::task::spawn_blocking;

use super::sizes::{self, Size};
use crate::center::Center;
use crate::failure::Failure;
use crate::store::StoreError;

/// It is here and no picture that can be made smaller.
const NO_PICTURE: Failure = Failure::new(StatusCode::NOT_FOUND, "not_found");

/// The bytes of a verified photo, or of a size of it.
pub(crate) async fn read(center: &Arc<Center>, id: MediaId, size: Size) -> Result<Bytes, Failure> {
    let row = center.store.read(move |tables| tables.media(id)).await?;
    let sha256 = row
        .filter(|row| row.verified)
        .map(|row| row.sha256)
        .ok_or(Failure::NOT_FOUND)?;
    let data = center.data.clone();
    let kept = spawn_blocking(move || sizes::kept(&data, &sha256, size)).await;
    if let Ok(Some(kept)) = kept {
        return Ok(kept.into());
    }
    let whole = center
        .contents
        .get(sha256)
        .await?
        .ok_or(Failure::NOT_FOUND)?;
    if size == Size::Whole {
        return Ok(whole);
    }
    let _turn = center
        .contents
        .making
        .acquire()
        .await
        .map_err(|_| StoreError::Closed)?;
    let (data, jpeg) = (center.data.clone(), whole.clone());
    let made = spawn_blocking(move || sizes::make(&data, &sha256, &jpeg, size)).await;
    let small = made.map_err(|_| NO_PICTURE)?.map_err(|_| NO_PICTURE)?;
    let Some(small) = small else {
        return Ok(whole);
    };
    // Erased meanwhile: then nothing of it is left behind.
    if !center
        .store
        .read(move |tables| tables.is_content(sha256))
        .await?
    {
        let data = center.data.clone();
        let gone = spawn_blocking(move || sizes::remove(&data, &sha256)).await;
        gone.map_err(|_| Failure::NOT_FOUND)?
            .map_err(StoreError::from)?;
        return Err(Failure::NOT_FOUND);
    }
    Ok(small.into())
}
