//! A home: one database, the services that live in it, and the loops that serve them.

use std::{sync::Arc, time::Duration};

use kernel::{Clock, Fault};
use sqlx::{PgPool, postgres::PgConnectOptions};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    bus::{Carrier, Hearing, Inbox, Relay, inbox, relay},
    config::Roles,
    db::{self, Wake},
    gauges,
    here::Here,
    jobs::{self, Workers, Works},
    seal::Closed,
    service::Tick,
    sweep,
};

/// Connections of the machinery, which comes as the owner.
const CONNECTIONS: u32 = 8;

/// What a home is made of while its services move in.
pub(crate) struct Moving {
    pub url: String,
    pub options: PgConnectOptions,
    pub wake: Wake,
    pub works: Works,
    pub ticks: Vec<(Here, Tick)>,
    pub hearings: Vec<Hearing>,
}

/// One database at work.
pub(crate) struct Home {
    pub relay: Relay,
    pub inbox: Inbox,
    workers: Workers,
    wake: Wake,
    /// Where the database is, and what it is called.
    name: String,
    pool: PgPool,
    clock: Clock,
}

impl Moving {
    pub fn into(url: &str) -> Result<Self, Fault> {
        Ok(Self {
            url: url.to_owned(),
            options: db::options(url)?,
            wake: Wake::default(),
            works: Works::new(),
            ticks: Vec::new(),
            hearings: Vec::new(),
        })
    }

    /// Everybody is in.
    pub fn settled(self, clock: &Clock, carrier: Carrier, closed: Closed) -> Home {
        let name = format!("{}/{}", self.options.get_host(), self.options.get_database().unwrap_or_default());
        let pool = db::owners_pool(self.options, CONNECTIONS);
        Home {
            name,
            relay: Relay { pool: pool.clone(), clock: clock.clone(), carrier, closed },
            inbox: Inbox { pool: pool.clone(), clock: clock.clone(), hearings: self.hearings.into() },
            workers: Workers { pool: pool.clone(), clock: clock.clone(), works: Arc::new(self.works), ticks: self.ticks.into() },
            wake: self.wake,
            clock: clock.clone(),
            pool,
        }
    }
}

impl Home {
    pub fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// Starts the loops these roles ask for; they end at `stop`.
    pub fn start(&self, roles: Roles, tracker: &TaskTracker, stop: &CancellationToken) {
        if roles.relay {
            tracker.spawn(relay::run(self.relay.clone(), self.wake.facts.clone(), stop.clone()));
        }
        if roles.worker {
            tracker.spawn(inbox::run(self.inbox.clone(), stop.clone()));
            tracker.spawn(jobs::run(self.workers.clone(), self.wake.jobs.clone(), stop.clone()));
            tracker.spawn(sweep::run(self.workers.clone(), stop.clone()));
            tracker.spawn(gauges::run(self.name.clone(), self.pool.clone(), self.clock.clone(), stop.clone()));
        }
    }

    /// Parks and deletes what is past its time, as every hour.
    pub async fn sweep(&self) -> Result<(), Fault> {
        sweep::sweep(&self.workers).await
    }

    /// Carries facts, tries failed ones again and works off jobs and clock jobs once; says how much there was to do. For
    /// tests, which run no loops and whose clock stands still.
    pub async fn settle(&self) -> Result<usize, Fault> {
        let now = self.clock.now();
        let tried = self.inbox.retry(now.plus(Duration::from_hours(1))).await?;
        Ok(tried + self.relay.relay().await? + self.workers.tick(now).await? + self.workers.work(now).await?)
    }
}
