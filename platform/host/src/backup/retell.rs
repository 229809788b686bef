//! Facts that may have been on their way when the backup was taken: they are told again.
//!
//! The broker's queues aren't part of a backup, and the databases' snapshots aren't of one instant. Whoever has heard a fact
//! finds its mark in the inbox, so telling all of them again is safe.

use std::time::Duration;

use kernel::{Fault, Timestamp};
use sqlx::{PgConnection, types::Uuid};

use super::target::Target;
use crate::{bus, seal::Closed, service::Service};

/// Everything younger than this when the backup began: longer than a queue is ever left unheard.
const BEFORE: Duration = Duration::from_hours(24);

/// Facts whose sealed fields were blanked when they were carried, and that a service hasn't heard: they can't be told again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    pub fact: String,
    pub service: &'static str,
    pub count: usize,
}

/// Lets the relays of these databases tell again; says how many facts, and what is lost.
pub(super) async fn all(targets: &[Target], services: &[Service], begun: Timestamp) -> Result<(u64, Vec<Lost>), String> {
    let (since, closed) = (begun.minus(BEFORE), Closed::of(services));
    let (mut retold, mut blanked) = (0, Vec::new());
    for target in targets {
        let mut conn = target.address.connect().await?;
        retold += bus::again(&mut conn, since, &closed).await.map_err(|fault| fault.to_string())?;
        remember(&mut conn, since).await.map_err(|fault| fault.to_string())?;
        blanked.extend(blank(&mut conn, since, &closed).await.map_err(|fault| fault.to_string())?);
    }
    let mut lost = Vec::new();
    for service in services {
        lost.extend(missed(targets, service, &blanked).await?);
    }
    Ok((retold, lost))
}

/// What was heard of those facts stays known for as long as if it had been heard now, however old the backup is.
async fn remember(conn: &mut PgConnection, since: Timestamp) -> Result<(), Fault> {
    let heard = sqlx::query!("update kernel.inbox set at = greatest(at, now()) where at >= $1 and state = 'done'", since);
    heard.execute(conn).await?;
    Ok(())
}

async fn blank(conn: &mut PgConnection, since: Timestamp, closed: &Closed) -> Result<Vec<(Uuid, String)>, Fault> {
    let blanked = sqlx::query!(
        r#"select id, name
             from kernel.outbox
            where sent_at >= $1::timestamptz - interval '1 hour'
              and at >= $1
              and name = any($2)
              and body @? '$.* ? (@ == "sealed:")'"#,
        since,
        &closed.names(),
    );
    Ok(blanked.fetch_all(conn).await?.into_iter().map(|fact| (fact.id, fact.name)).collect())
}

/// Which of these facts a service hears and has no mark of, by name.
async fn missed(targets: &[Target], service: &Service, facts: &[(Uuid, String)]) -> Result<Vec<Lost>, String> {
    let lives = |target: &&Target| target.dump.services.iter().any(|name| name == service.name);
    let Some(target) = targets.iter().find(lives) else { return Ok(Vec::new()) };
    let mut lost = Vec::new();
    for name in service.heard() {
        let ids: Vec<Uuid> = facts.iter().filter(|(_, fact)| fact == name).map(|(id, _)| *id).collect();
        if ids.is_empty() {
            continue;
        }
        let heard = sqlx::query_scalar!(
            r#"select count(*) as "count!" from kernel.inbox where service = $1 and fact = any($2)"#,
            service.name,
            &ids,
        );
        let heard = heard.fetch_one(&mut target.address.connect().await?).await.map_err(|error| target.address.told(&error))?;
        let count = ids.len().saturating_sub(usize::try_from(heard).unwrap_or(0));
        if count > 0 {
            lost.push(Lost { fact: name.to_owned(), service: service.name, count });
        }
    }
    Ok(lost)
}
