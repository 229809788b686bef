//! What is verified of people, as it is shown and told.

use host::Tx;
use kernel::{Fault, Id, User};

use crate::model::petition::About;

/// Shows the weightiest badge that was approved for the name somebody has now. After whatever changes either; the profile is locked by
/// then, since a statement that waits for it would look at badges as they were before.
pub async fn settle(tx: &mut Tx, user: Id<User>) -> Result<(), Fault> {
    sqlx::query!(
        "update profile.profile
            set badge = (select about
                           from profile.petition
                          where petition.user_id = profile.user_id
                            and petition.state = 'approved'
                            and petition.about <> 'trust'
                            and petition.shown_as = profile.display_name
                          order by array_position(array['official', 'business', 'person'], about)
                          limit 1)
          where user_id = $1
            and state <> 'erased'",
        user.uuid(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Counts a decision; how many there are by now.
pub async fn count(tx: &mut Tx, user: Id<User>) -> Result<i64, Fault> {
    let version = sqlx::query_scalar!(
        "update profile.profile
            set badges_version = badges_version + 1
          where user_id = $1
         returning badges_version",
        user.uuid(),
    );
    Ok(version.fetch_one(tx.conn()).await?)
}

/// Whether somebody has this badge under the name they have now.
pub async fn is_held(tx: &mut Tx, user: Id<User>, about: About) -> Result<bool, Fault> {
    let found = sqlx::query_scalar!(
        "select 1
           from profile.petition
          where user_id = $1
            and about = $2
            and state = 'approved'
            and about <> 'trust'
            and shown_as = (select display_name from profile.profile where user_id = $1)",
        user.uuid(),
        about.name(),
    );
    Ok(found.fetch_optional(tx.conn()).await?.is_some())
}

/// All that somebody has.
pub async fn held(tx: &mut Tx, user: Id<User>) -> Result<Vec<About>, Fault> {
    let held = sqlx::query_scalar!(
        "select about
           from profile.petition
          where user_id = $1
            and state = 'approved'
            and about <> 'trust'
          order by about",
        user.uuid(),
    );
    Ok(held.fetch_all(tx.conn()).await?)
}
