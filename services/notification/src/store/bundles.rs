//! When letters that many news share went, or go.

use host::Tx;
use kernel::{Fault, Id, Timestamp, User};
use sqlx::types::Uuid;

use crate::model::bundle::{Bundle, MOST};

/// Plans a letter for each of these who has none ahead: for now or, where one went a while ago, a while after it. They are locked by now.
pub async fn plan(tx: &mut Tx, bundle: Bundle, users: &[Id<User>]) -> Result<Vec<(Id<User>, Timestamp)>, Fault> {
    let (now, users): (Timestamp, Vec<Uuid>) = (tx.now(), users.iter().map(|user| user.uuid()).collect());
    let planned = sqlx::query!(
        "insert into notification.bundle as bundle (user_id, kind, goes_at)
         select reader, $2, case when known.goes_at > $4 then known.goes_at + ($3::timestamptz - $4::timestamptz) else $3 end
           from unnest($1::uuid[]) as reader
           left join notification.bundle known on known.user_id = reader and known.kind = $2
          where known.goes_at is null
             or known.goes_at <= $3
          order by reader
         on conflict (user_id, kind) do update
            set goes_at = excluded.goes_at
         returning user_id, goes_at",
        &users,
        bundle.kind.name(),
        now,
        now.minus(bundle.pace),
    );
    Ok(planned.fetch_all(tx.conn()).await?.into_iter().map(|row| (row.user_id, row.goes_at)).collect())
}

/// How many a letter that goes then is about: who can still be spoken of, and hasn't been read of yet.
pub async fn count(tx: &mut Tx, bundle: Bundle, to: Id<User>, goes_at: Timestamp) -> Result<i64, Fault> {
    let now = tx.now();
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!"
             from (select 1
                     from notification.notification
                     join notification.person other on other.user_id = about
                    where notification.user_id = $1
                      and kind = $2
                      and at > $3
                      and at <= $4
                      and read_at is null
                      and other.state = 'open'
                      and not other.withheld
                      and not exists (select 1 from notification.silences($1, about, $5))
                    limit $6) as told"#,
        to.uuid(),
        bundle.kind.name(),
        goes_at.minus(bundle.pace),
        goes_at,
        now,
        MOST,
    );
    Ok(count.fetch_one(tx.conn()).await?)
}

pub async fn erase_of(tx: &mut Tx, user: Id<User>) -> Result<(), Fault> {
    sqlx::query!("delete from notification.bundle where user_id = $1", user.uuid()).execute(tx.conn()).await?;
    Ok(())
}
