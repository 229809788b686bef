//! Who reported what.

use contracts::ids::Case;
use host::Tx;
use kernel::{Fault, Id, Timestamp, User};

use crate::model::moderation::NewReport;

/// Keeps it; reporting the same thing again is reporting it once. Says whether it is new.
pub async fn insert(tx: &mut Tx, case: Id<Case>, report: &NewReport<'_>) -> Result<bool, Fault> {
    let now = tx.now();
    let inserted = sqlx::query!(
        "insert into profile.report (case_id, reporter, reason, words, reported_at)
         values ($1, $2, $3, $4, $5)
         on conflict (case_id, reporter) do nothing",
        case.uuid(),
        report.reporter.uuid(),
        report.reason.name(),
        report.words,
        now,
    );
    Ok(inserted.execute(tx.conn()).await?.rows_affected() == 1)
}

/// How many somebody has made since then, and when the first of them was.
pub async fn since(tx: &mut Tx, reporter: Id<User>, then: Timestamp) -> Result<(i64, Option<Timestamp>), Fault> {
    let made = sqlx::query!(
        r#"select count(*) as "count!", min(reported_at) as first
             from profile.report
            where reporter = $1
              and reported_at > $2"#,
        reporter.uuid(),
        then,
    );
    let made = made.fetch_one(tx.conn()).await?;
    Ok((made.count, made.first))
}

pub async fn is_by(tx: &mut Tx, case: Id<Case>, reporter: Id<User>) -> Result<bool, Fault> {
    let found = sqlx::query_scalar!(
        "select 1
           from profile.report
          where case_id = $1
            and reporter = $2",
        case.uuid(),
        reporter.uuid(),
    );
    Ok(found.fetch_optional(tx.conn()).await?.is_some())
}

/// Who reported it, after this one; a page of them.
pub async fn reporters_after(tx: &mut Tx, case: Id<Case>, after: Option<Id<User>>) -> Result<Vec<Id<User>>, Fault> {
    let reporters = sqlx::query_scalar!(
        "select reporter
           from profile.report
          where case_id = $1
            and reporter > coalesce($2, '00000000-0000-0000-0000-000000000000'::uuid)
          order by reporter
          limit 200",
        case.uuid(),
        after.map(Id::uuid),
    );
    Ok(reporters.fetch_all(tx.conn()).await?)
}

/// Takes somebody's words out of their reports.
pub async fn erase(tx: &mut Tx, reporter: Id<User>) -> Result<(), Fault> {
    sqlx::query!("update profile.report set words = '' where reporter = $1 and words <> ''", reporter.uuid())
        .execute(tx.conn())
        .await?;
    Ok(())
}
