//! The people known here: what auth told of their accounts, and how much they keep.

use host::Tx;
use kernel::{Fault, Id, Standing, User};

/// Whether this person may act here; their row is kept from being locked or erased until the transaction ends.
pub async fn lock_open(tx: &mut Tx, user: Id<User>) -> Result<bool, Fault> {
    if let Some(open) = lock(tx, user).await? {
        return Ok(open);
    }
    // Somebody new.
    sqlx::query!(
        "insert into files.person (user_id)
         values ($1)
         on conflict (user_id) do nothing",
        user.uuid(),
    )
    .execute(tx.conn())
    .await?;
    Ok(lock(tx, user).await? == Some(true))
}

/// Whether the account of somebody known here is open.
async fn lock(tx: &mut Tx, user: Id<User>) -> Result<Option<bool>, Fault> {
    // Their room may change in this transaction: a weaker lock would have to be raised then, and two of them would wait for each other.
    let open = sqlx::query_scalar!(
        r#"select state = 'open' as "open!"
             from files.person
            where user_id = $1
              for no key update"#,
        user.uuid(),
    );
    Ok(open.fetch_optional(tx.conn()).await?)
}

/// Keeps what a newer fact of the account says; an erased account stays erased.
pub async fn set_standing(tx: &mut Tx, user: Id<User>, standing: Standing, version: i64) -> Result<(), Fault> {
    sqlx::query!(
        "insert into files.person as person (user_id, state, account_version)
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

/// Takes so many bytes of somebody's quota; says whether there was room.
pub async fn take_room(tx: &mut Tx, user: Id<User>, bytes: i64, quota: i64) -> Result<bool, Fault> {
    let taken = sqlx::query!(
        "update files.person
            set used = used + $2
          where user_id = $1
            and used + $2 <= $3",
        user.uuid(),
        bytes,
        quota,
    )
    .execute(tx.conn())
    .await?;
    Ok(taken.rows_affected() == 1)
}

pub async fn give_back(tx: &mut Tx, user: Id<User>, bytes: i64) -> Result<(), Fault> {
    sqlx::query!(
        "update files.person
            set used = used - $2
          where user_id = $1",
        user.uuid(),
        bytes,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
