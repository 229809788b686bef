//! Keyed hashes of contacts that a child tried to sign up with, each with the address they came from (A11).

use host::Tx;
use kernel::{Fault, Timestamp};

pub async fn insert(tx: &mut Tx, contact: &[u8], until: Timestamp) -> Result<(), Fault> {
    sqlx::query!(
        "insert into auth.too_young (contact, until)
         values ($1, $2)
         on conflict (contact) do update
            set until = $2",
        contact,
        until,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Whether one of these hashes is kept.
pub async fn is_kept(tx: &mut Tx, contacts: &[Vec<u8>]) -> Result<bool, Fault> {
    let now = tx.now();
    let kept = sqlx::query_scalar!("select 1 from auth.too_young where contact = any($1) and until > $2 limit 1", contacts, now);
    Ok(kept.fetch_optional(tx.conn()).await?.is_some())
}

pub async fn delete_before(tx: &mut Tx, before: Timestamp, most: i64) -> Result<u64, Fault> {
    let deleted = sqlx::query!(
        "delete from auth.too_young
          where ctid = any (array(select ctid
                                    from auth.too_young
                                   where until <= $1
                                   limit $2
                                    for update skip locked))",
        before,
        most,
    );
    Ok(deleted.execute(tx.conn()).await?.rows_affected())
}
