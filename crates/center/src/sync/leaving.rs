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
    let order = center
        .store
        .read(move |tables| tables.order(row.id))
        .await?
        .ok_or(Failure::REVOKED)?;
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
        generation: center.generation,
        backed_up_through: 0,
        clock: center.now(),
        decided: None,
        access: None,
        reached: None,
        digests: None,
        order: Some(order),
    }))
}
