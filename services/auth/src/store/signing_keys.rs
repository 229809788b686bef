//! The keys access tokens are signed with; the private halves are sealed before they come here.

use host::Tx;
use kernel::{Fault, Timestamp};

/// A key as it is kept.
pub struct Kept {
    pub kid: String,
    pub sealed: Vec<u8>,
}

/// A key with its age.
pub struct Aged {
    pub number: i64,
    pub kid: String,
    pub sealed: Vec<u8>,
    pub made_at: Timestamp,
}

/// A new key.
pub struct New<'a> {
    pub kid: &'a str,
    pub public: &'a [u8],
    pub sealed: &'a [u8],
    pub signs_from: Timestamp,
}

/// The newest key that may sign now.
pub async fn find_signing(tx: &mut Tx) -> Result<Option<Kept>, Fault> {
    let now = tx.now();
    Ok(sqlx::query_as!(
        Kept,
        "select kid, sealed
           from auth.signing_key
          where signs_from <= $1
          order by number desc
          limit 1",
        now,
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// All of them, the newest first.
pub async fn load(tx: &mut Tx) -> Result<Vec<Aged>, Fault> {
    let all = sqlx::query_as!(Aged, "select number, kid, sealed, made_at from auth.signing_key order by number desc");
    Ok(all.fetch_all(tx.conn()).await?)
}

/// Keeps the private half sealed anew.
pub async fn reseal(tx: &mut Tx, kid: &str, sealed: &[u8]) -> Result<(), Fault> {
    sqlx::query!("update auth.signing_key set sealed = $2 where kid = $1", kid, sealed).execute(tx.conn()).await?;
    Ok(())
}

pub async fn delete(tx: &mut Tx, kid: &str) -> Result<(), Fault> {
    sqlx::query!("delete from auth.signing_key where kid = $1", kid).execute(tx.conn()).await?;
    Ok(())
}

/// Keeps a key under this number, unless another node was faster.
pub async fn insert(tx: &mut Tx, number: i64, key: &New<'_>) -> Result<(), Fault> {
    let now = tx.now();
    sqlx::query!(
        "insert into auth.signing_key (number, kid, public, sealed, made_at, signs_from)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (number) do nothing",
        number,
        key.kid,
        key.public,
        key.sealed,
        now,
        key.signs_from,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Forgets the keys whose successor has been signing since before this.
pub async fn delete_followed(tx: &mut Tx, before: Timestamp) -> Result<(), Fault> {
    sqlx::query!(
        "delete from auth.signing_key
          where number < (select max(number) from auth.signing_key where signs_from < $1)",
        before,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
