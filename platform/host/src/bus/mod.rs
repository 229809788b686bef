//! The local bus: facts walk from the outbox to every hearer in this process, through the same tables as over a broker.

mod inbox;
mod relay;

use std::{collections::HashMap, sync::Arc};

use kernel::{Clock, Envelope, Fault};
use sqlx::PgPool;

use crate::{here::Here, service::Hearer};

pub(crate) use relay::run;

/// Carries facts inside one node.
#[derive(Clone)]
pub(crate) struct Bus {
    /// Comes as the owner: it sees every service's rows.
    pool: PgPool,
    clock: Clock,
    ears: Arc<HashMap<&'static str, Vec<Ear>>>,
}

/// One service that hears one fact.
#[derive(Clone)]
pub(crate) struct Ear {
    pub here: Here,
    pub hear: Hearer,
}

impl Bus {
    pub fn new(pool: PgPool, clock: Clock, ears: HashMap<&'static str, Vec<Ear>>) -> Self {
        Self { pool, clock, ears: Arc::new(ears) }
    }

    /// Brings one fact to everybody who hears it; whoever fails keeps it in the inbox for a later try.
    pub async fn deliver(&self, envelope: &Envelope) -> Result<(), Fault> {
        for ear in self.ears.get(envelope.name.as_str()).into_iter().flatten() {
            if let Err(fault) = inbox::hear(ear, envelope).await {
                inbox::keep(&self.pool, self.clock.now(), ear, envelope, &fault).await?;
            }
        }
        Ok(())
    }
}
