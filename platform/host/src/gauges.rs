//! Gauges: what waits in a database and for how long, under its place and name as `home`; and the connections of every service here.

use std::{sync::Arc, time::Duration};

use kernel::{Clock, Fault};
use sqlx::PgPool;
use tokio_util::sync::CancellationToken;

use crate::bus::Hearing;

const EVERY: Duration = Duration::from_secs(15);

/// Looks once.
async fn look(home: &str, pool: &PgPool, clock: &Clock) -> Result<(), Fault> {
    let now = clock.now();
    let facts = sqlx::query!(
        r#"select count(*) as "unsent!", coalesce(extract(epoch from $1 - min(at)), 0)::bigint as "age!"
             from kernel.outbox
            where sent_at is null"#,
        now,
    )
    .fetch_one(pool)
    .await?;
    gauge(home, "nexgate_outbox_unsent", facts.unsent);
    gauge(home, "nexgate_outbox_age_seconds", facts.age);
    let failed = sqlx::query!(
        r#"select count(*) filter (where state = 'waiting') as "waiting!", count(*) filter (where state = 'parked') as "parked!"
             from kernel.inbox
            where state <> 'done'"#,
    )
    .fetch_one(pool)
    .await?;
    gauge(home, "nexgate_inbox_waiting", failed.waiting);
    gauge(home, "nexgate_inbox_parked", failed.parked);
    let jobs = sqlx::query!(
        r#"select count(*) as "due!",
                  coalesce(extract(epoch from $1 - min(run_at)), 0)::bigint as "age!",
                  (select count(*) from kernel.job where state = 'parked') as "parked!"
             from kernel.job_kind kind
             join kernel.job on job.service = kind.service and job.name = kind.name
            where job.state = 'waiting'
              and run_at <= $1"#,
        now,
    )
    .fetch_one(pool)
    .await?;
    gauge(home, "nexgate_jobs_due", jobs.due);
    gauge(home, "nexgate_jobs_parked", jobs.parked);
    gauge(home, "nexgate_jobs_age_seconds", jobs.age);
    Ok(())
}

fn gauge(home: &str, name: &'static str, value: i64) {
    // A gauge is a float by its protocol; no count here comes near 2^53.
    metrics::gauge!(name, "home" => home.to_owned()).set(f64::from(i32::try_from(value).unwrap_or(i32::MAX)));
}

/// The connections of every service, until `stop`: idle ones are closed, the others counted. A service that has none left
/// answers 503.
pub(crate) async fn pools(hearings: Arc<[Hearing]>, stop: CancellationToken) {
    while !stop.is_cancelled() {
        for here in hearings.iter().map(|hearing| &hearing.here) {
            here.db.pool.reap();
            let (open, idle) = here.db.pool.counts();
            for (name, count) in [("nexgate_pool_connections", open), ("nexgate_pool_idle", idle)] {
                metrics::gauge!(name, "service" => here.db.service).set(f64::from(u32::try_from(count).unwrap_or(u32::MAX)));
            }
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

/// Looks until `stop`.
pub(crate) async fn run(home: String, pool: PgPool, clock: Clock, stop: CancellationToken) {
    while !stop.is_cancelled() {
        if let Err(fault) = look(&home, &pool, &clock).await {
            tracing::debug!(%fault, "nothing can be gauged");
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}
