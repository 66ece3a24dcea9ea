//! `POST /v1/repair`: helps a phone whose digests are wrong to find out where.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use linli_model::ids::DocId;
use linli_protocol::decode;
use linli_protocol::digest::{Digest, part_of};
use linli_protocol::limits::{MAX_PAGE, MAX_REQUEST};
use linli_protocol::repair::{DocDigest, Repair, Repaired};

use super::page::{self, Form};
use crate::center::{Center, bearer, device};
use crate::failure::{Cbor, Failure, whole};
use crate::store::{BucketId, StoreError, Tables};

/// Most documents asked for at once.
const MAX_DOCS: usize = 1000;

/// The handler.
pub(crate) async fn repair(
    State(center): State<Arc<Center>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Cbor<Repaired>, Failure> {
    let token = bearer(&headers)?;
    let body = whole(body, MAX_REQUEST, center.config.limits.body()).await?;
    let asked: Repair = decode(&body).map_err(|_| Failure::BAD_REQUEST)?;
    if asked
        .docs
        .as_ref()
        .is_some_and(|docs| docs.len() > MAX_DOCS)
    {
        return Err(Failure::TOO_LARGE);
    }
    let answer = center
        .store
        .read(move |tables| {
            let row = match device(tables, token)? {
                Ok(row) => row,
                Err(failure) => return Ok(Err(failure)),
            };
            let grants = tables.grants(row.id, false)?;
            let bucket = match grants.get(usize::from(asked.position)) {
                Some(grant) if !grant.closed => grant.bucket,
                _ => return Ok(Err(Failure::NOT_FOUND)),
            };
            Ok(Ok(match (asked.docs, asked.parts) {
                (Some(docs), _) => documents(tables, bucket, asked.position, &docs)?,
                (None, Some(parts)) => listed(tables, bucket, &parts)?,
                (None, None) => compared(tables, bucket)?,
            }))
        })
        .await??;
    Ok(Cbor(answer))
}

/// Digests of the parts of a bucket.
fn compared(tables: Tables<'_>, bucket: BucketId) -> Result<Repaired, StoreError> {
    let mut parts: BTreeMap<u8, Digest> = BTreeMap::new();
    tables.bucket_docs(bucket, |doc, digest| {
        parts.entry(part_of(doc)).or_default().add(digest);
    })?;
    Ok(Repaired {
        parts: Some(parts.into_iter().collect()),
        ..Repaired::default()
    })
}

/// The documents of some parts.
fn listed(tables: Tables<'_>, bucket: BucketId, parts: &[u8]) -> Result<Repaired, StoreError> {
    let mut docs = Vec::new();
    tables.bucket_docs(bucket, |doc, digest| {
        if parts.contains(&part_of(doc)) {
            docs.push(DocDigest {
                doc,
                digest: digest.to_be_bytes(),
            });
        }
    })?;
    Ok(Repaired {
        docs: Some(docs),
        ..Repaired::default()
    })
}

/// Documents of a bucket, whole. What isn't in it is passed over in silence: whoever asks
/// mustn't learn that it exists.
fn documents(
    tables: Tables<'_>,
    bucket: BucketId,
    position: u16,
    docs: &[DocId],
) -> Result<Repaired, StoreError> {
    let (mut ops, mut size, mut done) = (Vec::new(), 0, 0);
    for doc in docs {
        if size >= MAX_PAGE as usize {
            break;
        }
        done += 1;
        let Some(row) = tables.doc(*doc)? else {
            continue;
        };
        if !tables.membership(row.no)?.contains(&bucket) {
            continue;
        }
        for seq in tables.seqs_of_all(&row)? {
            let op = tables.op(seq)?;
            size += page::cost(&op);
            ops.push((op, vec![position]));
        }
    }
    let authors = page::authors(tables, &ops)?;
    Ok(Repaired {
        page: Some(page::pack(ops, authors, Form::Plain)?),
        done: Some(done),
        ..Repaired::default()
    })
}
