//! Photos come in as a file in the incoming folder.

use linli_model::ids::MediaId;
use linli_picture::mosaic::Stroke;
use linli_store::media::{self, pending};

use crate::EdgeError;
use crate::api::Empty;
use crate::api::change::{Changed, Topic};
use crate::api::media::{
    ImportMedia, MaskMedia, MediaId as Which, MediaItem, PlaceMedia, TakeMedia,
};
use crate::desk::id;
use crate::error::Outcome;
use crate::locate::on_earth;
use crate::media::capture::{self, Capture, may_place};
use crate::media::pipeline;
use crate::phone::Phone;

/// Strokes and points of one masking: more is no finger.
const MOST_STROKES: usize = 500;
const MOST_POINTS: usize = 20_000;

/// Makes room for a photo, before a camera or an album opens.
pub(crate) async fn take_media(phone: &Phone, request: TakeMedia) -> Outcome<Which> {
    known_source(&request.source)?;
    let position = on_earth(request.position)?.filter(|at| may_place(&request.source, at));
    let capture = Capture {
        position,
        ..Capture::default()
    };
    let id = pipeline::begin(phone, request.source, capture).await?;
    Ok(Which { id: id.to_string() })
}

/// Takes in a picture: unfolded, encrypted, kept; then the incoming file is removed.
pub(crate) async fn import_media(phone: &Phone, request: ImportMedia) -> Outcome<MediaItem> {
    known_source(&request.source)?;
    pipeline::import(phone, id(&request.id)?, request.source).await
}

/// Says where a photo was taken.
pub(crate) async fn place_media(phone: &Phone, request: PlaceMedia) -> Outcome<MediaItem> {
    let position = on_earth(request.position)?;
    let direction = request.direction.filter(|degrees| degrees.is_finite());
    pipeline::place(
        phone,
        id(&request.id)?,
        position,
        direction,
        request.settled,
    )
    .await
}

/// Makes parts of a photo unrecognisable for good.
pub(crate) async fn mask_media(phone: &Phone, request: MaskMedia) -> Outcome<MediaItem> {
    let points: usize = request.strokes.iter().map(|one| one.points.len()).sum();
    if request.strokes.len() > MOST_STROKES || points > MOST_POINTS {
        return Err(EdgeError::bad_input("strokes"));
    }
    let strokes = request
        .strokes
        .into_iter()
        .map(|stroke| Stroke {
            points: stroke.points,
            radius: stroke.radius.clamp(0.0, 0.5),
        })
        .collect();
    pipeline::mask(phone, id(&request.id)?, strokes).await
}

/// One photo.
pub(crate) async fn media(phone: &Phone, request: Which) -> Outcome<MediaItem> {
    phone
        .read(move |tx, _| {
            let id: MediaId = id(&request.id)?;
            let capture = Capture::read(&pending::facts(tx, id)?);
            Ok(capture::item(&media::get(tx, id)?, &capture))
        })
        .await
}

/// Own photos that no report names: those of an open form, and what a kill left of one.
pub(crate) async fn loose_media(phone: &Phone, _: Empty) -> Outcome<Vec<MediaItem>> {
    phone
        .read(|tx, _| {
            let mut items = Vec::new();
            for photo in pending::loose(tx)? {
                if photo.stage > media::Stage::Taking {
                    let capture = Capture::read(&pending::facts(tx, photo.id)?);
                    items.push(capture::item(&photo, &capture));
                }
            }
            Ok(items)
        })
        .await
}

/// Drops a photo that no record names yet.
pub(crate) async fn drop_media(phone: &Phone, request: Which) -> Outcome<Changed> {
    pipeline::forget(phone, id(&request.id)?).await?;
    Ok(Changed {
        topics: vec![Topic::Media],
        ..Changed::default()
    })
}

fn known_source(source: &str) -> Outcome<()> {
    if matches!(source, "camera" | "album" | "share") {
        Ok(())
    } else {
        Err(EdgeError::bad_input("source"))
    }
}
