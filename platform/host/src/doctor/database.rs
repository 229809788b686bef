//! A database: whether it answers, is new enough, migrated, has connections left, and agrees about the time.

use std::time::Duration;

use futures_util::future::join_all;
use kernel::Clock;
use sqlx::{Connection, PgConnection};

use super::{
    finding::{Finding, Verdict},
    in_time, waiting,
};
use crate::{
    config::Config,
    databases::{Known, known},
    db,
    service::Service,
};

/// `server_version_num` of the oldest PostgreSQL whose SQL we use.
const OLDEST: i32 = 150_000;
/// Hundredths of the connections in use.
const CONNECTIONS: (i64, i64) = (80, 95);
/// Between its clock and ours. Leases are four seconds: half of one is bad.
const SKEW: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(2));

pub(super) async fn look(config: &Config, services: &[Service], clock: &Clock) -> Vec<Finding> {
    let databases = match known(config, services) {
        Ok(databases) if databases.is_empty() => {
            return vec![Finding::look("database", "none is named, and none has run here yet: `nexgate up` makes one")];
        }
        Ok(databases) => databases,
        Err(error) => return vec![Finding::bad("database", error)],
    };
    let found = databases.iter().map(|database| async move {
        let subject = format!("database {}", database.address);
        in_time(&subject, examine(&subject, database, services, clock)).await
    });
    join_all(found).await.concat()
}

async fn examine(subject: &str, database: &Known, services: &[Service], clock: &Clock) -> Result<Vec<Finding>, String> {
    let mut conn = database.address.connect().await?;
    let mut found = vec![
        server(&mut conn, subject, database).await?,
        connections(&mut conn, subject).await?,
        time(&mut conn, subject, clock).await?,
    ];
    let theirs: Vec<&Service> = services.iter().filter(|service| database.services.contains(&service.name)).collect();
    let missing = db::pending(&database.address.options, &theirs).await.map_err(|fault| fault.to_string())?;
    if missing > 0 {
        found.push(Finding::bad(subject, format!("{missing} migrations are missing: run `nexgate migrate`")));
    } else {
        found.push(Finding::ok(subject, "migrated"));
        found.extend(waiting::look(&mut conn, subject, clock).await?);
    }
    conn.close().await.map_err(|error| error.to_string())?;
    Ok(found)
}

async fn server(conn: &mut PgConnection, subject: &str, database: &Known) -> Result<Finding, String> {
    let server = sqlx::query!(
        r#"select current_setting('server_version') as "version!", current_setting('server_version_num')::int as "number!""#
    );
    let server = server.fetch_one(conn).await.map_err(|error| error.to_string())?;
    let verdict = if server.number < OLDEST { Verdict::Bad } else { Verdict::Ok };
    Ok(Finding::new(verdict, subject, format!("PostgreSQL {}, of {}", server.version, database.services.join(", "))))
}

async fn connections(conn: &mut PgConnection, subject: &str) -> Result<Finding, String> {
    let used = sqlx::query!(
        r#"select count(*) as "used!",
                  current_setting('max_connections')::bigint - current_setting('superuser_reserved_connections')::bigint as "most!"
             from pg_stat_activity
            where backend_type = 'client backend'"#,
    );
    let (used, most) = used.fetch_one(conn).await.map(|row| (row.used, row.most)).map_err(|error| error.to_string())?;
    let verdict = Verdict::by(used * 100 / most.max(1), CONNECTIONS.0, CONNECTIONS.1);
    Ok(Finding::new(verdict, subject, format!("{used} of {most} connections in use")))
}

/// Its clock is read in the middle of the call, as far as we know.
async fn time(conn: &mut PgConnection, subject: &str, clock: &Clock) -> Result<Finding, String> {
    let before = clock.now();
    let theirs = sqlx::query_scalar!(r#"select clock_timestamp() as "now!""#).fetch_one(conn).await;
    let theirs = theirs.map_err(|error| error.to_string())?;
    let ours = before.plus(clock.now().since(before) / 2);
    let skew = theirs.since(ours).max(ours.since(theirs));
    Ok(Finding::new(Verdict::by(skew, SKEW.0, SKEW.1), subject, format!("its clock is {} ms from ours", skew.as_millis())))
}
