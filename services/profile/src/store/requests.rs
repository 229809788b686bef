//! Requests to follow a private account: the pairs whose subject asks.

use host::{Constraint, Tx};
use kernel::{Fault, Id, Timestamp, User};

use super::ties::Pair;
use crate::fault::Refusal;

/// Asks; the new version, or `None` where it was asked already.
pub async fn ask(tx: &mut Tx, pair: Pair) -> Result<Option<i64>, Fault> {
    let now = tx.now();
    sqlx::query_scalar!(
        "insert into profile.tie as tie (subject, object, asks_since)
         values ($1, $2, $3)
         on conflict (subject, object) do update
            set asks_since = $3, version = tie.version + 1
          where tie.asks_since is null
            and tie.follows_since is null
         returning version",
        pair.subject.uuid(),
        pair.object.uuid(),
        now,
    )
    .fetch_optional(tx.conn())
    .await
    .on_constraint("tie_not_oneself", Refusal::FollowsOneself)
}

/// Takes a request away; says whether there was one.
pub async fn end(tx: &mut Tx, pair: Pair) -> Result<bool, Fault> {
    let ended = sqlx::query!(
        "update profile.tie
            set asks_since = null, version = version + 1
          where subject = $1
            and object = $2
            and asks_since is not null",
        pair.subject.uuid(),
        pair.object.uuid(),
    )
    .execute(tx.conn())
    .await?;
    Ok(ended.rows_affected() == 1)
}

/// When the last of those asked who wait for this answer; nobody's clock but theirs says who was before. None where nobody waits.
pub async fn newest(tx: &mut Tx, user: Id<User>) -> Result<Option<Timestamp>, Fault> {
    let waiting = sqlx::query_scalar!(
        r#"select asks_since as "asks_since!"
             from profile.tie
            where object = $1
              and asks_since is not null
            order by asks_since desc
            limit 1"#,
        user.uuid(),
    );
    Ok(waiting.fetch_optional(tx.conn()).await?)
}

/// Who has waited longest, of those who asked until then.
pub async fn oldest(tx: &mut Tx, user: Id<User>, until: Timestamp) -> Result<Vec<Id<User>>, Fault> {
    let waiting = sqlx::query_scalar!(
        r#"select subject as "user: Id<User>"
             from profile.tie
            where object = $1
              and asks_since is not null
              and asks_since <= $2
            order by asks_since, subject
            limit 200"#,
        user.uuid(),
        until,
    );
    Ok(waiting.fetch_all(tx.conn()).await?)
}
