//! Waiting for something to show itself in a database, as its owner sees it.

use std::time::{Duration, Instant};

use super::Split;
use crate::place::PATIENCE;

impl Split {
    /// Waits until a service has heard these facts.
    pub async fn until_heard(&self, service: &'static str, facts: &[u128]) {
        let facts: Vec<uuid::Uuid> = facts.iter().map(|id| uuid::Uuid::from_u128(*id)).collect();
        let query = "select count(*) from kernel.inbox where service = $1 and fact = any($2) and state = 'done'";
        self.until_counted(query, service, &facts, facts.len()).await;
    }

    /// Waits until so many of a service's connections wait for a lock.
    pub async fn until_blocked(&self, service: &'static str) {
        let query = "select count(*) from pg_stat_activity
                      where datname = current_database() and wait_event_type = 'Lock' and $1 <> '' and $2::uuid[] = '{}'";
        self.until_counted(query, service, &[], 1).await;
    }

    /// Ends what waits for a lock there.
    pub async fn end_blocked(&self, service: &str) {
        let end = "select count(pg_terminate_backend(pid)) from pg_stat_activity
                    where datname = current_database() and wait_event_type = 'Lock'";
        sqlx::query(end).execute(self.owner(service)).await.unwrap();
    }

    /// Waits until a service has parked so many.
    pub async fn until_parked(&self, service: &'static str, many: usize) {
        let query = "select count(*) from kernel.inbox where service = $1 and $2::uuid[] = '{}' and state = 'parked'";
        self.until_counted(query, service, &[], many).await;
    }

    async fn until_counted(&self, query: &'static str, service: &str, facts: &[uuid::Uuid], many: usize) {
        let (until, mut pause) = (Instant::now() + PATIENCE, tokio::time::interval(Duration::from_millis(20)));
        loop {
            pause.tick().await;
            let count =
                sqlx::query_scalar::<_, i64>(query).bind(service).bind(facts).fetch_one(self.owner(service)).await.unwrap();
            if usize::try_from(count).unwrap() == many {
                return;
            }
            assert!(Instant::now() < until, "{service} has {count} of {many}");
        }
    }

    /// Waits until so many facts have failed a service.
    pub async fn until_failed(&self, service: &'static str, many: usize) {
        let query = "select count(*) from kernel.inbox where service = $1 and $2::uuid[] = '{}' and state <> 'done'";
        self.until_counted(query, service, &[], many).await;
    }

    /// Waits until a job of a service has failed.
    pub async fn until_a_job_fails(&self, service: &'static str) {
        let query = "select count(*) from kernel.job where service = $1 and $2::uuid[] = '{}' and reason is not null";
        self.until_counted(query, service, &[], 1).await;
    }
}
