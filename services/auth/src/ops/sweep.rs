//! Deletes what is past its time.

use std::time::Duration;

use host::{Here, revoked::MEMORY};
use kernel::Fault;

use crate::{
    model::{code, throttle},
    store::{code_issues, flows, minors, refresh_tokens, sessions, throttles},
};

/// A flow can be taken up again with a new code for this long.
const FLOWS: Duration = Duration::from_hours(24);

pub async fn sweep(here: &Here) -> Result<(), Fault> {
    host::write!(here.db, async |tx| {
        let now = tx.now();
        flows::delete_before(tx, now.minus(FLOWS)).await?;
        code_issues::delete_before(tx, now.minus(code::WINDOW)).await?;
        throttles::delete_before(tx, now.minus(throttle::MEMORY)).await?;
        minors::delete_before(tx, now).await?;
        refresh_tokens::delete_expired(tx, now).await?;
        sessions::delete_expired(tx, now).await?;
        sessions::forget_revoked(tx, now.minus(MEMORY)).await
    })
}
