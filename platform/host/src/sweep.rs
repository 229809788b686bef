//! Retention: what the machinery keeps, and for how long; and what waits for nobody.

use std::time::Duration;

use kernel::{Fault, Timestamp};
use sqlx::{PgPool, postgres::PgQueryResult};
use tokio_util::sync::CancellationToken;

use crate::jobs::Workers;

const EVERY: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);
/// Sent facts stay: after a restore the last of them are carried again.
const OUTBOX: Duration = DAY.saturating_mul(30);
/// Longer than the outbox, so that nothing still deliverable is forgotten as heard.
const INBOX: Duration = DAY.saturating_mul(45);
/// Rows deleted in one transaction, however many there are: a long one holds back vacuum and floods the replicas.
const AT_ONCE: u16 = 2_000;

/// Parks what nobody has taken, and deletes what is past its time.
pub(crate) async fn sweep(workers @ Workers { pool, clock, .. }: &Workers) -> Result<(), Fault> {
    let now = clock.now();
    workers.give_up(now).await?;
    to_the_last(|| sent(pool, now.minus(OUTBOX))).await?;
    to_the_last(|| heard(pool, now.minus(INBOX))).await?;
    to_the_last(|| claims(pool, now)).await
}

type Deleted = Result<PgQueryResult, sqlx::Error>;

/// Deletes as long as a statement finds as many rows as it may.
async fn to_the_last<F: Future<Output = Deleted>>(delete: impl Fn() -> F) -> Result<(), Fault> {
    while delete().await?.rows_affected() == u64::from(AT_ONCE) {}
    Ok(())
}

// Rows are found by an index and deleted where they lie; one that another node sweeps or uses at this moment is left to it.

async fn sent(pool: &PgPool, before: Timestamp) -> Deleted {
    sqlx::query!(
        "delete from kernel.outbox
          where ctid = any(array(select ctid
                                   from kernel.outbox
                                  where sent_at < $1
                                  order by sent_at
                                  limit $2
                                    for update skip locked))",
        before,
        i64::from(AT_ONCE),
    )
    .execute(pool)
    .await
}

async fn heard(pool: &PgPool, before: Timestamp) -> Deleted {
    sqlx::query!(
        "delete from kernel.inbox
          where ctid = any(array(select ctid
                                   from kernel.inbox
                                  where state = 'done'
                                    and at < $1
                                  order by at
                                  limit $2
                                    for update skip locked))",
        before,
        i64::from(AT_ONCE),
    )
    .execute(pool)
    .await
}

async fn claims(pool: &PgPool, now: Timestamp) -> Deleted {
    sqlx::query!(
        "delete from kernel.idempotency
          where ctid = any(array(select ctid
                                   from kernel.idempotency
                                  where expires_at < $1
                                  order by expires_at
                                  limit $2
                                    for update skip locked))",
        now,
        i64::from(AT_ONCE),
    )
    .execute(pool)
    .await
}

/// Sweeps every hour until `stop`.
pub(crate) async fn run(workers: Workers, stop: CancellationToken) {
    while let Some(swept) = stop.run_until_cancelled(sweep(&workers)).await {
        if let Err(fault) = swept {
            tracing::warn!(%fault, "a sweep failed");
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}
