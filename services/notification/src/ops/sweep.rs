//! Deletes what is past its time.

use std::time::Duration;

use host::{Here, Tx};
use kernel::Fault;

use crate::store::{deliveries, notifications, outbox};

const DAY: Duration = Duration::from_hours(24);
/// An inbox goes back so far.
const NOTIFICATIONS: Duration = DAY.saturating_mul(180);
/// Longer than a fact can come again (45 days): what went out once goes out once (N5).
const DELIVERIES: Duration = DAY.saturating_mul(60);
const DEV_OUTBOX: Duration = DAY.saturating_mul(30);
/// So many rows go in one transaction, which is over long before its time is.
const BATCH: u32 = 5_000;

/// What passes. Deliveries go before the notifications they name.
#[derive(Debug, Clone, Copy)]
enum Passing {
    Deliveries,
    Notifications,
    DevOutbox,
}

/// Batch after batch, each in a transaction of its own, until there is less than a batch.
pub async fn sweep(here: &Here) -> Result<(), Fault> {
    for passing in [Passing::Deliveries, Passing::Notifications, Passing::DevOutbox] {
        while host::write!(here.db, async |tx| { delete_in(tx, passing).await })? >= BATCH.into() {}
    }
    Ok(())
}

async fn delete_in(tx: &mut Tx, passing: Passing) -> Result<u64, Fault> {
    let (now, most) = (tx.now(), BATCH.into());
    match passing {
        Passing::Deliveries => deliveries::delete_ended(tx, now.minus(DELIVERIES), most).await,
        Passing::Notifications => notifications::delete_before(tx, now.minus(NOTIFICATIONS), most).await,
        Passing::DevOutbox => outbox::delete_before(tx, now.minus(DEV_OUTBOX), most).await,
    }
}
