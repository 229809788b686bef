//! Retention: what the machinery keeps, and for how long.

use std::time::Duration;

use kernel::{Clock, Fault};
use sqlx::PgPool;
use tokio_util::sync::CancellationToken;

const EVERY: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);
/// Sent facts stay: after a restore the last of them are carried again.
const OUTBOX: Duration = DAY.saturating_mul(30);
/// Longer than the outbox, so that nothing still deliverable is forgotten as heard.
const INBOX: Duration = DAY.saturating_mul(45);

/// Deletes what is past its time.
pub(crate) async fn sweep(pool: &PgPool, clock: &Clock) -> Result<(), Fault> {
    let now = clock.now();
    sqlx::query!("delete from kernel.outbox where sent_at < $1", now.minus(OUTBOX)).execute(pool).await?;
    sqlx::query!("delete from kernel.inbox where state = 'done' and at < $1", now.minus(INBOX)).execute(pool).await?;
    sqlx::query!("delete from kernel.idempotency where expires_at < $1", now).execute(pool).await?;
    Ok(())
}

/// Sweeps every hour until `stop`.
pub(crate) async fn run(pool: PgPool, clock: Clock, stop: CancellationToken) {
    while !stop.is_cancelled() {
        if let Err(fault) = sweep(&pool, &clock).await {
            tracing::warn!(%fault, "retention sweep failed");
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}
