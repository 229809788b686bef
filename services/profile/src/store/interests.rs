//! What people are interested in.

use host::Tx;
use kernel::{Fault, Id, User};

/// These and no others.
pub async fn set(tx: &mut Tx, user: Id<User>, interests: &[String]) -> Result<(), Fault> {
    sqlx::query!(
        "with gone as (
             delete from profile.interest
              where user_id = $1
                and interest <> all ($2)
         )
         insert into profile.interest (user_id, interest)
         select $1, wished.interest
           from unnest($2::text[]) as wished (interest)
         on conflict (user_id, interest) do nothing",
        user.uuid(),
        interests,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
