//! What waits in a database: facts to be told, facts that failed, jobs.

use std::time::Duration;

use kernel::{Clock, Timestamp};
use sqlx::PgConnection;

use super::finding::{Finding, Verdict, shown};

/// The oldest fact nobody has carried: the relay looks four times a second, and a broker may restart.
const UNSENT: (Duration, Duration) = (Duration::from_secs(10), Duration::from_mins(5));
/// The oldest job that is due: workers look twice a second, and may have much to do.
const DUE: (Duration, Duration) = (Duration::from_secs(30), Duration::from_mins(10));

pub(super) async fn look(conn: &mut PgConnection, subject: &str, clock: &Clock) -> Result<Vec<Finding>, String> {
    let now = clock.now();
    let [outbox, inbox, jobs] = [
        outbox(conn, subject, now).await.map_err(|error| error.to_string())?,
        inbox(conn, subject).await.map_err(|error| error.to_string())?,
        jobs(conn, subject, now).await.map_err(|error| error.to_string())?,
    ];
    Ok(vec![outbox, inbox, jobs])
}

async fn outbox(conn: &mut PgConnection, subject: &str, now: Timestamp) -> Result<Finding, sqlx::Error> {
    let unsent = sqlx::query!(
        r#"select count(*) as "count!", min(at) as "oldest"
             from kernel.outbox
            where sent_at is null"#,
    );
    let unsent = unsent.fetch_one(conn).await?;
    let age = unsent.oldest.map_or(Duration::ZERO, |oldest| now.since(oldest));
    let said = format!("{} facts to be told, the oldest {} old", unsent.count, shown(age));
    Ok(Finding::new(Verdict::by(age, UNSENT.0, UNSENT.1), subject, said))
}

async fn inbox(conn: &mut PgConnection, subject: &str) -> Result<Finding, sqlx::Error> {
    let failed = sqlx::query!(
        r#"select count(*) filter (where state = 'waiting') as "waiting!", count(*) filter (where state = 'parked') as "parked!"
             from kernel.inbox
            where state <> 'done'"#,
    );
    let failed = failed.fetch_one(conn).await?;
    let verdict = Verdict::none_of(failed.parked).max(Verdict::by(failed.waiting, 1, i64::MAX));
    let said = format!("{} facts parked, {} failed or unknown and tried again", failed.parked, failed.waiting);
    Ok(Finding::new(verdict, subject, said))
}

async fn jobs(conn: &mut PgConnection, subject: &str, now: Timestamp) -> Result<Finding, sqlx::Error> {
    let jobs = sqlx::query!(
        r#"select count(*) as "due!", min(run_at) as "oldest",
                  (select count(*) from kernel.job where state = 'parked') as "parked!",
                  (select count(*) from kernel.job where state <> 'parked' and reason is not null) as "failing!"
             from kernel.job_kind kind
             join kernel.job on job.service = kind.service and job.name = kind.name
            where job.state = 'waiting'
              and run_at <= $1"#,
        now,
    );
    let jobs = jobs.fetch_one(conn).await?;
    let age = jobs.oldest.map_or(Duration::ZERO, |oldest| now.since(oldest));
    let late = Verdict::by(age, DUE.0, DUE.1).max(Verdict::by(jobs.failing, 1, i64::MAX));
    let said = format!("{} jobs parked, {} failed and tried again, {} due", jobs.parked, jobs.failing, jobs.due);
    Ok(Finding::new(Verdict::none_of(jobs.parked).max(late), subject, format!("{said}, the oldest for {}", shown(age))))
}
