//! The inbox: one effect per fact and service, and the failed facts that wait or are parked.

use std::{
    collections::{HashMap, HashSet},
    panic::AssertUnwindSafe,
    sync::Arc,
    time::Duration,
};

use futures_util::FutureExt;
use kernel::{Clock, Envelope, Fault, Timestamp, unread};
use serde_json::Value;
use sqlx::PgPool;
use tokio_util::sync::CancellationToken;
use tracing::Instrument;
use uuid::Uuid;

use super::{Heard, Hearing};
use crate::{
    db::Tx,
    jobs::wait_after,
    service::Hearer,
    trace::{Trace, Traced},
};

/// After so many failed tries a fact is parked with its reason: about two hours.
const TRIES: i16 = 21;
/// As long a fact waits for a node that hears it: another node may be of a newer version, and hear more.
const UNCLAIMED: Duration = Duration::from_hours(2);
/// Facts heard in one transaction, which share its commit; and so many of those that are heard one after the other, each with locks of
/// its own.
const TOGETHER: usize = 200;
const ALONE: usize = 32;

impl Hearing {
    pub fn knows(&self, name: &str) -> bool {
        self.hears.contains_key(name)
    }

    /// Whether this fact is for it.
    pub fn is_told(&self, fact: &Envelope) -> bool {
        self.knows(&fact.name) && fact.only_for.as_deref().is_none_or(|service| service == self.service())
    }

    fn service(&self) -> &'static str {
        self.here.db.service
    }

    /// Hears these facts: a few in one transaction or, where one of them fails, each in its own. A fact that fails by itself is
    /// kept for a later try. Ok means that nothing of them can be lost any more.
    pub async fn hear(&self, facts: &[&Envelope]) -> Result<(), Fault> {
        let mut left = facts;
        while !left.is_empty() {
            let (facts, later) = left.split_at(self.first_of(left));
            left = later;
            if facts.len() > 1 && self.in_one(facts).await.is_ok() {
                continue;
            }
            for fact in facts {
                self.hear_or_keep(fact, None).await?;
            }
        }
        Ok(())
    }

    /// `tried` is how often it had failed, where it comes from the inbox: of two nodes that try it at once one is counted.
    async fn hear_or_keep(&self, fact: &Envelope, tried: Option<i16>) -> Result<(), Fault> {
        match self.in_one(&[fact]).await {
            Ok(()) => Ok(()),
            Err(fault) => self.keep(fact, &fault, tried).await,
        }
    }

    /// Runs the handlers in the transaction that marks the facts as heard; a fact heard before has no effect.
    async fn in_one(&self, facts: &[&Envelope]) -> Result<(), Fault> {
        let marks = marks(facts);
        let heard = async {
            crate::write!(self.here.db, async |tx| {
                let new: HashSet<Uuid> = tx.hear_once(&marks).await?.into_iter().collect();
                let mut told = HashSet::new();
                let heard = facts.iter().copied().filter(|fact| new.contains(&fact.id) && told.insert(fact.id));
                for group in self.groups(heard) {
                    self.handle(tx, &group).await?;
                }
                Ok(())
            })
        };
        let outcome = AssertUnwindSafe(heard).catch_unwind().await;
        outcome.unwrap_or_else(|_| Err(Fault::internal("the handler panicked")))
    }

    fn takes_many(&self, fact: &Envelope) -> bool {
        matches!(self.hears.get(fact.name.as_str()), Some(Heard { hear: Hearer::Many(_), .. }))
    }

    /// How many of the first of them share a transaction.
    fn first_of(&self, facts: &[&Envelope]) -> usize {
        let alone = facts.iter().enumerate().filter(|(_, fact)| !self.takes_many(fact)).map(|(place, _)| place);
        alone.skip(ALONE).chain([facts.len(), TOGETHER]).min().unwrap_or(TOGETHER)
    }

    /// What is heard at once: facts of one name whose hearer takes many, where the last of them stood, so that none of them comes before
    /// what was told before it; any other by itself.
    fn groups<'f>(&self, facts: impl Iterator<Item = &'f Envelope>) -> Vec<Vec<&'f Envelope>> {
        let (mut groups, mut gathered) = (Vec::<(usize, Vec<&Envelope>)>::new(), HashMap::new());
        for (place, fact) in facts.enumerate() {
            let known = gathered.get(fact.name.as_str()).and_then(|at: &usize| groups.get_mut(*at));
            if let Some((last, group)) = known {
                *last = place;
                group.push(fact);
                continue;
            }
            if self.takes_many(fact) {
                gathered.insert(fact.name.as_str(), groups.len());
            }
            groups.push((place, vec![fact]));
        }
        groups.sort_by_key(|(last, _)| *last);
        groups.into_iter().map(|(_, group)| group).collect()
    }

    async fn handle(&self, tx: &mut Tx, facts: &[&Envelope]) -> Result<(), Fault> {
        let Some(first) = facts.first() else { return Ok(()) };
        let heard = self.hears.get(first.name.as_str());
        let heard = heard.ok_or_else(|| Fault::internal(format_args!("{} doesn't hear {}", self.service(), first.name)))?;
        match &heard.hear {
            Hearer::One(hear) => {
                let trace = Trace::follow(first.traceparent.as_deref());
                let span = tracing::info_span!("fact", trace = %trace.id(), service = self.service(), name = first.name);
                let hearing = async {
                    hear(tx, &self.here, first.id, first.data.get()).await?;
                    tracing::debug!("heard");
                    Ok(())
                };
                trace.scope(span, hearing).await
            }
            Hearer::Many(hear) => {
                let each = facts.iter().map(|fact| Traced::after(fact.traceparent.as_deref(), (fact.id, fact.data.get())));
                let span = tracing::info_span!("facts", service = self.service(), name = first.name, count = facts.len());
                hear(tx, &self.here, each.collect()).instrument(span).await
            }
        }
    }

    /// Keeps a fact that failed, for a later try or, after too many, parked.
    async fn keep(&self, fact: &Envelope, fault: &Fault, tried: Option<i16>) -> Result<(), Fault> {
        let now = self.here.clock.now();
        let kept = sqlx::query!(
            "insert into kernel.inbox as inbox (service, fact, name, state, attempts, not_before, reason, envelope, at)
             values ($1, $2, $3, 'waiting', 1, $4, $5, $6, $7)
             on conflict (service, fact) do update
                set attempts = inbox.attempts + 1,
                    state = case when inbox.attempts + 1 >= $8 then 'parked' else 'waiting' end,
                    not_before = $7 + least(600, power(2, least(inbox.attempts, 10))) * interval '1 second',
                    reason = $5
              where inbox.state <> 'done'
                and inbox.attempts = coalesce($9, inbox.attempts)
             returning state, attempts",
            self.service(),
            fact.id,
            readable(&fact.name),
            now.plus(wait_after(1)),
            readable(&fault.to_string()),
            storable(serde_json::to_value(fact)?),
            now,
            i32::from(TRIES),
            tried,
        )
        .fetch_optional(&self.here.db.pool)
        .await?;
        if let Some(kept) = kept {
            failed(self.service(), kept.state);
            tracing::warn!(service = self.service(), fact = %fact.name, attempts = kept.attempts, %fault, "fact failed");
        }
        Ok(())
    }

    /// Leaves a fact this node doesn't hear to one that does: in an upgrade the new version's facts come to old nodes too.
    pub async fn leave(&self, fact: &Envelope) -> Result<(), Fault> {
        let reason = unheard(fact);
        sqlx::query!(
            "insert into kernel.inbox (service, fact, name, state, not_before, reason, envelope, at)
             values ($1, $2, $3, 'waiting', $6, $4, $5, $6)
             on conflict (service, fact) do nothing",
            self.service(),
            fact.id,
            readable(&fact.name),
            readable(&reason),
            storable(serde_json::to_value(fact)?),
            self.here.clock.now(),
        )
        .execute(&self.here.db.pool)
        .await?;
        failed(self.service(), "waiting".to_owned());
        tracing::warn!(service = self.service(), reason, "a fact is left to another node");
        Ok(())
    }

    /// Sets aside what no later try can hear either: a message that isn't a fact.
    pub async fn park(&self, id: Uuid, name: &str, message: Value, reason: &str) -> Result<(), Fault> {
        sqlx::query!(
            "insert into kernel.inbox (service, fact, name, state, attempts, reason, envelope, at)
             values ($1, $2, $3, 'parked', 1, $4, $5, $6)
             on conflict (service, fact) do nothing",
            self.service(),
            id,
            readable(name),
            readable(reason),
            storable(message),
            self.here.clock.now(),
        )
        .execute(&self.here.db.pool)
        .await?;
        failed(self.service(), "parked".to_owned());
        tracing::warn!(service = self.service(), name, reason, "a message was parked");
        Ok(())
    }
}

fn unheard(fact: &Envelope) -> String {
    format!("{} isn't heard here", fact.name)
}

fn failed(service: &'static str, state: String) {
    metrics::counter!("nexgate_fact_failures_total", "service" => service, "state" => state).increment(1);
}

/// PostgreSQL keeps no zero character; a message with one must still be kept, or it would block those behind it.
fn readable(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

fn storable(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(readable(&text)),
        Value::Array(items) => items.into_iter().map(storable).collect(),
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (readable(&name), storable(value))).collect(),
        plain => plain,
    }
}

/// Ids and names, each id once and in order, so that two who hear the same facts never wait for each other in a circle.
fn marks(facts: &[&Envelope]) -> Vec<(Uuid, String)> {
    let mut marks: Vec<(Uuid, String)> = facts.iter().map(|fact| (fact.id, fact.name.clone())).collect();
    marks.sort_unstable();
    marks.dedup_by_key(|(id, _)| *id);
    marks
}

/// The failed facts of one database, and who tries them again.
#[derive(Clone)]
pub(crate) struct Inbox {
    /// Comes as the owner: it sees every service's rows.
    pub pool: PgPool,
    pub clock: Clock,
    pub hearings: Arc<[Hearing]>,
}

/// A message that waits, as it came.
struct Waiting {
    service: String,
    fact: Uuid,
    attempts: i16,
    envelope: Value,
}

/// A fact that waits or is parked, for whoever runs the platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parked {
    pub service: String,
    pub name: String,
    pub fact: Uuid,
    pub attempts: i16,
    pub reason: String,
    pub at: Timestamp,
}

impl Inbox {
    /// Tries the waiting facts whose time has come by `now` and that are heard here, and parks those nobody hears; says how many.
    pub async fn retry(&self, now: Timestamp) -> Result<usize, Fault> {
        let due = self.due(now).await?;
        for waiting in &due {
            let Some(hearing) = self.hearings.iter().find(|hearing| hearing.service() == waiting.service) else { continue };
            match serde_json::from_value::<Envelope>(waiting.envelope.clone()) {
                Ok(fact) if hearing.knows(&fact.name) => hearing.hear_or_keep(&fact, Some(waiting.attempts)).await?,
                Ok(fact) => self.give_up(hearing.service(), waiting.fact, &unheard(&fact)).await?,
                Err(error) => self.give_up(hearing.service(), waiting.fact, &unread(&error)).await?,
            }
        }
        Ok(due.len())
    }

    /// What is heard here and due, and what nobody has taken for too long. The rest is left to the nodes that hear it.
    async fn due(&self, now: Timestamp) -> Result<Vec<Waiting>, Fault> {
        let services: Vec<String> = self.hearings.iter().map(|hearing| hearing.service().to_owned()).collect();
        let heard = self.hearings.iter().flat_map(|hearing| hearing.hears.keys().map(|name| (hearing.service(), *name)));
        let (hearers, names): (Vec<String>, Vec<String>) =
            heard.map(|(service, name)| (service.to_owned(), name.to_owned())).unzip();
        Ok(sqlx::query_as!(
            Waiting,
            r#"select service, fact, attempts, envelope as "envelope!"
                 from kernel.inbox
                where state = 'waiting'
                  and not_before <= $1
                  and service = any($2)
                  and ((service, name) in (select hearer, heard from unnest($3::text[], $4::text[]) as ours (hearer, heard))
                       or not_before <= $5)
                order by not_before
                limit 50"#,
            now,
            &services,
            &hearers,
            &names,
            now.minus(UNCLAIMED),
        )
        .fetch_all(&self.pool)
        .await?)
    }

    /// Parks what can't be heard, or nobody hears.
    async fn give_up(&self, service: &'static str, fact: Uuid, reason: &str) -> Result<(), Fault> {
        let parked = sqlx::query!(
            "update kernel.inbox
                set state = 'parked', attempts = attempts + 1, reason = $3
              where service = $1
                and fact = $2
                and state = 'waiting'",
            service,
            fact,
            reason,
        )
        .execute(&self.pool)
        .await?;
        if parked.rows_affected() == 1 {
            failed(service, "parked".to_owned());
            tracing::warn!(service, %fact, reason, "a waiting message was parked");
        }
        Ok(())
    }

    /// Gives parked facts of `service` (or of all) another round of tries; says how many.
    pub async fn replay(&self, service: Option<&str>) -> Result<u64, Fault> {
        let replayed = sqlx::query!(
            "update kernel.inbox
                set state = 'waiting', attempts = 0, not_before = $2
              where state = 'parked'
                and ($1::text is null or service = $1)",
            service,
            self.clock.now(),
        )
        .execute(&self.pool)
        .await?;
        Ok(replayed.rows_affected())
    }

    /// What is parked, of `service` or of all, oldest first.
    pub async fn parked(&self, service: Option<&str>) -> Result<Vec<Parked>, Fault> {
        Ok(sqlx::query_as!(
            Parked,
            r#"select service, name, fact, attempts, coalesce(reason, '') as "reason!", at
                 from kernel.inbox
                where state = 'parked'
                  and ($1::text is null or service = $1)
                order by at
                limit 1000"#,
            service,
        )
        .fetch_all(&self.pool)
        .await?)
    }
}

/// How often the waiting facts are looked at.
const POLL: Duration = Duration::from_millis(500);

/// Tries waiting facts until `stop`.
pub(crate) async fn run(inbox: Inbox, stop: CancellationToken) {
    while !stop.is_cancelled() {
        match inbox.retry(inbox.clock.now()).await {
            Ok(0) => {}
            Ok(_) => continue,
            Err(fault) => tracing::warn!(%fault, "the inbox can't be reached"),
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }
}
