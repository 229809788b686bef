//! The refresh tokens of a session, hashed.

use host::Tx;
use kernel::{Fault, Id, Session, Timestamp};

use crate::model::refresh::Presented;

pub async fn insert(tx: &mut Tx, hash: &[u8], session: Id<Session>, token: Presented) -> Result<(), Fault> {
    sqlx::query!(
        "insert into auth.refresh_token (hash, session_id, number, expires_at)
         values ($1, $2, $3, $4)",
        hash,
        session.uuid(),
        token.number,
        token.expires_at,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The token kept under one of these hashes.
pub async fn find(tx: &mut Tx, hashes: &[Vec<u8>]) -> Result<Option<(Id<Session>, Presented)>, Fault> {
    let row = sqlx::query!("select session_id, number, expires_at from auth.refresh_token where hash = any($1)", hashes);
    let row = row.fetch_optional(tx.conn()).await?;
    Ok(row.map(|row| (row.session_id, Presented { number: row.number, expires_at: row.expires_at })))
}

pub async fn delete_expired(tx: &mut Tx, before: Timestamp, most: i64) -> Result<u64, Fault> {
    let deleted = sqlx::query!(
        "delete from auth.refresh_token
          where ctid = any (array(select ctid
                                    from auth.refresh_token
                                   where expires_at <= $1
                                   limit $2
                                    for update skip locked))",
        before,
        most,
    );
    Ok(deleted.execute(tx.conn()).await?.rows_affected())
}
