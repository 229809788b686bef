//! What is made of deals.

use host::Tx;
use kernel::{Fault, Id, Timestamp, User};
use serde_json::Value;

/// Has a seller's trust made anew, soon; of somebody who is erased nothing is made.
pub async fn mark(tx: &mut Tx, user: Id<User>) -> Result<(), Fault> {
    sqlx::query!(
        "insert into profile.trust (user_id, due_at)
         select $1, '-infinity'
          where not exists (select 1 from profile.profile where user_id = $1 and state = 'erased')
         on conflict (user_id) do update
            set due_at = '-infinity'",
        user.uuid(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Some of those that are due, longest first; due again then, should nobody have judged them.
pub async fn claim_due(tx: &mut Tx, again: Timestamp) -> Result<Vec<Id<User>>, Fault> {
    let now = tx.now();
    let due = sqlx::query_scalar!(
        r#"update profile.trust
              set due_at = $2
            where user_id = any (array(select user_id
                                         from profile.trust
                                        where due_at <= $1
                                        order by due_at
                                        limit 200
                                          for update skip locked))
           returning user_id as "user: Id<User>""#,
        now,
        again,
    );
    Ok(due.fetch_all(tx.conn()).await?)
}

/// Who comes after this one.
pub async fn next_after(tx: &mut Tx, after: Option<Id<User>>) -> Result<Option<Id<User>>, Fault> {
    let next = sqlx::query_scalar!(
        r#"select user_id as "user: Id<User>"
             from profile.trust
            where user_id > coalesce($1, '00000000-0000-0000-0000-000000000000'::uuid)
            order by user_id
            limit 1"#,
        after.map(Id::uuid),
    );
    Ok(next.fetch_optional(tx.conn()).await?)
}

/// What is shown of a seller.
#[derive(Debug, Clone, Copy)]
pub struct Shown {
    pub version: i64,
    pub score: Option<f64>,
    pub completed: i64,
}

pub async fn lock(tx: &mut Tx, user: Id<User>) -> Result<Option<Shown>, Fault> {
    let shown = sqlx::query_as!(
        Shown,
        "select version, score, completed
           from profile.trust
          where user_id = $1
            for update",
        user.uuid(),
    );
    Ok(shown.fetch_optional(tx.conn()).await?)
}

/// Keeps what was made of it, from when it is and until when it holds.
pub async fn save(
    tx: &mut Tx,
    user: Id<User>,
    shown: &Shown,
    explained: &Value,
    (as_of, due_at): (Timestamp, Timestamp),
) -> Result<(), Fault> {
    sqlx::query!(
        "update profile.trust
            set version = $2, score = $3, completed = $4, explained = $5, as_of = $6, due_at = $7
          where user_id = $1",
        user.uuid(),
        shown.version,
        shown.score,
        shown.completed,
        explained,
        as_of,
        due_at,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub async fn erase(tx: &mut Tx, user: Id<User>) -> Result<(), Fault> {
    sqlx::query!("delete from profile.trust where user_id = $1", user.uuid()).execute(tx.conn()).await?;
    Ok(())
}
