//! What is made of deals.

use host::Tx;
use kernel::{Fault, Id, Timestamp, User};
use serde_json::Value;

/// Has a seller's trust made anew, soon.
pub async fn mark(tx: &mut Tx, user: Id<User>) -> Result<(), Fault> {
    sqlx::query!(
        "insert into profile.trust (user_id, due_at)
         values ($1, '-infinity')
         on conflict (user_id) do update
            set due_at = '-infinity'",
        user.uuid(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Has everybody's made anew; says whose number it is.
pub async fn mark_all(tx: &mut Tx) -> Result<u64, Fault> {
    Ok(sqlx::query!("update profile.trust set due_at = '-infinity'").execute(tx.conn()).await?.rows_affected())
}

/// What was shown of a seller until now.
#[derive(Debug)]
pub struct Shown {
    pub user: Id<User>,
    pub version: i64,
    pub score: Option<f64>,
    pub completed: i64,
}

/// Locks some of those that are due, longest first.
pub async fn lock_due(tx: &mut Tx) -> Result<Vec<Shown>, Fault> {
    let now = tx.now();
    let due = sqlx::query_as!(
        Shown,
        r#"select user_id as "user", version, score, completed
             from profile.trust
            where due_at <= $1
            order by due_at
            limit 50
              for update skip locked"#,
        now,
    );
    Ok(due.fetch_all(tx.conn()).await?)
}

/// Keeps what was made of it.
pub async fn save(tx: &mut Tx, shown: &Shown, explained: &Value, as_of: Timestamp, due_at: Timestamp) -> Result<(), Fault> {
    sqlx::query!(
        "update profile.trust
            set version = $2, score = $3, completed = $4, explained = $5, as_of = $6, due_at = $7
          where user_id = $1",
        shown.user.uuid(),
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
