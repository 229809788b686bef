//! How people stand to each other and how they look, for whoever shows a person (X6).

use contracts::profile::{Card, Met, Relationship};
use host::Here;
use kernel::{Fault, Id, User};
use sqlx::types::Uuid;

use crate::model::relationship::Between;

/// How `viewer` stands to each target, in the order asked, with the cards of those they may know of: one statement.
pub async fn people(here: &Here, viewer: Option<Id<User>>, targets: &[Id<User>]) -> Result<Vec<Met>, Fault> {
    let targets: Vec<Uuid> = targets.iter().map(|target| target.uuid()).collect();
    let rows = sqlx::query!(
        r#"select asked.target as "target!",
                  profile.username as "username?",
                  profile.display_name as "display_name?",
                  coalesce(profile.state = 'open', false) as "open!",
                  coalesce(mine.active, false) as "following!",
                  coalesce(theirs.active, false) as "followed_by!"
             from unnest($2::uuid[]) with ordinality as asked (target, place)
             left join profile.profile on profile.user_id = asked.target
             left join profile.follow mine on mine.follower = $1 and mine.followee = asked.target
             left join profile.follow theirs on theirs.follower = asked.target and theirs.followee = $1
            order by asked.place"#,
        viewer.map(Id::uuid),
        &targets,
    )
    .fetch_all(here.db.reader())
    .await?;
    let met = rows.into_iter().map(|row| {
        let id = Id::from_uuid(row.target);
        let between = Between { target: id, open: row.open, following: row.following, followed_by: row.followed_by };
        let relationship = between.decide();
        let name = row.username.zip(row.display_name).filter(|_| relationship.visible);
        Met { relationship, card: name.map(|(username, display_name)| Card { id, username, display_name }) }
    });
    Ok(met.collect())
}

/// Cards of those the viewer may see, in the order asked.
pub async fn cards_of(here: &Here, viewer: Option<Id<User>>, users: &[Id<User>]) -> Result<Vec<Card>, Fault> {
    Ok(people(here, viewer, users).await?.into_iter().filter_map(|met| met.card).collect())
}

/// How `viewer` stands to each target, in the order asked.
pub async fn relationships(here: &Here, viewer: Option<Id<User>>, targets: &[Id<User>]) -> Result<Vec<Relationship>, Fault> {
    Ok(people(here, viewer, targets).await?.into_iter().map(|met| met.relationship).collect())
}

/// The same for one target.
pub async fn relationship(here: &Here, viewer: Option<Id<User>>, target: Id<User>) -> Result<Relationship, Fault> {
    relationships(here, viewer, &[target]).await?.pop().ok_or_else(Fault::not_found)
}
