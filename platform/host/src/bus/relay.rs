//! The relay: reads unsent facts in batches, has them carried, and marks them sent.

use std::time::Duration;

use kernel::{Clock, Envelope, Fault, Timestamp};
use serde_json::value::RawValue;
use sqlx::{Connection, PgConnection, PgPool, types::Json};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::Carrier;
use crate::seal::Closed;

/// One relay per database holds this advisory lock.
const LOCK: i64 = 0x6e65_7867_6174_6502;
/// Facts carried before the next are read: as many as a broker may still owe us a confirm for.
const BATCH: i64 = 200;
/// What was told longer ago isn't carried again: who heard it may have forgotten that by now.
const CARRIED: Duration = Duration::from_hours(30 * 24);
/// How long the relay sleeps when nobody wakes it.
const POLL: Duration = Duration::from_millis(250);

/// Brings the facts of one database to their carrier.
#[derive(Clone)]
pub(crate) struct Relay {
    /// Comes as the owner: it sees every service's rows.
    pub pool: PgPool,
    pub clock: Clock,
    pub carrier: Carrier,
    pub closed: Closed,
}

/// A row of the outbox.
struct Row {
    seq: i64,
    id: uuid::Uuid,
    service: String,
    name: String,
    body: Json<Box<RawValue>>,
    at: Timestamp,
    trace: Option<String>,
    only_for: Option<String>,
}

impl Row {
    fn envelope(self) -> Envelope {
        let envelope = Envelope::new(self.id, &self.service, &self.name, self.at, self.body.0);
        envelope.within(self.trace).only_for(self.only_for)
    }
}

impl Relay {
    /// Has one batch of unsent facts carried; says how many there were.
    pub async fn relay(&self) -> Result<usize, Fault> {
        let unsent = sqlx::query_as!(
            Row,
            r#"select seq, id, service, name, body as "body: Json<Box<RawValue>>", at, trace, only_for
               from kernel.outbox
              where sent_at is null
              order by seq
              limit $1"#,
            BATCH,
        )
        .fetch_all(&self.pool)
        .await?;
        let seqs: Vec<i64> = unsent.iter().map(|fact| fact.seq).collect();
        let blanked = unsent.iter().map(|fact| self.closed.blanked(&fact.name, &fact.body));
        let bodies: Vec<Option<serde_json::Value>> = blanked.collect::<Result<_, _>>()?;
        let facts: Vec<Envelope> = unsent.into_iter().map(Row::envelope).collect();
        if facts.is_empty() {
            return Ok(0);
        }
        self.carrier.carry(&facts).await?;
        self.mark_sent(&seqs, &bodies).await?;
        metrics::counter!("nexgate_facts_relayed_total").increment(seqs.len() as u64);
        Ok(seqs.len())
    }

    /// Nobody needs the codes and contacts of facts that are on their way: they go with the mark (X13).
    async fn mark_sent(&self, seqs: &[i64], blanked: &[Option<serde_json::Value>]) -> Result<(), Fault> {
        sqlx::query!(
            "update kernel.outbox
                set sent_at = $3, body = coalesce(sent.body, outbox.body)
               from unnest($1::bigint[], $2::jsonb[]) as sent (seq, body)
              where outbox.seq = sent.seq
                and outbox.seq = any($1)",
            seqs,
            blanked as &[Option<serde_json::Value>],
            self.clock.now(),
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Has what was told since then carried once more, for hearers that may have missed it; says how many facts.
    pub async fn carry_again(&self, since: Timestamp) -> Result<u64, Fault> {
        again(&mut *self.pool.acquire().await?, since.max(self.clock.now().minus(CARRIED)), &self.closed).await
    }

    /// Every fact this database still holds, oldest first; for tests.
    pub async fn told(&self) -> Result<Vec<Envelope>, Fault> {
        let told = sqlx::query_as!(
            Row,
            r#"select seq, id, service, name, body as "body: Json<Box<RawValue>>", at, trace, only_for
               from kernel.outbox
              order by seq"#,
        );
        Ok(told.fetch_all(&self.pool).await?.into_iter().map(Row::envelope).collect())
    }

    async fn lock(&self) -> Result<Option<PgConnection>, Fault> {
        let mut conn = PgConnection::connect_with(&self.pool.connect_options()).await?;
        let held = sqlx::query_scalar!("select pg_try_advisory_lock($1)", LOCK).fetch_one(&mut conn).await?;
        Ok((held == Some(true)).then_some(conn))
    }
}

/// Makes sent facts unsent: the relay tells them again, and who has heard one finds its mark in the inbox. What was sealed and
/// blanked stays: it would only fail at its one reader, again and again. The hour is for clocks that don't agree.
pub(crate) async fn again(conn: &mut PgConnection, since: Timestamp, closed: &Closed) -> Result<u64, Fault> {
    let told = sqlx::query!(
        r#"update kernel.outbox
              set sent_at = null
            where sent_at >= $1::timestamptz - interval '1 hour'
              and at >= $1
              and not (name = any($2) and body @? '$.* ? (@ == "sealed:")')"#,
        since,
        &closed.names(),
    );
    Ok(told.execute(conn).await?.rows_affected())
}

/// Relays until `stop`: holds the lock, works while there is work, else waits for a commit or the poll.
pub(crate) async fn run(relay: Relay, wake: std::sync::Arc<Notify>, stop: CancellationToken) {
    while !stop.is_cancelled() {
        match relay.lock().await {
            Ok(Some(conn)) => {
                if let Err(fault) = work(&relay, conn, &wake, &stop).await {
                    tracing::warn!(%fault, "the relay starts again");
                }
            }
            Ok(None) => tracing::debug!("another node relays this database"),
            Err(fault) => tracing::warn!(%fault, "the relay can't reach the database"),
        }
        pause(&wake, &stop).await;
    }
}

async fn work(relay: &Relay, mut lock: PgConnection, wake: &Notify, stop: &CancellationToken) -> Result<(), Fault> {
    while !stop.is_cancelled() {
        // The lock lives as long as its connection: asking over it notices when it is gone.
        lock.ping().await?;
        if relay.relay().await? == 0 {
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
