//! How people stand to each other, for whoever shows a person (X6).

use contracts::profile::Relationship;
use host::Here;
use kernel::{Fault, Id, User};
use sqlx::types::Uuid;

use crate::model::relationship::Between;

/// How `viewer` stands to each target, in the order asked, in one statement.
pub async fn relationships(here: &Here, viewer: Option<Id<User>>, targets: &[Id<User>]) -> Result<Vec<Relationship>, Fault> {
    let targets: Vec<Uuid> = targets.iter().map(|target| target.uuid()).collect();
    let rows = sqlx::query!(
        r#"select asked.target as "target!",
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
    let between = rows.into_iter().map(|row| {
        let target = Id::from_uuid(row.target);
        Between { target, open: row.open, following: row.following, followed_by: row.followed_by }
    });
    Ok(between.map(Between::decide).collect())
}

/// The same for one target.
pub async fn relationship(here: &Here, viewer: Option<Id<User>>, target: Id<User>) -> Result<Relationship, Fault> {
    relationships(here, viewer, &[target]).await?.pop().ok_or_else(Fault::not_found)
}
