//! What auth told of the people here.

use host::Tx;
use kernel::{Fault, Id, User};

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
