//! How many follow somebody, and how many they follow: what changed since it was last folded into the profile.

use host::Tx;
use kernel::{Fault, Id, User};
use sqlx::types::Uuid;

/// Folds the oldest changes into their profiles; says how many. Two who fold wait for each other: what began a count comes before what
/// ended it.
pub async fn fold(tx: &mut Tx) -> Result<u64, Fault> {
    let folded = sqlx::query_scalar!(
        r#"with oldest as (
               select id
                 from profile.count_change
                order by id
                limit 10000
                  for update
           ), taken as (
               delete from profile.count_change
                where id = any (array(select id from oldest))
               returning user_id, followers, following
           ), summed as (
               select user_id, sum(followers)::bigint as followers, sum(following)::bigint as following
                 from taken
                group by user_id
           ), folded as (
               update profile.profile
                  set followers = profile.followers + summed.followers, following = profile.following + summed.following
                 from summed
                where profile.user_id = summed.user_id
           )
           select count(*) as "count!"
             from taken"#,
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(u64::try_from(folded).unwrap_or_default())
}

/// Somebody whose count wasn't what their ties say.
#[derive(Debug)]
pub struct Corrected {
    pub user: Id<User>,
    pub followers: i64,
    pub following: i64,
}

/// Counts the ties of those who come after this one, a page of them, and leaves a change for each count that is off. One statement, so
/// what comes and goes meanwhile is either in all it reads or in none. Says who was looked at last.
pub async fn recount(tx: &mut Tx, after: Option<Id<User>>) -> Result<(Option<Id<User>>, Vec<Corrected>), Fault> {
    let users = sqlx::query_scalar!(
        r#"select user_id as "user: Id<User>"
             from profile.profile
            where user_id > coalesce($1, '00000000-0000-0000-0000-000000000000'::uuid)
            order by user_id
            limit 200"#,
        after.map(Id::uuid),
    );
    let users: Vec<Id<User>> = users.fetch_all(tx.conn()).await?;
    let ids: Vec<Uuid> = users.iter().map(|user| user.uuid()).collect();
    let corrected = sqlx::query_as!(
        Corrected,
        r#"with counted as (
               select profile.user_id,
                      (select count(*)
                         from profile.tie
                        where object = profile.user_id
                          and follows_since is not null)
                      - profile.followers - coalesce(waiting.followers, 0) as followers,
                      (select count(*)
                         from profile.tie
                        where subject = profile.user_id
                          and follows_since is not null)
                      - profile.following - coalesce(waiting.following, 0) as following
                 from profile.profile
                cross join lateral (select sum(change.followers)::bigint as followers, sum(change.following)::bigint as following
                                      from profile.count_change change
                                     where change.user_id = profile.user_id) as waiting
                where profile.user_id = any($1)
           )
           insert into profile.count_change (user_id, followers, following)
           select user_id, followers, following
             from counted
            where followers <> 0
               or following <> 0
           returning user_id as "user: Id<User>", followers, following"#,
        &ids,
    );
    Ok((users.last().copied(), corrected.fetch_all(tx.conn()).await?))
}
