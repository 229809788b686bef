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
    let ended = sqlx::query_scalar!(
        r#"with ended as (
               update auth.session
                  set ended_at = coalesce(ended_at, $3), end_reason = coalesce(end_reason, $4)
                where id = $1
                  and user_id = $2
               returning id
           ),
           revoked as (
               insert into auth.revocation (session, at)
               select id, $3 from ended
               on conflict (session) do nothing
           )
           select count(*) as "count!" from ended"#,
        id.uuid(),
        user.uuid(),
        now,
        reason,
    );
    Ok(ended.fetch_one(tx.conn()).await? == 1)
}

/// Ends every session of this person's but one, or every one; says which.
pub async fn end_all(tx: &mut Tx, user: Id<User>, but: Option<Id<SessionId>>, reason: &str) -> Result<Vec<Id<SessionId>>, Fault> {
    let now = tx.now();
    let ended = sqlx::query_scalar!(
        "with ended as (
             update auth.session
                set ended_at = $3, end_reason = $4
              where user_id = $1
                and id is distinct from $2
                and ended_at is null
             returning id
         )
         insert into auth.revocation (session, at)
         select id, $3 from ended
         on conflict (session) do nothing
         returning session",
        user.uuid(),
        but.map(Id::uuid),
        now,
        reason,
    );
    Ok(ended.fetch_all(tx.conn()).await?)
}

/// Forgets every session of this person's; says which.
pub async fn delete_of(tx: &mut Tx, user: Id<User>) -> Result<Vec<Id<SessionId>>, Fault> {
    let now = tx.now();
    let gone = sqlx::query_scalar!(
        "with gone as (
             delete from auth.session
              where user_id = $1
             returning id
         )
         insert into auth.revocation (session, at)
         select id, $2 from gone
         on conflict (session) do nothing
         returning session",
        user.uuid(),
        now,
    );
    Ok(gone.fetch_all(tx.conn()).await?)
}

/// Sessions nobody can use any more.
pub async fn delete_expired(tx: &mut Tx, before: Timestamp, most: i64) -> Result<u64, Fault> {
    let deleted = sqlx::query!(
        "delete from auth.session
          where ctid = any (array(select ctid
                                    from auth.session
                                   where expires_at <= $1
                                   limit $2
                                    for update skip locked))",
        before,
        most,
    );
    Ok(deleted.execute(tx.conn()).await?.rows_affected())
}

/// No token of a session that ended before this lives any more.
pub async fn forget_revoked(tx: &mut Tx, before: Timestamp, most: i64) -> Result<u64, Fault> {
    let deleted = sqlx::query!(
        "delete from auth.revocation
          where ctid = any (array(select ctid
                                    from auth.revocation
                                   where at < $1
                                   limit $2
                                    for update skip locked))",
        before,
        most,
    );
    Ok(deleted.execute(tx.conn()).await?.rows_affected())
}
