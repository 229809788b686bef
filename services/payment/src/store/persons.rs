//! The people known here, and what auth told of their accounts.

use host::Tx;
use kernel::{Fault, Id, Standing, User};

/// Whether this person may pay; who isn't known here may.
pub async fn is_open(tx: &mut Tx, user: Id<User>) -> Result<bool, Fault> {
    let closed = sqlx::query_scalar!(
        "select 1
           from payment.person
          where user_id = $1
            and state <> 'open'",
        user.uuid(),
    );
    Ok(closed.fetch_optional(tx.conn()).await?.is_none())
}

/// Keeps what a newer fact of the account says; an erased account stays erased.
pub async fn set_standing(tx: &mut Tx, user: Id<User>, standing: Standing, version: i64) -> Result<(), Fault> {
    sqlx::query!(
        "insert into payment.person as person (user_id, state, account_version)
         values ($1, $2, $3)
         on conflict (user_id) do update
            set state = $2, account_version = greatest(person.account_version, $3)
          where person.state <> 'erased'
            and ($2 = 'erased' or person.account_version < $3)",
        user.uuid(),
        standing.name(),
        version,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
