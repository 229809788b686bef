//! Who has which name, and which ones are kept for whoever gave them up.

use std::time::Duration;

use host::Tx;
use kernel::{Fault, Id, User};

use crate::model::username::Username;

/// How long a name that was given up stays its owner's, and leads to them (P1).
const HELD: Duration = Duration::from_hours(14 * 24);

/// Takes a name that nobody else has, nor one that looks like it; says whether it could. Of two at once one gets it. What looks like it
/// and is this person's own steps aside, and what was kept for others long enough goes.
pub async fn claim(tx: &mut Tx, user: Id<User>, username: &Username) -> Result<bool, Fault> {
    let now = tx.now();
    make_room(tx, user, username).await?;
    let claimed = sqlx::query!(
        "insert into profile.username (username, skeleton, user_id)
         select $1, $2, $3
          where not exists (select 1
                              from profile.username other
                             where other.skeleton = $2
                               and other.user_id <> $3
                               and coalesce(other.held_until > $4, true))
         on conflict do nothing",
        username.as_str(),
        username.skeleton(),
        user.uuid(),
        now,
    );
    Ok(claimed.execute(tx.conn()).await?.rows_affected() == 1)
}

async fn make_room(tx: &mut Tx, user: Id<User>, username: &Username) -> Result<(), Fault> {
    let now = tx.now();
    sqlx::query!(
        "delete from profile.username
          where skeleton = $1
            and ((user_id = $2 and username = $3) or held_until <= $4)",
        username.skeleton(),
        user.uuid(),
        username.as_str(),
        now,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "update profile.username set is_twin = true where user_id = $1 and skeleton = $2",
        user.uuid(),
        username.skeleton(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Keeps the name somebody gives up.
pub async fn hold(tx: &mut Tx, user: Id<User>, username: &str) -> Result<(), Fault> {
    let until = tx.now().plus(HELD);
    sqlx::query!(
        "update profile.username
            set held_until = $3
          where user_id = $1
            and username = $2",
        user.uuid(),
        username,
        until,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// How many names are kept for somebody.
pub async fn count_held(tx: &mut Tx, user: Id<User>) -> Result<i64, Fault> {
    let now = tx.now();
    let held = sqlx::query_scalar!(
        r#"select count(*) as "count!"
             from profile.username
            where user_id = $1
              and held_until > $2"#,
        user.uuid(),
        now,
    );
    Ok(held.fetch_one(tx.conn()).await?)
}

/// Lets go of all names of somebody who is gone.
pub async fn release_all_of(tx: &mut Tx, user: Id<User>) -> Result<(), Fault> {
    sqlx::query!("delete from profile.username where user_id = $1", user.uuid()).execute(tx.conn()).await?;
    Ok(())
}

/// Lets go of names whose time is over; says how many. One that somebody took meanwhile is theirs.
pub async fn sweep(tx: &mut Tx) -> Result<u64, Fault> {
    let now = tx.now();
    let swept = sqlx::query!(
        "delete from profile.username
          where ctid = any (array(select ctid
                                    from profile.username
                                   where held_until <= $1
                                   order by held_until
                                   limit 1000))
            and held_until <= $1",
        now,
    );
    Ok(swept.execute(tx.conn()).await?.rows_affected())
}
