//! What auth told of the people here.

use host::Tx;
use kernel::{Fault, Id, User};

/// Whether this person may write here; their row is kept from being locked or erased until the transaction ends. It is locked
/// before any checkout, as an erasure does.
pub async fn lock_open(tx: &mut Tx, user: Id<User>) -> Result<bool, Fault> {
    sqlx::query!(
        "insert into commerce.account (user_id)
         values ($1)
         on conflict (user_id) do nothing",
        user.uuid(),
    )
    .execute(tx.conn())
    .await?;
    let open = sqlx::query_scalar!(
        "select 1
           from commerce.account
          where user_id = $1
            and state = 'open'
            for share",
        user.uuid(),
    );
    Ok(open.fetch_optional(tx.conn()).await?.is_some())
}

/// Notes an account's state, as a newer fact tells it; an erased account stays erased.
pub async fn note(tx: &mut Tx, user: Id<User>, state: &'static str, version: i64) -> Result<(), Fault> {
    sqlx::query!(
        "insert into commerce.account as account (user_id, state, version)
         values ($1, $2, $3)
         on conflict (user_id) do update
            set state = $2, version = greatest(account.version, $3)
          where account.state <> 'erased'
            and (account.version < $3 or $2 = 'erased')",
        user.uuid(),
        state,
        version,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
