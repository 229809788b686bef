//! The inbox: one effect per fact and service, and the failed facts that wait or are parked.

use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;
use kernel::{Envelope, Fault, Timestamp};
use sqlx::{PgPool, types::Uuid};

use super::{Bus, Ear};
use crate::jobs::wait_after;

/// After so many failed tries a fact is parked with its reason: about two hours.
const TRIES: i16 = 21;

/// Runs the handler in the transaction that marks the fact as heard; a fact heard before has no effect.
pub(super) async fn hear(ear: &Ear, envelope: &Envelope) -> Result<(), Fault> {
    let heard = async {
        crate::write!(ear.here.db, async |tx| {
            if tx.hear_once(envelope.id, &envelope.name).await? {
                (ear.hear)(tx, &ear.here, envelope.data.get()).await?;
            }
            Ok(())
        })
    };
    let outcome = AssertUnwindSafe(heard).catch_unwind().await;
    outcome.unwrap_or_else(|_| Err(Fault::internal("the handler panicked")))
}

/// Keeps a fact that failed, for a later try or, after too many, parked.
pub(super) async fn keep(pool: &PgPool, now: Timestamp, ear: &Ear, envelope: &Envelope, fault: &Fault) -> Result<(), Fault> {
    let kept = sqlx::query!(
        "insert into kernel.inbox as inbox (service, fact, name, state, attempts, not_before, reason, envelope, at)
         values ($1, $2, $3, 'waiting', 1, $4, $5, $6, $7)
         on conflict (service, fact) do update
            set attempts = inbox.attempts + 1,
                state = case when inbox.attempts + 1 >= $8 then 'parked' else 'waiting' end,
                not_before = $7 + least(600, power(2, least(inbox.attempts, 10))) * interval '1 second',
                reason = $5
          where inbox.state <> 'done'
         returning state, attempts",
        ear.here.db.service,
        envelope.id,
        envelope.name,
        now.plus(wait_after(1)),
        fault.to_string(),
        serde_json::to_value(envelope)?,
        now,
        i32::from(TRIES),
    )
    .fetch_optional(pool)
    .await?;
    if let Some(kept) = kept {
        metrics::counter!("nexgate_fact_failures_total", "service" => ear.here.db.service, "state" => kept.state).increment(1);
        tracing::warn!(service = ear.here.db.service, fact = %envelope.name, attempts = kept.attempts, %fault, "fact failed");
    }
    Ok(())
}

impl Bus {
    /// Tries the waiting facts whose time has come by `now`; says how many it tried.
    pub async fn retry(&self, now: Timestamp) -> Result<usize, Fault> {
        let (services, names) = self.heard();
        let due = sqlx::query!(
            r#"select service, fact, envelope as "envelope!"
                 from kernel.inbox
                where state = 'waiting'
                  and not_before <= $1
                  and (service, name) in (select heard.service, heard.name from unnest($2::text[], $3::text[]) as heard (service, name))
                order by not_before
                limit 50"#,
            now,
            &services,
            &names,
        )
        .fetch_all(&self.pool)
        .await?;
        for row in &due {
            let envelope: Envelope = match serde_json::from_value(row.envelope.clone()) {
                Ok(envelope) => envelope,
                Err(error) => {
                    self.park(&row.service, row.fact, &error.to_string()).await?;
                    continue;
                }
            };
            let ears = self.ears.get(envelope.name.as_str()).into_iter().flatten();
            for ear in ears.filter(|ear| ear.here.db.service == row.service) {
                if let Err(fault) = hear(ear, &envelope).await {
                    keep(&self.pool, self.clock.now(), ear, &envelope, &fault).await?;
                }
            }
        }
        Ok(due.len())
    }

    /// The facts that are heard in this node, as (service, name) in two columns.
    fn heard(&self) -> (Vec<String>, Vec<String>) {
        let pairs = self.ears.iter().flat_map(|(name, ears)| ears.iter().map(move |ear| (ear.here.db.service, *name)));
        pairs.map(|(service, name)| (service.to_owned(), (*name).to_owned())).unzip()
    }

    /// Sets a fact aside that can't even be read.
    async fn park(&self, service: &str, fact: Uuid, reason: &str) -> Result<(), Fault> {
        sqlx::query!(
            "update kernel.inbox
                set state = 'parked', reason = $3
              where service = $1
                and fact = $2",
            service,
            fact,
            reason,
        )
        .execute(&self.pool)
        .await?;
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
}
