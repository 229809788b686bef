//! Followers and following, newest first.

use contracts::profile::Card;
use host::Here;
use kernel::{Fault, Id, Page, PageQuery, Timestamp, User};

use super::people::{cards_of, relationship};

/// Which side of the pair is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Followers,
    Following,
}

struct Row {
    user: Id<User>,
    since: Timestamp,
}

/// The people on one side of `of`, as `viewer` may see them.
pub async fn list(
    here: &Here,
    viewer: Option<Id<User>>,
    of: Id<User>,
    side: Side,
    query: &PageQuery,
) -> Result<Page<Card>, Fault> {
    if !relationship(here, viewer, of).await?.visible {
        return Err(Fault::not_found());
    }
    let (limit, key, name) = (query.limit()?, here.config.keys.cursors(), format!("profile.{side:?}.{of}"));
    let after = query.after::<(Timestamp, Id<User>)>(&key, &name)?;
    let rows = match side {
        Side::Followers => followers(here, of, after, limit).await?,
        Side::Following => following(here, of, after, limit).await?,
    };
    let page = Page::cut(rows, limit, &key, &name, |row| (row.since, row.user))?;
    let users: Vec<Id<User>> = page.items.iter().map(|row| row.user).collect();
    Ok(Page { items: cards_of(here, viewer, &users).await?, next_cursor: page.next_cursor })
}

async fn followers(here: &Here, of: Id<User>, after: Option<(Timestamp, Id<User>)>, limit: u16) -> Result<Vec<Row>, Fault> {
    let (since, user) = after.unzip();
    Ok(sqlx::query_as!(
        Row,
        r#"select follower as "user", since
             from profile.follow
            where followee = $1
              and active
              and (since, follower) < (coalesce($2, 'infinity'::timestamptz), $3)
            order by since desc, follower desc
            limit $4"#,
        of.uuid(),
        since,
        user.map(Id::uuid),
        i64::from(limit) + 1,
    )
    .fetch_all(here.db.reader())
    .await?)
}

async fn following(here: &Here, of: Id<User>, after: Option<(Timestamp, Id<User>)>, limit: u16) -> Result<Vec<Row>, Fault> {
    let (since, user) = after.unzip();
    Ok(sqlx::query_as!(
        Row,
        r#"select followee as "user", since
             from profile.follow
            where follower = $1
              and active
              and (since, followee) < (coalesce($2, 'infinity'::timestamptz), $3)
            order by since desc, followee desc
            limit $4"#,
        of.uuid(),
        since,
        user.map(Id::uuid),
        i64::from(limit) + 1,
    )
    .fetch_all(here.db.reader())
    .await?)
}
