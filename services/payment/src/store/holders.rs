//! Who may not pay.

use host::Tx;
use kernel::{Fault, Id, User};

/// Keeps what a newer fact of the account says; an erased account stays erased.
pub async fn set(tx: &mut Tx, user: Id<User>, state: &'static str, account_version: i64) -> Result<(), Fault> {
    sqlx::query!(
        "insert into payment.holder as holder (user_id, state, account_version)
         values ($1, $2, $3)
         on conflict (user_id) do update
            set state = $2, account_version = greatest(holder.account_version, $3)
          where holder.state <> 'erased'
            and ($2 = 'erased' or holder.account_version < $3)",
        user.uuid(),
        state,
        account_version,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Whether somebody may pay.
pub async fn is_open(tx: &mut Tx, user: Id<User>) -> Result<bool, Fault> {
    let closed = sqlx::query_scalar!(
        "select 1
           from payment.holder
          where user_id = $1
            and state <> 'open'",
        user.uuid(),
    );
    Ok(closed.fetch_optional(tx.conn()).await?.is_none())
}
