//! The follow rows: one per pair that ever was.

use host::{Constraint, Tx};
use kernel::{Fault, Id, User};

use crate::{fault::Refusal, model::relationship::Between};

/// What decides how `viewer` stands to `target`, within a transaction.
pub async fn between(tx: &mut Tx, viewer: Id<User>, target: Id<User>) -> Result<Between, Fault> {
    let row = sqlx::query!(
        r#"select exists (select 1 from profile.profile where user_id = $2 and state = 'open') as "open!",
                  exists (select 1 from profile.follow where follower = $1 and followee = $2 and active) as "following!",
                  exists (select 1 from profile.follow where follower = $2 and followee = $1 and active) as "followed_by!""#,
        viewer.uuid(),
        target.uuid(),
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(Between { target, open: row.open, following: row.following, followed_by: row.followed_by })
}

/// Makes the pair active; the new version, or `None` where it was active already.
pub async fn activate(tx: &mut Tx, follower: Id<User>, followee: Id<User>) -> Result<Option<i64>, Fault> {
    let now = tx.now();
    sqlx::query_scalar!(
        "insert into profile.follow as pair (follower, followee, active, since)
         values ($1, $2, true, $3)
         on conflict (follower, followee) do update
            set active = true, version = pair.version + 1, since = $3
          where not pair.active
         returning version",
        follower.uuid(),
        followee.uuid(),
        now,
    )
    .fetch_optional(tx.conn())
    .await
    .on_constraint("follow_not_oneself", Refusal::FollowsOneself)
}

/// Ends the pair; the new version, or `None` where it wasn't active.
pub async fn end(tx: &mut Tx, follower: Id<User>, followee: Id<User>) -> Result<Option<i64>, Fault> {
    Ok(sqlx::query_scalar!(
        "update profile.follow
            set active = false, version = version + 1
          where follower = $1
            and followee = $2
            and active
         returning version",
        follower.uuid(),
        followee.uuid(),
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// A pair that was ended, with its new version.
#[derive(Debug)]
pub struct Ended {
    pub follower: Id<User>,
    pub followee: Id<User>,
    pub version: i64,
}

/// Ends every pair of somebody who is gone.
pub async fn end_all_of(tx: &mut Tx, user: Id<User>) -> Result<Vec<Ended>, Fault> {
    Ok(sqlx::query_as!(
        Ended,
        "update profile.follow
            set active = false, version = version + 1
          where active
            and (follower = $1 or followee = $1)
         returning follower, followee, version",
        user.uuid(),
    )
    .fetch_all(tx.conn())
    .await?)
}

/// A pair as its facts tell it.
#[derive(Debug)]
pub struct Pair {
    pub follower: Id<User>,
    pub followee: Id<User>,
    pub active: bool,
    pub version: i64,
}

/// The pairs that come after this one, a page of them.
pub async fn page_after(tx: &mut Tx, after: Option<(Id<User>, Id<User>)>) -> Result<Vec<Pair>, Fault> {
    let (follower, followee) = after.unzip();
    Ok(sqlx::query_as!(
        Pair,
        "select follower, followee, active, version
           from profile.follow
          where $1::uuid is null or (follower, followee) > ($1, $2::uuid)
          order by follower, followee
          limit 500",
        follower.map(Id::uuid),
        followee.map(Id::uuid),
    )
    .fetch_all(tx.conn())
    .await?)
}
