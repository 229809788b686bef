//! Jobs: rows claimed by a lease and worked off.

mod claim;
mod clock;
mod places;

use std::{collections::HashMap, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use futures_util::FutureExt;
use kernel::{Clock, Fault, Timestamp};
use sqlx::{PgPool, types::Uuid};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use self::{
    claim::{Claimed, claim},
    places::Places,
};
use crate::{
    here::Here,
    lease::{LEASE, held},
    service::{Tick, Work},
    trace::Trace,
};

/// A job whose workers died this often may be what kills them: it is parked before it runs again. As often as the broker delivers
/// a fact.
const DEATHS: u32 = 100;
/// How long work on a clock may take before it counts as failed.
const PATIENCE: Duration = Duration::from_secs(8);
/// How often, with `POLL` between, a finished job is settled while the database is away.
const SETTLE_TRIES: u32 = 8;
/// How long a worker sleeps when nobody wakes it.
const POLL: Duration = Duration::from_millis(500);
/// As long a job waits for a node that has it: another node may be of a newer version, and have more.
const UNCLAIMED: Duration = Duration::from_hours(2);

/// How long to wait after the `attempts`-th failure: doubling from one second up to ten minutes.
pub(crate) fn wait_after(attempts: u32) -> Duration {
    Duration::from_secs(2u64.saturating_pow(attempts.saturating_sub(1)).min(600))
}

/// What does each job, by service and job name.
pub(crate) type Works = HashMap<(&'static str, &'static str), (Here, Work)>;

/// Everything this node can work off.
#[derive(Clone)]
pub(crate) struct Workers {
    pub pool: PgPool,
    pub clock: Clock,
    pub works: Arc<Works>,
    pub ticks: Arc<[(Here, Tick)]>,
}

/// How jobs ended.
#[derive(Clone, Copy)]
enum Ended<'a> {
    Well(&'a [Uuid]),
    /// With how often such a job is tried.
    Badly(&'a Claimed, &'a Fault, u16),
}

impl Workers {
    /// Works off the jobs that are due by `now` once, as many as there are places; says how many there were.
    pub async fn work(&self, now: Timestamp) -> Result<usize, Fault> {
        let mut places = Places::default();
        let count = self.fill(&mut places, now).await?;
        self.empty(&mut places).await;
        Ok(count)
    }

    /// Waits for everybody who has a place, and forgets each job when it is done: nobody holds it any more.
    async fn empty(&self, places: &mut Places) {
        loop {
            self.settle(Ended::Well(&places.done)).await;
            places.done.clear();
            if places.are_empty() {
                return;
            }
            places.one_is_given_back().await;
        }
    }

    /// Forgets the jobs that are done, and gives the free places to jobs that are due by `now`; says to how many.
    async fn fill(&self, places: &mut Places, now: Timestamp) -> Result<usize, Fault> {
        if places.free() == 0 {
            return Ok(0);
        }
        let claimed = claim(&self.pool, self.names(), places, now).await?;
        places.done.clear();
        let count = claimed.len();
        for job in claimed {
            let workers = self.clone();
            places.take((job.service.clone(), job.name.clone()), async move { workers.hold(job).await });
        }
        Ok(count)
    }

    /// The jobs this node has, by service and name: what it doesn't have is left to the nodes that do.
    fn names(&self) -> (Vec<String>, Vec<String>) {
        self.works.keys().map(|(service, name)| ((*service).to_owned(), (*name).to_owned())).unzip()
    }

    /// Parks jobs of these services that no node has taken for too long: a version that is gone may have left them.
    pub async fn give_up(&self, now: Timestamp) -> Result<u64, Fault> {
        let (services, names) = self.names();
        let parked = sqlx::query!(
            "update kernel.job
                set state = 'parked', reason = 'no node has such a job'
              where state = 'waiting'
                and run_at <= $1
                and (lease_until is null or lease_until <= $4)
                and service = any($2)
                and (service, name) not in (select ours.service, ours.name
                                           from unnest($2::text[], $3::text[]) as ours (service, name))",
            now.minus(UNCLAIMED),
            &services,
            &names,
            now,
        );
        Ok(parked.execute(&self.pool).await?.rows_affected())
    }

    /// Works on a claimed job; says its id where it is done, and is to be forgotten.
    async fn hold(&self, job: Claimed) -> Option<Uuid> {
        held(self.finish(&job), || self.renew(&job)).await.then_some(job.id)
    }

    /// Holds a claimed job longer, unless another worker has it by now.
    async fn renew(&self, job: &Claimed) -> Result<(), Fault> {
        sqlx::query!(
            "update kernel.job
                set lease_until = $3
              where id = $1
                and attempts = $2",
            job.id,
            job.attempts,
            self.clock.now().plus(LEASE),
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    async fn finish(&self, job: &Claimed) -> bool {
        let found = self.works.iter().find(|((service, name), _)| *service == job.service && *name == job.name);
        // Only what is here is claimed.
        let Some((_, (here, work))) = found else { return false };
        let is_deadly = job.tried() > u32::from(work.tries) + DEATHS;
        let result = if is_deadly { Err(Fault::internal("its workers died")) } else { self.run_one(job, here, work).await };
        let outcome = if result.is_ok() { "done" } else { "failed" };
        metrics::counter!("nexgate_jobs_total", "service" => job.service.clone(), "job" => job.name.clone(), "outcome" => outcome).increment(1);
        if let Err(fault) = &result {
            self.settle(Ended::Badly(job, fault, work.tries)).await;
        }
        result.is_ok()
    }

    async fn run_one(&self, job: &Claimed, here: &Here, work: &Work) -> Result<(), Fault> {
        let trace = Trace::follow(job.trace.as_deref());
        let span = tracing::info_span!("job", trace = %trace.id(), service = job.service, name = job.name);
        trace.scope(span, guarded(work.patience, (work.run)(here.clone(), job.body.to_string()))).await
    }

    /// Writes down how jobs ended. A database that is away for a moment is waited for; one that stays away lets their leases run out, and
    /// they run again: their effects are idempotent.
    async fn settle(&self, ended: Ended<'_>) {
        let mut left = SETTLE_TRIES;
        loop {
            let settled = match ended {
                Ended::Well(done) => self.forget(done).await,
                Ended::Badly(job, fault, tries) => self.put_back(job, fault, tries).await,
            };
            left -= 1;
            match settled {
                Ok(()) => return,
                Err(fault) if left == 0 => return tracing::warn!(%fault, "a finished job couldn't be settled"),
                Err(_) => tokio::time::sleep(POLL).await,
            }
        }
    }

    async fn forget(&self, done: &[Uuid]) -> Result<(), Fault> {
        if done.is_empty() {
            return Ok(());
        }
        sqlx::query!("delete from kernel.job where id = any($1)", done).execute(&self.pool).await?;
        Ok(())
    }

    async fn put_back(&self, job: &Claimed, fault: &Fault, tries: u16) -> Result<(), Fault> {
        tracing::warn!(service = job.service, job = job.name, attempts = job.attempts, %fault, "job failed");
        let attempts = job.tried();
        sqlx::query!(
            "update kernel.job
                set lease_until = null, run_at = $3, reason = $4, state = $5
              where id = $1
                and attempts = $2",
            job.id,
            job.attempts,
            self.clock.now().plus(wait_after(attempts)),
            fault.to_string(),
            if attempts >= u32::from(tries) { "parked" } else { "waiting" },
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }
}

/// Runs work with its patience; a panic is a failure like any other.
async fn guarded(patience: Duration, work: impl Future<Output = Result<(), Fault>>) -> Result<(), Fault> {
    match tokio::time::timeout(patience, AssertUnwindSafe(work).catch_unwind()).await {
        Ok(Ok(result)) => result,
        Ok(Err(_)) => Err(Fault::internal("the job panicked")),
        Err(_) => Err(Fault::unavailable(1, "the job took too long")),
    }
}

/// Works until `stop`, and then to the end of what has begun.
pub(crate) async fn run(workers: Workers, wake: Arc<Notify>, stop: CancellationToken) {
    tokio::join!(work(&workers, &wake, &stop), clock::run(&workers, &stop));
}

async fn work(workers: &Workers, wake: &Notify, stop: &CancellationToken) {
    let mut places = Places::default();
    while !stop.is_cancelled() {
        if let Err(fault) = workers.fill(&mut places, workers.clock.now()).await {
            tracing::warn!(%fault, "the workers can't reach the database");
        }
        tokio::select! {
            () = places.one_is_given_back() => {}
            () = wake.notified() => {}
            () = stop.cancelled() => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }
    workers.empty(&mut places).await;
}

#[cfg(test)]
mod tests {
    use testkit::Database;

    use super::*;

    /// Workers that have no job of their own, on a database with two jobs that are due.
    pub(super) async fn workers() -> (Database, Workers, [Uuid; 2]) {
        let database = Database::of(&[]).await;
        let options = database.url.parse().unwrap();
        crate::db::migrate(&options, &[]).await.unwrap();
        let pool = crate::db::owners_pool(options, 1);
        let workers = Workers { pool, clock: Clock::system(), works: Arc::default(), ticks: [].into() };
        let jobs = [1, 2].map(Uuid::from_u128);
        sqlx::query(
            "insert into kernel.job (id, service, name, body, run_at) select id, 'toy', 'play', '{}', to_timestamp(0) from unnest($1) id",
        )
        .bind(jobs)
        .execute(&database.owner)
        .await
        .unwrap();
        (database, workers, jobs)
    }

    pub(super) async fn left(database: &Database) -> Vec<Uuid> {
        sqlx::query_scalar("select id from kernel.job order by id").fetch_all(&database.owner).await.unwrap()
    }

    #[tokio::test]
    async fn what_is_done_is_deleted_and_kept_in_mind_while_the_database_is_away() {
        let (database, workers, [done, other]) = workers().await;
        let mut places = Places::default();
        places.done.push(done);
        workers.fill(&mut places, workers.clock.now()).await.unwrap();
        assert!(places.done.is_empty());
        assert_eq!(left(&database).await, [other]);
        places.done.push(other);
        workers.pool.close().await;
        workers.fill(&mut places, workers.clock.now()).await.unwrap_err();
        assert_eq!(places.done, [other]);
    }

    #[tokio::test]
    async fn who_stops_forgets_what_is_done_before_the_slowest_has_ended() {
        let (database, workers, [quick, slow]) = workers().await;
        let (mut places, gate) = (Places::default(), CancellationToken::new());
        let kind = || ("toy".to_owned(), "play".to_owned());
        let opened = gate.clone().cancelled_owned();
        places.take(kind(), async move {
            opened.await;
            Some(slow)
        });
        places.take(kind(), std::future::ready(Some(quick)));
        let seen = async {
            while left(&database).await != [slow] {
                tokio::task::yield_now().await;
            }
            gate.cancel();
        };
        tokio::join!(workers.empty(&mut places), seen);
        assert!(left(&database).await.is_empty());
    }

    #[tokio::test]
    async fn who_stops_with_nothing_done_asks_no_database() {
        let (_database, workers, _) = workers().await;
        workers.pool.close().await;
        let mut places = Places::default();
        tokio::time::timeout(POLL / 2, workers.empty(&mut places)).await.expect("there is nothing to wait for");
    }
}
