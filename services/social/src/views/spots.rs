//! Where the posts of a list stand: its order, read from the index alone.

use std::collections::HashSet;

use host::Here;
use kernel::{Fault, Id, User};
use sqlx::types::Uuid;

use crate::model::filling::{Place, Spot};

/// The next posts of everybody the viewer follows and of the viewer.
///
/// The `$5` newest posts can only come from the `$5` authors whose own newest post is newest, so one step down the index
/// per author finds those (`nearest`), and only they are read further: a thousand follows cost a thousand short steps, not
/// a thousand pages.
pub async fn following(
    here: &Here,
    viewer: Id<User>,
    after: Option<Place>,
    hidden: &HashSet<Id<User>>,
    batch: i64,
) -> Result<Vec<Spot>, Fault> {
    let (at, id) = after.unzip();
    Ok(sqlx::query_as!(
        Spot,
        "with source as (
             select followee as author
               from social.follow
              where follower = $1
                and active
              union
             select $1
         ), nearest as (
             select source.author
               from source
               join social.person writer on writer.user_id = source.author
              cross join lateral (
                  select post.published_at, post.id
                    from social.post
                   where post.author = source.author
                     and post.deleted_at is null
                     and (post.published_at, post.id) < (coalesce($2, 'infinity'::timestamptz), $3)
                   order by post.published_at desc, post.id desc
                   limit 1
              ) newest
              where writer.state = 'open'
                and source.author <> all ($4::uuid[])
              order by newest.published_at desc, newest.id desc
              limit $5
         )
         select spot.author, spot.published_at, spot.id
           from nearest
          cross join lateral (
              select post.author, post.published_at, post.id
                from social.post
               where post.author = nearest.author
                 and post.deleted_at is null
                 and (post.published_at, post.id) < (coalesce($2, 'infinity'::timestamptz), $3)
               order by post.published_at desc, post.id desc
               limit $5
          ) spot
          order by spot.published_at desc, spot.id desc
          limit $5",
        viewer.uuid(),
        at,
        id.map(Id::uuid),
        &uuids(hidden),
        batch,
    )
    .fetch_all(here.db.reader())
    .await?)
}

/// The next posts of one author.
pub async fn of_author(
    here: &Here,
    author: Id<User>,
    after: Option<Place>,
    hidden: &HashSet<Id<User>>,
    batch: i64,
) -> Result<Vec<Spot>, Fault> {
    let (at, id) = after.unzip();
    Ok(sqlx::query_as!(
        Spot,
        "select post.author, post.published_at, post.id
           from social.post
           join social.person writer on writer.user_id = post.author
          where post.author = $1
            and post.author <> all ($4::uuid[])
            and post.deleted_at is null
            and writer.state = 'open'
            and (post.published_at, post.id) < (coalesce($2, 'infinity'::timestamptz), $3)
          order by post.published_at desc, post.id desc
          limit $5",
        author.uuid(),
        at,
        id.map(Id::uuid),
        &uuids(hidden),
        batch,
    )
    .fetch_all(here.db.reader())
    .await?)
}

fn uuids(users: &HashSet<Id<User>>) -> Vec<Uuid> {
    users.iter().map(|user| user.uuid()).collect()
}
