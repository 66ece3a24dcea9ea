//! This phone is in step and holds something else than the center: finds out where, and reads
//! just these documents again (DESIGN §4.7).
//!
//! What the center doesn't have stays here all the same: it may be the only copy.

use linli_model::ids::DocId;
use linli_protocol::digest::{Digest, part_of};
use linli_protocol::repair::{Repair, Repaired};
use linli_protocol::sync::Page;
use linli_store::{digest, meta, page};

use super::exchange::keep_page;
use super::wire::Link;
use super::{SyncError, unpack};
use crate::phone::Phone;

/// How long after one repair the next may come, milliseconds: a fault that doesn't go away must
/// not cost the owner's data plan.
const APART_MS: i64 = 600_000;
/// Documents asked for at once.
const AT_ONCE: usize = 200;

/// Compares all buckets with `center`'s digests and mends those that differ. Returns how many
/// documents were read again or let go.
pub(super) async fn repair(
    phone: &Phone,
    link: &Link,
    center: Vec<(u16, Digest)>,
) -> Result<usize, SyncError> {
    let wrong = phone
        .transact(move |tx, desk| {
            let last = meta::number(tx, "repaired_at")?;
            if last > 0 && (desk.now_ms - last).abs() < APART_MS {
                return Ok(Vec::new());
            }
            meta::set(tx, "repaired_at", desk.now_ms)?;
            let mut wrong = Vec::new();
            for (position, digest) in center {
                if digest::of_bucket(tx, position)? != digest {
                    wrong.push(position);
                }
            }
            Ok(wrong)
        })
        .await?;
    let mut mended = 0;
    for position in wrong {
        mended += bucket(phone, link, position).await?;
    }
    if mended > 0 {
        tracing::warn!(mended, "documents differed from the center's");
    }
    Ok(mended)
}

async fn bucket(phone: &Phone, link: &Link, position: u16) -> Result<usize, SyncError> {
    let ask = Repair {
        position,
        ..Repair::default()
    };
    let theirs: Repaired = link.post("/v1/repair", &ask).await?;
    let theirs = theirs.parts.unwrap_or_default();
    let parts = phone
        .read(move |tx, _| {
            let mut own = std::collections::BTreeMap::<u8, Digest>::new();
            for (doc, digest) in digest::docs(tx, position, None)? {
                own.entry(part_of(doc)).or_default().add(digest);
            }
            let theirs: std::collections::BTreeMap<u8, Digest> = theirs.into_iter().collect();
            Ok((0..=u8::MAX)
                .filter(|part| own.get(part) != theirs.get(part))
                .collect::<Vec<u8>>())
        })
        .await?;
    if parts.is_empty() {
        return Ok(0);
    }
    let ask = Repair {
        position,
        parts: Some(parts.clone()),
        docs: None,
    };
    let theirs: Repaired = link.post("/v1/repair", &ask).await?;
    let theirs = theirs.docs.unwrap_or_default();
    let (gone, missing) = phone
        .read(move |tx, _| {
            let own = digest::docs(tx, position, Some(&parts))?;
            let gone: Vec<DocId> = own
                .iter()
                .filter(|(doc, _)| theirs.iter().all(|one| one.doc != *doc))
                .map(|(doc, _)| *doc)
                .collect();
            let missing: Vec<DocId> = theirs
                .iter()
                .filter(|one| !own.contains(&(one.doc, u128::from_be_bytes(one.digest))))
                .map(|one| one.doc)
                .collect();
            Ok((gone, missing))
        })
        .await?;
    let mended = gone.len() + missing.len();
    phone
        .transact(move |tx, _| {
            for doc in gone {
                page::leave(tx, doc, position)?;
            }
            Ok(())
        })
        .await?;
    documents(phone, link, position, missing).await?;
    Ok(mended)
}

async fn documents(
    phone: &Phone,
    link: &Link,
    position: u16,
    mut wanted: Vec<DocId>,
) -> Result<(), SyncError> {
    while !wanted.is_empty() {
        let some: Vec<DocId> = wanted.iter().take(AT_ONCE).copied().collect();
        let ask = Repair {
            position,
            parts: None,
            docs: Some(some),
        };
        let answer: Repaired = link.post("/v1/repair", &ask).await?;
        let done = answer.done.unwrap_or_default() as usize;
        if done == 0 {
            // A center that sends nothing would be asked for ever.
            return Ok(());
        }
        wanted.drain(..done.min(wanted.len()));
        let page: Page = unpack::page(&answer.page.unwrap_or_default())?;
        let topics = phone
            .transact(move |tx, desk| {
                let through = u64::try_from(meta::number(tx, "through")?).unwrap_or(0);
                keep_page(tx, desk.session.enrolment(), &page, through)
            })
            .await?;
        phone.tell(topics);
    }
    Ok(())
}
