//! What a request leaves for later: facts to tell, to hear, and jobs that are due.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

const GLANCE: Duration = Duration::from_millis(20);
const PATIENCE: Duration = Duration::from_mins(3);

/// Looks at a database as its owner.
#[derive(Debug, Clone)]
pub struct Settling(PgPool);

/// Comes as the owner. What it asks goes by an index, or asking would cost more than what is measured.
pub fn owner(database: &str) -> Result<PgPool> {
    let options: PgConnectOptions = database.parse()?;
    Ok(PgPoolOptions::new().connect_lazy_with(options.options([("enable_seqscan", "off")])))
}

impl Settling {
    pub fn of(database: &str) -> Result<Self> {
        Ok(Self(owner(database)?))
    }

    /// Waits until nothing is left to do now.
    pub async fn wait(&self) -> Result<()> {
        let begun = Instant::now();
        while !self.is_settled().await? {
            if begun.elapsed() > PATIENCE {
                bail!("facts or jobs are still waiting");
            }
            tokio::time::sleep(GLANCE).await;
        }
        Ok(())
    }

    async fn is_settled(&self) -> Result<bool> {
        let query = "select not exists (select 1 from kernel.outbox where sent_at is null)
                        and not exists (select 1 from kernel.inbox where state = 'waiting')
                        and not exists (select 1
                                          from kernel.job_kind kind
                                          join kernel.job on job.service = kind.service and job.name = kind.name
                                         where job.state = 'waiting' and job.run_at <= now())";
        Ok(sqlx::query_scalar(query).fetch_one(&self.0).await?)
    }
}
