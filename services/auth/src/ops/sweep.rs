//! Deletes what is past its time.

use std::time::Duration;

use host::{Here, Tx, revoked::MEMORY};
use kernel::Fault;

use crate::{
    model::{code, throttle},
    store::{code_issues, devices, flows, minors, refresh_tokens, sessions, throttles},
};

/// A flow can be taken up again with a new code for this long.
const FLOWS: Duration = Duration::from_hours(24);

/// A device that nobody came by for so long is a new one when somebody does.
const DEVICES: Duration = Duration::from_hours(24 * 180);

/// So many rows go in one transaction, which is over long before its time is, whatever a busy hour has left. A row
/// that is used meanwhile is left for the next hour.
const BATCH: u32 = 5_000;

/// What passes. Tokens go before their sessions, which would take them along all at once, and sessions before their devices.
#[derive(Debug, Clone, Copy)]
enum Passing {
    Flows,
    CodeIssues,
    Throttles,
    Minors,
    RefreshTokens,
    Sessions,
    Devices,
    Revocations,
}

const PASSING: [Passing; 8] = [
    Passing::Flows,
    Passing::CodeIssues,
    Passing::Throttles,
    Passing::Minors,
    Passing::RefreshTokens,
    Passing::Sessions,
    Passing::Devices,
    Passing::Revocations,
];

/// Batch after batch, each in a transaction of its own, until there is less than a batch.
pub async fn sweep(here: &Here) -> Result<(), Fault> {
    for passing in PASSING {
        while host::write!(here.db, async |tx| { delete_in(tx, passing).await })? >= BATCH.into() {}
    }
    Ok(())
}

async fn delete_in(tx: &mut Tx, passing: Passing) -> Result<u64, Fault> {
    let (now, most) = (tx.now(), BATCH.into());
    match passing {
        Passing::Flows => flows::delete_before(tx, now.minus(FLOWS), most).await,
        Passing::CodeIssues => code_issues::delete_before(tx, now.minus(code::WINDOW), most).await,
        Passing::Throttles => throttles::delete_before(tx, now.minus(throttle::MEMORY), most).await,
        Passing::Minors => minors::delete_before(tx, now, most).await,
        Passing::RefreshTokens => refresh_tokens::delete_expired(tx, now, most).await,
        Passing::Sessions => sessions::delete_expired(tx, now, most).await,
        Passing::Devices => devices::delete_unused(tx, now.minus(DEVICES), most).await,
        Passing::Revocations => sessions::forget_revoked(tx, now.minus(MEMORY), most).await,
    }
}
