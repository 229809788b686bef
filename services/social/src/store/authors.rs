//! The author rows: whose posts may be shown.

use host::Tx;
use kernel::{Fault, Id, User};

/// Whether this person may post; their row is kept from being locked or erased until the transaction ends.
pub async fn lock_open(tx: &mut Tx, user: Id<User>) -> Result<bool, Fault> {
    sqlx::query!(
        "insert into social.author (user_id)
         values ($1)
         on conflict (user_id) do nothing",
        user.uuid(),
    )
    .execute(tx.conn())
    .await?;
    let open = sqlx::query_scalar!(
        "select 1
           from social.author
          where user_id = $1
            and state = 'open'
            for share",
        user.uuid(),
    );
    Ok(open.fetch_optional(tx.conn()).await?.is_some())
}

/// Locks or unlocks, as a newer fact of the account says.
pub async fn set_state(tx: &mut Tx, user: Id<User>, state: &'static str, account_version: i64) -> Result<(), Fault> {
    sqlx::query!(
        "insert into social.author as writer (user_id, state, account_version)
         values ($1, $2, $3)
         on conflict (user_id) do update
            set state = $2, account_version = $3
          where writer.account_version < $3
            and writer.state <> 'erased'",
        user.uuid(),
        state,
        account_version,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Closes the author for good, whatever else was told before or comes later.
pub async fn erase(tx: &mut Tx, user: Id<User>) -> Result<(), Fault> {
    sqlx::query!(
        "insert into social.author (user_id, state)
         values ($1, 'erased')
         on conflict (user_id) do update
            set state = 'erased'",
        user.uuid(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
