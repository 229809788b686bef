//! The counts of failed logins.

use host::Tx;
use kernel::{Fault, Timestamp};

use crate::model::throttle::Bucket;

/// Locks the buckets of these keys, making those that are missing, in the order of their keys.
pub async fn lock(tx: &mut Tx, keys: &[Vec<u8>]) -> Result<Vec<Bucket>, Fault> {
    let now = tx.now();
    sqlx::query!(
        "insert into auth.throttle (bucket, failures, last_at)
         select wanted.bucket, 0, $2
           from unnest($1::bytea[]) as wanted (bucket)
          order by wanted.bucket
         on conflict (bucket) do nothing",
        keys,
        now,
    )
    .execute(tx.conn())
    .await?;
    lock_found(tx, keys).await
}

/// The same of those that are there.
pub async fn lock_found(tx: &mut Tx, keys: &[Vec<u8>]) -> Result<Vec<Bucket>, Fault> {
    Ok(sqlx::query_as!(
        Bucket,
        "select bucket as key, failures, last_at
           from auth.throttle
          where bucket = any($1)
          order by bucket
            for update",
        keys,
    )
    .fetch_all(tx.conn())
    .await?)
}

pub async fn save(tx: &mut Tx, buckets: &[Bucket]) -> Result<(), Fault> {
    let keys: Vec<Vec<u8>> = buckets.iter().map(|bucket| bucket.key.clone()).collect();
    let failures: Vec<i32> = buckets.iter().map(|bucket| bucket.failures).collect();
    let times: Vec<Timestamp> = buckets.iter().map(|bucket| bucket.last_at).collect();
    sqlx::query!(
        "update auth.throttle
            set failures = counted.failures, last_at = counted.last_at
           from unnest($1::bytea[], $2::integer[], $3::timestamptz[]) as counted (bucket, failures, last_at)
          where throttle.bucket = counted.bucket
            and throttle.bucket = any($1)",
        &keys,
        &failures,
        &times,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub async fn delete_before(tx: &mut Tx, before: Timestamp, most: i64) -> Result<u64, Fault> {
    let deleted = sqlx::query!(
        "delete from auth.throttle
          where ctid = any (array(select ctid
                                    from auth.throttle
                                   where last_at < $1
                                   limit $2
                                    for update skip locked))",
        before,
        most,
    );
    Ok(deleted.execute(tx.conn()).await?.rows_affected())
}
