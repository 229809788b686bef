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

/// Makes the pair active; the new version, or `None` where it was active already. Both profiles are locked by now.
pub async fn activate(tx: &mut Tx, follower: Id<User>, followee: Id<User>) -> Result<Option<i64>, Fault> {
    let now = tx.now();
    let version = sqlx::query_scalar!(
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
    .on_constraint("follow_not_oneself", Refusal::FollowsOneself)?;
    if version.is_some() {
        count(tx, follower, followee, 1).await?;
    }
    Ok(version)
}

/// Ends the pair; the new version, or `None` where it wasn't active. Both profiles are locked by now.
pub async fn end(tx: &mut Tx, follower: Id<User>, followee: Id<User>) -> Result<Option<i64>, Fault> {
    let version = sqlx::query_scalar!(
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
    .await?;
    if version.is_some() {
        count(tx, follower, followee, -1).await?;
    }
    Ok(version)
}

/// Counts a pair that came or went at both of its ends.
async fn count(tx: &mut Tx, follower: Id<User>, followee: Id<User>, by: i64) -> Result<(), Fault> {
    sqlx::query!(
        "update profile.profile
            set following = following + case when user_id = $1 then $3::bigint else 0 end,
                followers = followers + case when user_id = $2 then $3::bigint else 0 end
          where user_id in ($1, $2)",
        follower.uuid(),
        followee.uuid(),
        by,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A pair that was ended, with its new version.
#[derive(Debug)]
pub struct Ended {
    pub follower: Id<User>,
    pub followee: Id<User>,
    pub version: i64,
}

/// Ends every pair of somebody who is gone, and counts them off at their other ends. All these profiles are locked by now.
pub async fn end_all_of(tx: &mut Tx, user: Id<User>) -> Result<Vec<Ended>, Fault> {
    Ok(sqlx::query_as!(
        Ended,
        "with ending as (
             select follower, followee
               from profile.follow
              where active
                and (follower = $1 or followee = $1)
         ), gone as (
             select user_id, count(*) filter (where follows) as following, count(*) filter (where not follows) as followers
               from (select follower as user_id, true as follows from ending
                     union all
                     select followee, false from ending) as side
              group by user_id
         ), counted as (
             update profile.profile
                set following = profile.following - gone.following, followers = profile.followers - gone.followers
               from gone
              where profile.user_id = gone.user_id
         )
         update profile.follow
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
          where (follower, followee) > (coalesce($1, '00000000-0000-0000-0000-000000000000'::uuid), coalesce($2, '00000000-0000-0000-0000-000000000000'::uuid))
          order by follower, followee
          limit 500",
        follower.map(Id::uuid),
        followee.map(Id::uuid),
    )
    .fetch_all(tx.conn())
    .await?)
}
