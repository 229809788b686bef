//! People in passing.

use contracts::profile::Card;
use host::Here;
use kernel::{Fault, Id, User};
use sqlx::types::Uuid;

use super::relationships::relationships;

/// Cards of those the viewer may see, in the order asked.
pub async fn cards_of(here: &Here, viewer: Option<Id<User>>, users: &[Id<User>]) -> Result<Vec<Card>, Fault> {
    let related = relationships(here, viewer, users).await?;
    let visible: Vec<Uuid> = related.iter().filter(|one| one.visible).map(|one| one.target.uuid()).collect();
    Ok(sqlx::query_as!(
        Card,
        "select user_id as id, username, display_name
           from unnest($1::uuid[]) with ordinality as asked (target, place)
           join profile.profile on user_id = asked.target
          order by asked.place",
        &visible,
    )
    .fetch_all(here.db.reader())
    .await?)
}
