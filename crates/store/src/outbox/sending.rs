//! Which intents go to the center now, and which of them are on their way.

use linli_model::ids::IntentId;
use linli_model::intent::Intent;
use linli_model::mutant;
use rusqlite::{Transaction, params};

use crate::error::StoreError;
use crate::record::decode;

/// Intents to send now, oldest first, with their changes, up to `max_bytes` (at least one). An
/// atomic group that was begun is finished, since the center takes it whole. What the center
/// could not decide lately is left out for a while, so that it holds up nothing else.
///
/// # Errors
/// The database.
pub fn unsent(
    tx: &Transaction<'_>,
    now_ms: i64,
    max: usize,
    max_bytes: usize,
) -> Result<Vec<(Intent, Vec<u8>)>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT i.body, coalesce(c.bytes, p.bytes) FROM intent i
         LEFT JOIN change c ON c.hash = i.change LEFT JOIN parted p ON p.hash = i.change
         WHERE i.state IN (0, 1, 3) AND (i.state < 3 OR i.anew = 1)
           AND (i.again_at <= ?1 OR i.again_at > ?1 + ?2)
         ORDER BY i.seq",
    )?;
    let mut rows = statement.query([now_ms, LONGEST_WAIT_MS])?;
    let mut batch: Vec<(Intent, Vec<u8>)> = Vec::new();
    let mut size = 0;
    while let Some(row) = rows.next()? {
        let body: Vec<u8> = row.get(0)?;
        let bytes: Option<Vec<u8>> = row.get(1)?;
        let bytes = bytes.unwrap_or_default();
        size += body.len() + bytes.len() + 16;
        let intent = decode(&body)?;
        let begun = |last: &Intent| {
            let group = last.group.filter(|group| group.atomic);
            group.is_some() && group.map(|g| g.id) == intent.group.map(|g| g.id)
        };
        if let Some((last, _)) = batch.last()
            && (size > max_bytes || batch.len() >= max)
            && !begun(last)
        {
            break;
        }
        batch.push((intent, bytes));
    }
    with_fellows(tx, batch)
}

/// Fellows of an atomic group that are accepted already go along with one that isn't: the center
/// takes a group only whole. After a restoring some of it may have come back before.
fn with_fellows(
    tx: &Transaction<'_>,
    mut batch: Vec<(Intent, Vec<u8>)>,
) -> Result<Vec<(Intent, Vec<u8>)>, StoreError> {
    let mut added = Vec::new();
    for (intent, _) in &batch {
        let Some(group) = intent.group.filter(|group| group.atomic) else {
            continue;
        };
        let belongs = |other: &Intent| other.group.map(|other| other.id) == Some(group.id);
        let here = batch.iter().chain(&added).filter(|(one, _)| belongs(one));
        if here.count() >= usize::from(group.size) {
            continue;
        }
        let mut statement = tx.prepare_cached(
            "SELECT i.body, coalesce(c.bytes, p.bytes) FROM intent i
             LEFT JOIN change c ON c.hash = i.change LEFT JOIN parted p ON p.hash = i.change
             WHERE i.state = 2 AND i.seq BETWEEN ?1 AND ?2",
        )?;
        let near = i64::from(group.size);
        let seq = i64::try_from(intent.seq).unwrap_or(i64::MAX);
        let mut rows = statement.query([seq.saturating_sub(near), seq.saturating_add(near)])?;
        while let Some(row) = rows.next()? {
            let fellow = decode(&row.get::<_, Vec<u8>>(0)?)?;
            if belongs(&fellow) {
                let bytes: Option<Vec<u8>> = row.get(1)?;
                added.push((fellow, bytes.unwrap_or_default()));
            }
        }
    }
    if !added.is_empty() {
        batch.append(&mut added);
        batch.sort_by_key(|(intent, _)| intent.seq);
    }
    Ok(batch)
}

/// First and longest time an undecided intent is left out, milliseconds. A clock that was set
/// back must not leave it out for longer.
pub(crate) const FIRST_WAIT_MS: i64 = 20_000;
pub(crate) const LONGEST_WAIT_MS: i64 = 3_600_000;

/// The center could not decide on an intent yet: it is sent again, at longer and longer
/// intervals.
///
/// # Errors
/// The database.
pub fn send_later(tx: &Transaction<'_>, id: IntentId, now_ms: i64) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE intent SET tries = tries + 1, again_at = ?2 + min(?3 << min(tries, 12), ?4)
         WHERE id = ?1 AND (state IN (0, 1) OR anew = 1)",
    )?
    .execute(params![
        id.as_bytes(),
        now_ms,
        FIRST_WAIT_MS,
        LONGEST_WAIT_MS
    ])?;
    Ok(())
}

/// Marks intents as handed to the network; returns those that were not before.
///
/// # Errors
/// The database.
pub fn mark_sent(tx: &Transaction<'_>, ids: &[IntentId]) -> Result<Vec<IntentId>, StoreError> {
    let mut statement = tx.prepare_cached(if mutant::is("accepted_when_sent") {
        "UPDATE intent SET state = 2 WHERE id = ?1 AND state = 0"
    } else {
        "UPDATE intent SET state = 1 WHERE id = ?1 AND state = 0"
    })?;
    let mut newly = Vec::new();
    for id in ids {
        if statement.execute([id.as_bytes()])? == 1 {
            newly.push(*id);
        }
    }
    Ok(newly)
}

/// Takes [`mark_sent`] back: nothing got out.
///
/// # Errors
/// The database.
pub fn mark_here(tx: &Transaction<'_>, ids: &[IntentId]) -> Result<(), StoreError> {
    let mut statement =
        tx.prepare_cached("UPDATE intent SET state = 0 WHERE id = ?1 AND state = 1")?;
    for id in ids {
        statement.execute([id.as_bytes()])?;
    }
    Ok(())
}
