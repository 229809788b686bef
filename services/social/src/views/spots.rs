//! Which posts of a list come next: its order, read from the index, and the posts themselves, in one statement.

use std::collections::HashSet;

use host::Here;
use kernel::{Fault, Id, User};
use sqlx::types::{Json, Uuid};

use super::posts::{Attachment, Row};
use crate::model::filling::Place;

/// The next posts of `author` and of everybody `follower` follows.
///
/// The `$6` newest posts can only come from the `$6` authors whose own newest post is newest, so one step down the index
/// per author finds those (`nearest`), and only they are read further: a thousand follows cost a thousand short steps, not
/// a thousand pages. What a post says is read last, of the posts of the page.
pub async fn next(
    here: &Here,
    author: Id<User>,
    follower: Option<Id<User>>,
    after: Option<Place>,
    hidden: &HashSet<Id<User>>,
    batch: i64,
) -> Result<Vec<Row>, Fault> {
    let (at, id) = after.unzip();
    let hidden: Vec<Uuid> = hidden.iter().map(|user| user.uuid()).collect();
    Ok(sqlx::query_as!(
        Row,
        r#"with source as (
             select followee as author from social.follow where follower = $2 and active
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
                     and (post.published_at, post.id) < (coalesce($3, 'infinity'::timestamptz), $4)
                   order by post.published_at desc, post.id desc
                   limit 1
              ) newest
              where writer.state = 'open' and source.author <> all ($5::uuid[])
              order by newest.published_at desc, newest.id desc
              limit $6
         ), spot as (
             select spot.id
               from nearest
              cross join lateral (
                  select post.published_at, post.id
                    from social.post
                   where post.author = nearest.author
                     and post.deleted_at is null
                     and (post.published_at, post.id) < (coalesce($3, 'infinity'::timestamptz), $4)
                   order by post.published_at desc, post.id desc
                   limit $6
              ) spot
              order by spot.published_at desc, spot.id desc
              limit $6
         )
         select post.id, post.author, post.text, post.product_id as product, post.sales, post.published_at, post.edited_at,
                post.withheld_at is not null as "withheld!", attached.media as "media: Json<Vec<Attachment>>"
           from spot
           join social.post on post.id = spot.id
          cross join lateral social.attached(post) as attached
          order by post.published_at desc, post.id desc"#,
        author.uuid(),
        follower.map(Id::uuid),
        at,
        id.map(Id::uuid),
        &hidden,
        batch,
    )
    .fetch_all(here.db.reader())
    .await?)
}
