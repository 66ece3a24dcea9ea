//! A phone that was shut out calls: what it hasn't sent is kept for its author's chief, nothing
//! goes to it but the order to forget (DESIGN §4.11).

use std::sync::Arc;

use linli_protocol::decode;
use linli_protocol::order::CAPABILITY;
use linli_protocol::sync::{Sent, SyncAnswer, SyncRequest};

use crate::center::Center;
use crate::failure::{Cbor, Failure};
use crate::store::{EnrolmentRow, StoreError};

/// The answer to it. A client that knows nothing of orders is told that it is revoked.
pub(super) async fn answer(
    center: &Arc<Center>,
    row: EnrolmentRow,
    request: &SyncRequest,
    sent: Vec<Sent>,
) -> Result<Cbor<SyncAnswer>, Failure> {
    let knows = request.capabilities.iter().flatten();
    if !knows.into_iter().any(|name| name == CAPABILITY) {
        return Err(Failure::REVOKED);
    }
    let (order, backed_up_through) = center
        .store
        .read(move |tables| Ok((tables.order(row.id)?, tables.backed_up_through()?)))
        .await?;
    let order = order.ok_or(Failure::REVOKED)?;
    let order = decode(&order).map_err(|_| StoreError::Damaged("order"))?;
    let verdicts = if sent.is_empty() {
        Vec::new()
    } else {
        super::push(center, row, sent).await?
    };
    Ok(Cbor(SyncAnswer {
        verdicts,
        page: Vec::new(),
        through: request.through,
        more: false,
        // Of a new one it needs to know nothing: it reads no more.
        generation: request.generation,
        backed_up_through,
        clock: center.now(),
        decided: None,
        access: None,
        reached: None,
        digests: None,
        base: None,
        mac: None,
        order: Some(order),
        erased: None,
    }))
}
