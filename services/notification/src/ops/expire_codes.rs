//! Ends codes whose time is over, also those no worker came to, and forgets them a day later.

use std::time::Duration;

use host::{Here, Tx};
use kernel::Fault;

use crate::{
    model::delivery::{By, DELIVERY, DeliveryState},
    store::deliveries,
};

/// How long after its end a code's row stays, for "it never came".
const KEPT: Duration = Duration::from_hours(24);

/// So many rows change in one transaction, which is over long before its time is.
const BATCH: u32 = 5_000;

/// Batch after batch, each in a transaction of its own, until there is less than a batch.
pub async fn expire_codes(here: &Here) -> Result<(), Fault> {
    while host::write!(here.db, async |tx| { expire_in(tx).await })? >= BATCH.into() {}
    while host::write!(here.db, async |tx| { forget_in(tx).await })? >= BATCH.into() {}
    Ok(())
}

async fn expire_in(tx: &mut Tx) -> Result<u64, Fault> {
    let expired = DELIVERY.step(DeliveryState::Waiting, "expire", By::Clock);
    deliveries::expire(tx, expired.ok_or_else(|| Fault::internal("a delivery has no such move"))?, BATCH.into()).await
}

async fn forget_in(tx: &mut Tx) -> Result<u64, Fault> {
    deliveries::forget_codes(tx, tx.now().minus(KEPT), BATCH.into()).await
}
