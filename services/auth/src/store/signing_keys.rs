//! The keys access tokens are signed with; the private halves are sealed before they come here.

use host::Tx;
use kernel::{Fault, Timestamp};

/// A key as it is kept.
pub struct Kept {
    pub kid: String,
    pub sealed: Vec<u8>,
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

/// Number and age of the newest key.
pub async fn find_newest(tx: &mut Tx) -> Result<Option<(i64, Timestamp)>, Fault> {
    let newest = sqlx::query!("select number, made_at from auth.signing_key order by number desc limit 1");
    Ok(newest.fetch_optional(tx.conn()).await?.map(|newest| (newest.number, newest.made_at)))
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
