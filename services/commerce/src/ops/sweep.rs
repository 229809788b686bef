//! Deletes what is past its time.

use std::time::Duration;

use host::{Here, Tx};
use kernel::Fault;

use crate::store::checkouts;

/// As long as the key of a request may bring a checkout back.
const KEPT: Duration = Duration::from_hours(24 * 30);
/// So many rows go in one transaction, which is over long before its time is.
const BATCH: u32 = 5_000;

/// What passes.
#[derive(Debug, Clone, Copy)]
enum Passing {
    /// Checkouts that came to nothing.
    Ended,
    /// Addresses of those that became an order, which has its own.
    Addresses,
}

/// Batch after batch, each in a transaction of its own, until there is less than a batch.
pub async fn sweep(here: &Here) -> Result<(), Fault> {
    for passing in [Passing::Ended, Passing::Addresses] {
        while host::write!(here.db, async |tx| { delete_in(tx, passing).await })? >= BATCH.into() {}
    }
    Ok(())
}

async fn delete_in(tx: &mut Tx, passing: Passing) -> Result<u64, Fault> {
    let before = tx.now().minus(KEPT);
    match passing {
        Passing::Ended => checkouts::delete_ended(tx, before, BATCH.into()).await,
        Passing::Addresses => checkouts::blank_paid(tx, before, BATCH.into()).await,
    }
}
