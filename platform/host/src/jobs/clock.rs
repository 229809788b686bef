//! Clock jobs: each on one node only, when its time has come.

use std::time::Duration;

use kernel::{Fault, Timestamp};
use tokio_util::sync::CancellationToken;

use super::{PATIENCE, Workers, guarded};
use crate::{here::Here, service::Tick};

/// How often a node looks whether one is due.
const POLL: Duration = Duration::from_millis(500);

/// A clock job that isn't due.
struct Later {
    service: String,
    name: String,
}

impl Workers {
    /// Runs the clock jobs that are due by `now`, each on one node only; says how many ran.
    pub async fn tick(&self, now: Timestamp) -> Result<usize, Fault> {
        let (later, mut ran) = (self.later(now).await?, 0);
        for (here, tick) in self.ticks.iter() {
            let is_later = later.iter().any(|known| known.service == here.db.service && known.name == tick.name);
            if !is_later && self.take_turn(here, tick, now).await? {
                ran += 1;
                if let Err(fault) = guarded(PATIENCE, (tick.run)(here.clone())).await {
                    tracing::warn!(service = here.db.service, job = tick.name, %fault, "clock job failed");
                }
            }
        }
        Ok(ran)
    }

    /// Those that aren't due yet. Looked at first: a turn that is refused would still lock its row, and that is a commit to disk.
    async fn later(&self, now: Timestamp) -> Result<Vec<Later>, Fault> {
        let later = sqlx::query_as!(
            Later,
            "select service, name
               from kernel.schedule
              where next_at > $1",
            now,
        );
        Ok(later.fetch_all(&self.pool).await?)
    }

    async fn take_turn(&self, here: &Here, tick: &Tick, now: Timestamp) -> Result<bool, Fault> {
        let turn = sqlx::query!(
            "insert into kernel.schedule as schedule (service, name, next_at)
             values ($1, $2, $3)
             on conflict (service, name) do update
                set next_at = $3
              where schedule.next_at <= $4",
            here.db.service,
            tick.name,
            now.plus(tick.every),
            now,
        )
        .execute(&self.pool)
        .await?;
        Ok(turn.rows_affected() == 1)
    }
}

/// Runs them until `stop`.
pub(super) async fn run(workers: &Workers, stop: &CancellationToken) {
    while !stop.is_cancelled() {
        if let Err(fault) = workers.tick(workers.clock.now()).await {
            tracing::warn!(%fault, "the clock jobs can't reach the database");
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }
}
