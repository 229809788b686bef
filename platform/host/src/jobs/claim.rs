//! Takes jobs: a lease for those that are due, and the end of those that are done.

use kernel::{Fault, Timestamp};
use sqlx::{PgPool, types::Uuid};

use super::places::Places;
use crate::lease::LEASE;

/// A job this node has leased.
pub(super) struct Claimed {
    pub id: Uuid,
    pub service: String,
    pub name: String,
    pub body: serde_json::Value,
    /// Counted at every claim, so it is the claim's fencing token too.
    pub attempts: i16,
    pub trace: Option<String>,
}

impl Claimed {
    pub fn tried(&self) -> u32 {
        u32::try_from(self.attempts).unwrap_or(0)
    }
}

/// Leases jobs of these kinds, those that were due first, of each kind no more than have a place, and deletes what is done: one commit
/// for both. A done one that another node has leased meanwhile is that node's to delete; waiting for it, each could wait for the other.
pub(super) async fn claim(
    pool: &PgPool,
    (services, names): (Vec<String>, Vec<String>),
    places: &Places,
    now: Timestamp,
) -> Result<Vec<Claimed>, Fault> {
    let free = services.iter().zip(&names).map(|(service, name)| places.free_for(service, name));
    let free: Vec<i64> = free.map(countable).collect();
    // Materialized: a plan that ran the locking part twice would claim twice as many. Arrays: joined, a plan made while the table was
    // empty reads all of it for ever after.
    Ok(sqlx::query_as!(
        Claimed,
        "with done as (
             delete from kernel.job
              where id = any (array(select id from kernel.job where id = any($7) for update skip locked))
         ), due as materialized (
             select due.id
               from unnest($2::text[], $3::text[], $5::bigint[]) as ours (service, name, free)
              cross join lateral (select id, run_at
                                    from kernel.job
                                   where state = 'waiting'
                                     and job.service = ours.service
                                     and job.name = ours.name
                                     and run_at <= $1
                                     and (lease_until is null or lease_until <= $1)
                                     and id <> all($7)
                                   order by run_at
                                   limit ours.free
                                     for update skip locked) due
              order by due.run_at
              limit $6
         )
         update kernel.job
            set lease_until = $1::timestamptz + $4::bigint * interval '1 second', attempts = attempts + 1
          where id = any (array(select id from due))
         returning id, service, name, body, attempts, trace",
        now,
        &services,
        &names,
        LEASE.as_secs().cast_signed(),
        &free,
        countable(places.free()),
        &places.done,
    )
    .fetch_all(pool)
    .await?)
}

fn countable(places: usize) -> i64 {
    i64::try_from(places).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use sqlx::Executor;

    use super::{
        super::tests::{left, workers},
        *,
    };

    #[tokio::test]
    async fn what_is_done_is_not_begun_again_when_its_lease_has_run_out() {
        let (database, workers, [done, other]) = workers().await;
        let mut places = Places::default();
        places.done.push(done);
        let play = (vec!["toy".to_owned()], vec!["play".to_owned()]);
        let claimed = claim(&workers.pool, play, &places, workers.clock.now()).await.unwrap();
        assert_eq!(claimed.iter().map(|job| (job.id, job.attempts)).collect::<Vec<_>>(), [(other, 1)]);
        assert_eq!(left(&database).await, [other]);
    }

    #[tokio::test]
    async fn what_another_node_holds_is_waited_for_by_nobody() {
        let (database, workers, [done, other]) = workers().await;
        let mut theirs = database.owner.acquire().await.unwrap();
        theirs.execute("begin").await.unwrap();
        sqlx::query("select 1 from kernel.job where id = $1 for update").bind(done).execute(&mut *theirs).await.unwrap();
        let mut places = Places::default();
        places.done.push(done);
        let play = (vec!["toy".to_owned()], vec!["play".to_owned()]);
        let claimed = claim(&workers.pool, play, &places, workers.clock.now());
        let claimed = tokio::time::timeout(Duration::from_secs(10), claimed).await.expect("nobody waits").unwrap();
        assert_eq!(claimed.iter().map(|job| job.id).collect::<Vec<_>>(), [other]);
        theirs.execute("rollback").await.unwrap();
        assert_eq!(left(&database).await, [done, other]);
    }
}
