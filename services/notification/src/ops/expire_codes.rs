//! Ends codes whose time is over, also those no worker came to, and forgets them a day later.

use std::time::Duration;

use host::Here;
use kernel::Fault;

use crate::{
    model::delivery::{By, DELIVERY, DeliveryState},
    store::deliveries,
};

/// How long after its end a code's row stays, for "it never came".
const KEPT: Duration = Duration::from_hours(24);

pub async fn expire_codes(here: &Here) -> Result<(), Fault> {
    let expired = DELIVERY.step(DeliveryState::Waiting, "expire", By::Clock);
    let expired = expired.ok_or_else(|| Fault::internal("a delivery has no such move"))?;
    host::write!(here.db, async |tx| {
        deliveries::expire(tx, expired).await?;
        deliveries::forget_codes(tx, tx.now().minus(KEPT)).await
    })
}
