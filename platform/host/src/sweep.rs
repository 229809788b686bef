//! Retention: what the machinery keeps, and for how long; and what waits for nobody.

use std::time::Duration;

use kernel::Fault;
use tokio_util::sync::CancellationToken;

use crate::jobs::Workers;

const EVERY: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);
/// Sent facts stay: after a restore the last of them are carried again.
const OUTBOX: Duration = DAY.saturating_mul(30);
/// Longer than the outbox, so that nothing still deliverable is forgotten as heard.
const INBOX: Duration = DAY.saturating_mul(45);

/// Parks what nobody has taken, and deletes what is past its time.
pub(crate) async fn sweep(workers @ Workers { pool, clock, .. }: &Workers) -> Result<(), Fault> {
    let now = clock.now();
    workers.give_up(now).await?;
    sqlx::query!("delete from kernel.outbox where sent_at < $1", now.minus(OUTBOX)).execute(pool).await?;
    sqlx::query!("delete from kernel.inbox where state = 'done' and at < $1", now.minus(INBOX)).execute(pool).await?;
    sqlx::query!("delete from kernel.idempotency where expires_at < $1", now).execute(pool).await?;
    Ok(())
}

/// Sweeps every hour until `stop`.
pub(crate) async fn run(workers: Workers, stop: CancellationToken) {
    while !stop.is_cancelled() {
        if let Err(fault) = sweep(&workers).await {
            tracing::warn!(%fault, "a sweep failed");
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}
