//! `relationship`: the one decision of who sees whom (X6). Every view that shows a person goes through it.

use contracts::profile::Relationship;
use host::Here;
use kernel::{Fault, Id, User};
use sqlx::types::Uuid;

/// How `viewer` stands to each target, in the order asked, in one statement.
pub async fn relationships(here: &Here, viewer: Option<Id<User>>, targets: &[Id<User>]) -> Result<Vec<Relationship>, Fault> {
    let targets: Vec<Uuid> = targets.iter().map(|target| target.uuid()).collect();
    let rows = sqlx::query!(
        r#"select asked.target as "target!",
                  coalesce(profile.state = 'open', false) as "visible!",
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
    let relationship = |target, visible, following, followed_by| Relationship {
        target: Id::from_uuid(target),
        visible,
        content: visible,
        following,
        followed_by,
    };
    Ok(rows.iter().map(|row| relationship(row.target, row.visible, row.following, row.followed_by)).collect())
}

/// The same for one target.
pub async fn relationship(here: &Here, viewer: Option<Id<User>>, target: Id<User>) -> Result<Relationship, Fault> {
    relationships(here, viewer, &[target]).await?.pop().ok_or_else(Fault::not_found)
}
