//! Room on the phone: pictures that the center has, in a backup too, go when they take more than
//! their share, oldest first. Their thumbnails stay, and the picture comes back when it is looked
//! at. What is not verified, or in no backup, never goes.

use linli_store::{Transaction, media, meta};

use crate::api::change::Topic;
use crate::error::Outcome;
use crate::media::vault::Piece;
use crate::phone::Phone;

/// What pictures may take where nothing else is set, megabytes: some 2,000 of them.
const USUAL_MB: i64 = 500;

fn budget(tx: &Transaction<'_>) -> Outcome<u64> {
    let set = meta::number(tx, "photo_budget_mb")?;
    let megabytes = if set > 0 { set } else { USUAL_MB };
    Ok(u64::try_from(megabytes).unwrap_or(0) * 1_000_000)
}

/// Makes room, if pictures take more than they may.
pub(super) async fn thin(phone: &Phone) -> Outcome<()> {
    let thinned = phone
        .read(|tx, desk| {
            let mut sizes = desk.vault.sizes(Piece::Photo);
            let mut sum: u64 = sizes.values().sum();
            let most = budget(tx)?;
            let mut go = Vec::new();
            if sum <= most {
                return Ok(go);
            }
            for id in media::may_thin(tx)? {
                if sum <= most {
                    break;
                }
                if let Some(size) = sizes.remove(&id) {
                    sum -= size;
                    go.push(id);
                }
            }
            Ok(go)
        })
        .await?;
    if thinned.is_empty() {
        return Ok(());
    }
    phone
        .transact(move |tx, _| {
            for id in &thinned {
                media::set_thinned(tx, *id, true)?;
            }
            Ok(thinned)
        })
        .await
        // The row says so first: a kill in between leaves a picture too many, not one too few.
        .map(|gone| {
            if let Some(vault) = phone.state().vault {
                gone.iter()
                    .for_each(|id| vault.drop_piece(*id, Piece::Photo));
            }
        })?;
    phone.tell(vec![Topic::Media]);
    Ok(())
}
