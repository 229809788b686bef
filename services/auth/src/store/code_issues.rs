//! How many codes a contact was sent, or an address asked for, lately.

use host::Tx;
use kernel::{Fault, Timestamp};

/// Counts one more, unless `most` were issued after `since`; says when the oldest of those was, where it refused.
pub async fn count(tx: &mut Tx, bucket: &[u8], since: Timestamp, most: i32) -> Result<Option<Timestamp>, Fault> {
    let now = tx.now();
    let counted = sqlx::query!(
        "insert into auth.code_issue as issue (bucket, times, newest_at)
         values ($1, array[$2::timestamptz], $2)
         on conflict (bucket) do update
            set times = array(select at from unnest(issue.times) as at where at > $3) || $2::timestamptz, newest_at = $2
          where (select count(*) from unnest(issue.times) as at where at > $3) < $4::integer",
        bucket,
        now,
        since,
        most,
    )
    .execute(tx.conn())
    .await?;
    if counted.rows_affected() == 1 { Ok(None) } else { oldest(tx, bucket, since).await }
}

async fn oldest(tx: &mut Tx, bucket: &[u8], since: Timestamp) -> Result<Option<Timestamp>, Fault> {
    let oldest = sqlx::query_scalar!(
        "select min(at)
           from auth.code_issue, unnest(times) as at
          where bucket = $1
            and at > $2",
        bucket,
        since,
    );
    Ok(oldest.fetch_one(tx.conn()).await?)
}

pub async fn delete_before(tx: &mut Tx, before: Timestamp, most: i64) -> Result<u64, Fault> {
    let deleted = sqlx::query!(
        "delete from auth.code_issue
          where ctid = any (array(select ctid
                                    from auth.code_issue
                                   where newest_at < $1
                                   limit $2
                                    for update skip locked))",
        before,
        most,
    );
    Ok(deleted.execute(tx.conn()).await?.rows_affected())
}
