//! The session rows.

use contracts::ids::Device;
use host::Tx;
use kernel::{Fault, Id, Session as SessionId, Timestamp, User};

use crate::model::refresh::Family;

/// A session as a refresh needs it.
#[derive(Debug)]
pub struct Session {
    pub user: Id<User>,
    pub device: Id<Device>,
    pub family: Family,
}

pub async fn insert(
    tx: &mut Tx,
    id: Id<SessionId>,
    user: Id<User>,
    device: Id<Device>,
    expires_at: Timestamp,
) -> Result<(), Fault> {
    let now = tx.now();
    sqlx::query!(
        "insert into auth.session (id, user_id, device_id, opened_at, last_seen_at, expires_at)
         values ($1, $2, $3, $4, $4, $5)",
        id.uuid(),
        user.uuid(),
        device.uuid(),
        now,
        expires_at,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub async fn lock(tx: &mut Tx, id: Id<SessionId>) -> Result<Option<Session>, Fault> {
    let row = sqlx::query!(
        "select user_id, device_id, newest, ended_at
           from auth.session
          where id = $1
            for update",
        id.uuid(),
    );
    let row = row.fetch_optional(tx.conn()).await?;
    Ok(row.map(|row| Session {
        user: row.user_id,
        device: row.device_id,
        family: Family { newest: row.newest, has_ended: row.ended_at.is_some() },
    }))
}

/// The session was used; its newest token is this one.
pub async fn advance(tx: &mut Tx, id: Id<SessionId>, newest: i64, expires_at: Timestamp) -> Result<(), Fault> {
    let now = tx.now();
    sqlx::query!(
        "update auth.session
            set newest = $2, last_seen_at = $3, expires_at = $4
          where id = $1",
        id.uuid(),
        newest,
        now,
        expires_at,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Ends one session of this person's; false where they have no such session. Ending it twice is ending it once.
pub async fn end(tx: &mut Tx, user: Id<User>, id: Id<SessionId>, reason: &str) -> Result<bool, Fault> {
    let now = tx.now();
    let ended = sqlx::query!(
        "update auth.session
            set ended_at = coalesce(ended_at, $3), end_reason = coalesce(end_reason, $4)
          where id = $1
            and user_id = $2",
        id.uuid(),
        user.uuid(),
        now,
        reason,
    )
    .execute(tx.conn())
    .await?;
    Ok(ended.rows_affected() == 1)
}

/// Ends every session of this person's but one, or every one.
pub async fn end_all(tx: &mut Tx, user: Id<User>, but: Option<Id<SessionId>>, reason: &str) -> Result<(), Fault> {
    let now = tx.now();
    sqlx::query!(
        "update auth.session
            set ended_at = $3, end_reason = $4
          where user_id = $1
            and id is distinct from $2
            and ended_at is null",
        user.uuid(),
        but.map(Id::uuid),
        now,
        reason,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub async fn delete_of(tx: &mut Tx, user: Id<User>) -> Result<(), Fault> {
    sqlx::query!("delete from auth.session where user_id = $1", user.uuid()).execute(tx.conn()).await?;
    Ok(())
}

/// Sessions nobody can use any more.
pub async fn delete_expired(tx: &mut Tx, before: Timestamp) -> Result<(), Fault> {
    sqlx::query!("delete from auth.session where expires_at <= $1", before).execute(tx.conn()).await?;
    Ok(())
}
