//! The relay: reads unsent facts in batches, has them delivered, and marks them sent.

use std::time::Duration;

use futures_util::{FutureExt, StreamExt, TryStreamExt, stream};
use kernel::{Envelope, Fault, Timestamp};
use serde_json::value::to_raw_value;
use sqlx::{Connection, PgConnection};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::Bus;

/// One relay per database holds this advisory lock.
const LOCK: i64 = 0x6e65_7867_6174_6502;
const BATCH: i64 = 100;
/// Facts delivered at once: a share of the hearers' pools, so that requests keep the rest.
const AT_ONCE: usize = 4;
/// How long the relay sleeps when nobody wakes it.
const POLL: Duration = Duration::from_millis(250);

/// A row of the outbox.
struct Row {
    seq: i64,
    id: uuid::Uuid,
    service: String,
    name: String,
    body: serde_json::Value,
    at: Timestamp,
}

impl Row {
    fn envelope(self) -> Result<Envelope, Fault> {
        Ok(Envelope::new(self.id, &self.service, &self.name, self.at, to_raw_value(&self.body)?))
    }
}

impl Bus {
    /// Delivers one batch of unsent facts; says how many there were.
    pub async fn relay(&self) -> Result<usize, Fault> {
        let unsent = sqlx::query_as!(
            Row,
            "select seq, id, service, name, body, at
               from kernel.outbox
              where sent_at is null
              order by seq
              limit $1",
            BATCH,
        )
        .fetch_all(&self.pool)
        .await?;
        let seqs: Vec<i64> = unsent.iter().map(|fact| fact.seq).collect();
        let carried: Vec<_> = unsent.into_iter().map(|fact| self.carry(fact).boxed()).collect();
        stream::iter(carried).buffer_unordered(AT_ONCE).try_collect::<()>().await?;
        if !seqs.is_empty() {
            sqlx::query!("update kernel.outbox set sent_at = $2 where seq = any($1)", &seqs, self.clock.now())
                .execute(&self.pool)
                .await?;
            metrics::counter!("nexgate_facts_relayed_total").increment(seqs.len() as u64);
        }
        Ok(seqs.len())
    }

    async fn carry(&self, fact: Row) -> Result<(), Fault> {
        self.deliver(&fact.envelope()?).await
    }

    /// Every fact this database still holds, oldest first; for retelling and for tests.
    pub async fn told(&self) -> Result<Vec<Envelope>, Fault> {
        let told = sqlx::query_as!(Row, "select seq, id, service, name, body, at from kernel.outbox order by seq");
        told.fetch_all(&self.pool).await?.into_iter().map(Row::envelope).collect()
    }

    async fn lock(&self) -> Result<Option<PgConnection>, Fault> {
        let mut conn = PgConnection::connect_with(&self.pool.connect_options()).await?;
        let held = sqlx::query_scalar!("select pg_try_advisory_lock($1)", LOCK).fetch_one(&mut conn).await?;
        Ok((held == Some(true)).then_some(conn))
    }
}

/// Relays until `stop`: holds the lock, works while there is work, else waits for a commit or the poll.
pub(crate) async fn run(bus: Bus, wake: std::sync::Arc<Notify>, stop: CancellationToken) {
    while !stop.is_cancelled() {
        match bus.lock().await {
            Ok(Some(conn)) => {
                if let Err(fault) = work(&bus, conn, &wake, &stop).await {
                    tracing::warn!(%fault, "the relay starts again");
                }
            }
            Ok(None) => tracing::debug!("another node relays this database"),
            Err(fault) => tracing::warn!(%fault, "the relay can't reach the database"),
        }
        pause(&wake, &stop).await;
    }
}

async fn work(bus: &Bus, mut lock: PgConnection, wake: &Notify, stop: &CancellationToken) -> Result<(), Fault> {
    while !stop.is_cancelled() {
        // The lock lives as long as its connection: asking over it notices when it is gone.
        lock.ping().await?;
        let moved = bus.relay().await? + bus.retry(bus.clock.now()).await?;
        if moved == 0 {
            pause(wake, stop).await;
        }
    }
    lock.close().await?;
    Ok(())
}

async fn pause(wake: &Notify, stop: &CancellationToken) {
    tokio::select! {
        () = wake.notified() => {}
        () = stop.cancelled() => {}
        () = tokio::time::sleep(POLL) => {}
    }
}
