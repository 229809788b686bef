//! Requests to follow a private account: the pairs whose subject asks.

use host::{Constraint, Tx};
use kernel::{Fault, Id, Timestamp, User};

use super::ties::{Pair, Versions};
use crate::fault::Refusal;

/// Asks; those of the pairs where it wasn't asked already.
pub async fn ask(tx: &mut Tx, pairs: &[Pair]) -> Result<Versions, Fault> {
    if pairs.is_empty() {
        return Ok(Versions::new());
    }
    let (now, (subjects, objects)) = (tx.now(), Pair::columns(pairs));
    let asked = sqlx::query!(
        "insert into profile.tie as tie (subject, object, asks_since)
         select subject, object, $3
           from unnest($1::uuid[], $2::uuid[]) as pair (subject, object)
          order by subject, object
         on conflict (subject, object) do update
            set asks_since = $3, version = tie.version + 1
          where tie.asks_since is null
            and tie.follows_since is null
         returning subject, object, version",
        &subjects,
        &objects,
        now,
    )
    .fetch_all(tx.conn())
    .await
    .on_constraint("tie_not_oneself", Refusal::FollowsOneself)?;
    Ok(asked.into_iter().map(|row| (Pair { subject: row.subject, object: row.object }, row.version)).collect())
}

/// Takes requests away; says of how many of these there was one.
pub async fn end(tx: &mut Tx, pairs: &[Pair]) -> Result<u64, Fault> {
    if pairs.is_empty() {
        return Ok(0);
    }
    let (subjects, objects) = Pair::columns(pairs);
    let ended = sqlx::query!(
        "update profile.tie
            set asks_since = null, version = version + 1
           from unnest($1::uuid[], $2::uuid[]) as pair (subject, object)
          where tie.subject = pair.subject
            and tie.object = pair.object
            and tie.asks_since is not null",
        &subjects,
        &objects,
    );
    Ok(ended.execute(tx.conn()).await?.rows_affected())
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
