//! Lists of people, newest first: who follows whom, who asks to, and whom somebody keeps away.

use contracts::profile::{Badge, Card};
use host::Here;
use kernel::{Fault, Id, Page, PageQuery, Timestamp, User};
use sqlx::types::Uuid;

use super::people::{cards_of, relationship};
use crate::{fault::Refusal, model::audience::Audience};

/// Which of a person's lists that others may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Followers,
    Following,
    /// Of their followers, those whom the viewer follows.
    Mutuals,
}

/// Which of a person's lists that nobody else reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Own {
    /// Who asks to follow them.
    Asking,
    /// Whom they ask to follow.
    Asked,
    Blocks,
    Mutes,
    Restricts,
}

struct Row {
    user: Id<User>,
    since: Timestamp,
}

/// Where a page begins, and how long it is.
struct Cut {
    since: Option<Timestamp>,
    user: Option<Uuid>,
    rows: i64,
}

/// A list of `of`'s, as `viewer` may see it and the people on it.
pub async fn list(
    here: &Here,
    viewer: Option<Id<User>>,
    of: Id<User>,
    side: Side,
    query: &PageQuery,
) -> Result<Page<Card>, Fault> {
    must_be_shown(here, viewer, of, side).await?;
    let name = format!("profile.{side:?}.{of}");
    let page = cut(here, query, &name, async |cut| match (side, viewer) {
        (Side::Followers, _) => followers(here, of, cut).await,
        (Side::Following, _) => following(here, of, cut).await,
        (Side::Mutuals, Some(viewer)) => mutuals(here, viewer, of, cut).await,
        (Side::Mutuals, None) => Ok(Vec::new()),
    });
    let page = page.await?;
    let users: Vec<Id<User>> = page.items.iter().map(|row| row.user).collect();
    Ok(Page { items: cards_of(here, viewer, &users).await?, next_cursor: page.next_cursor })
}

/// 404 where the person isn't there for the viewer, 403 where they keep the list from them.
async fn must_be_shown(here: &Here, viewer: Option<Id<User>>, of: Id<User>, side: Side) -> Result<(), Fault> {
    let stands = relationship(here, viewer, of).await?;
    if !stands.visible {
        return Err(Fault::not_found());
    }
    let seen_by = sqlx::query!(
        r#"select followers_seen_by as "followers: Audience", following_seen_by as "following: Audience"
             from profile.profile
            where user_id = $1"#,
        of.uuid(),
    );
    let seen_by = seen_by.fetch_one(here.db.reader()).await?;
    let audience = if side == Side::Following { seen_by.following } else { seen_by.followers };
    if audience.admits(&stands, viewer == Some(of)) { Ok(()) } else { Err(Refusal::ListHidden.into()) }
}

/// A list of the viewer's own. Whom they keep away is named although nothing else of them is there.
pub async fn own(here: &Here, viewer: Id<User>, list: Own, query: &PageQuery) -> Result<Page<Card>, Fault> {
    let name = format!("profile.{list:?}.{viewer}");
    let page = cut(here, query, &name, async |cut| match list {
        Own::Asking => asking(here, viewer, cut).await,
        Own::Asked => asked(here, viewer, cut).await,
        Own::Blocks => blocks(here, viewer, cut).await,
        Own::Mutes => mutes(here, viewer, cut).await,
        Own::Restricts => restricts(here, viewer, cut).await,
    });
    let page = page.await?;
    let users: Vec<Id<User>> = page.items.iter().map(|row| row.user).collect();
    let items = if list == Own::Blocks { names_of(here, &users).await? } else { cards_of(here, Some(viewer), &users).await? };
    Ok(Page { items, next_cursor: page.next_cursor })
}

async fn cut(
    here: &Here,
    query: &PageQuery,
    name: &str,
    read: impl AsyncFnOnce(Cut) -> Result<Vec<Row>, Fault>,
) -> Result<Page<Row>, Fault> {
    let (limit, key) = (query.limit()?, here.config.keys.cursors());
    let (since, user) = query.after::<(Timestamp, Id<User>)>(&key, name)?.unzip();
    let rows = read(Cut { since, user: user.map(Id::uuid), rows: i64::from(limit) + 1 }).await?;
    Page::cut(rows, limit, &key, name, |row| (row.since, row.user))
}

/// The names of people whatever is between them and the reader: of those they keep away, and of those a moderator deals with, in the order asked; who is gone has none.
pub(super) async fn names_of(here: &Here, users: &[Id<User>]) -> Result<Vec<Card>, Fault> {
    let users: Vec<Uuid> = users.iter().map(|user| user.uuid()).collect();
    let names = sqlx::query!(
        r#"select profile.user_id as id, username, display_name, badge as "badge: Badge"
             from unnest($1::uuid[]) with ordinality as asked (user_id, place)
             join profile.profile using (user_id)
            where state <> 'erased'
            order by place"#,
        &users,
    );
    let names = names.fetch_all(here.db.reader()).await?.into_iter();
    Ok(names
        .map(|row| Card { id: row.id, username: row.username, display_name: row.display_name, avatar: None, badge: row.badge })
        .collect())
}

async fn followers(here: &Here, of: Id<User>, cut: Cut) -> Result<Vec<Row>, Fault> {
    let rows = sqlx::query_as!(
        Row,
        r#"select subject as "user", follows_since as "since!"
             from profile.tie
            where object = $1
              and follows_since is not null
              and (follows_since, subject) < (coalesce($2, 'infinity'::timestamptz), coalesce($3, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
            order by follows_since desc, subject desc
            limit $4"#,
        of.uuid(),
        cut.since,
        cut.user,
        cut.rows,
    );
    Ok(rows.fetch_all(here.db.reader()).await?)
}

async fn following(here: &Here, of: Id<User>, cut: Cut) -> Result<Vec<Row>, Fault> {
    let rows = sqlx::query_as!(
        Row,
        r#"select object as "user", follows_since as "since!"
             from profile.tie
            where subject = $1
              and follows_since is not null
              and (follows_since, object) < (coalesce($2, 'infinity'::timestamptz), coalesce($3, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
            order by follows_since desc, object desc
            limit $4"#,
        of.uuid(),
        cut.since,
        cut.user,
        cut.rows,
    );
    Ok(rows.fetch_all(here.db.reader()).await?)
}

/// Goes through those the viewer follows: they are fewer than the followers of whoever many follow.
async fn mutuals(here: &Here, viewer: Id<User>, of: Id<User>, cut: Cut) -> Result<Vec<Row>, Fault> {
    let rows = sqlx::query_as!(
        Row,
        r#"select mine.object as "user", mine.follows_since as "since!"
             from profile.tie mine
            where mine.subject = $1
              and mine.follows_since is not null
              and (mine.follows_since, mine.object)
                  < (coalesce($3, 'infinity'::timestamptz), coalesce($4, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
              and exists (select 1
                            from profile.tie theirs
                           where theirs.subject = mine.object
                             and theirs.object = $2
                             and theirs.follows_since is not null)
            order by mine.follows_since desc, mine.object desc
            limit $5"#,
        viewer.uuid(),
        of.uuid(),
        cut.since,
        cut.user,
        cut.rows,
    );
    Ok(rows.fetch_all(here.db.reader()).await?)
}

async fn asking(here: &Here, user: Id<User>, cut: Cut) -> Result<Vec<Row>, Fault> {
    let rows = sqlx::query_as!(
        Row,
        r#"select subject as "user", asks_since as "since!"
             from profile.tie
            where object = $1
              and asks_since is not null
              and (asks_since, subject) < (coalesce($2, 'infinity'::timestamptz), coalesce($3, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
            order by asks_since desc, subject desc
            limit $4"#,
        user.uuid(),
        cut.since,
        cut.user,
        cut.rows,
    );
    Ok(rows.fetch_all(here.db.reader()).await?)
}

async fn asked(here: &Here, user: Id<User>, cut: Cut) -> Result<Vec<Row>, Fault> {
    let rows = sqlx::query_as!(
        Row,
        r#"select object as "user", asks_since as "since!"
             from profile.tie
            where subject = $1
              and asks_since is not null
              and (asks_since, object) < (coalesce($2, 'infinity'::timestamptz), coalesce($3, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
            order by asks_since desc, object desc
            limit $4"#,
        user.uuid(),
        cut.since,
        cut.user,
        cut.rows,
    );
    Ok(rows.fetch_all(here.db.reader()).await?)
}

async fn blocks(here: &Here, user: Id<User>, cut: Cut) -> Result<Vec<Row>, Fault> {
    let rows = sqlx::query_as!(
        Row,
        r#"select object as "user", blocks_since as "since!"
             from profile.tie
            where subject = $1
              and blocks_since is not null
              and (blocks_since, object) < (coalesce($2, 'infinity'::timestamptz), coalesce($3, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
            order by blocks_since desc, object desc
            limit $4"#,
        user.uuid(),
        cut.since,
        cut.user,
        cut.rows,
    );
    Ok(rows.fetch_all(here.db.reader()).await?)
}

/// A mute that has ended is none.
async fn mutes(here: &Here, user: Id<User>, cut: Cut) -> Result<Vec<Row>, Fault> {
    let now = here.clock.now();
    let rows = sqlx::query_as!(
        Row,
        r#"select object as "user", mutes_since as "since!"
             from profile.tie
            where subject = $1
              and mutes_since is not null
              and coalesce(mutes_until > $5, true)
              and (mutes_since, object) < (coalesce($2, 'infinity'::timestamptz), coalesce($3, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
            order by mutes_since desc, object desc
            limit $4"#,
        user.uuid(),
        cut.since,
        cut.user,
        cut.rows,
        now,
    );
    Ok(rows.fetch_all(here.db.reader()).await?)
}

async fn restricts(here: &Here, user: Id<User>, cut: Cut) -> Result<Vec<Row>, Fault> {
    let rows = sqlx::query_as!(
        Row,
        r#"select object as "user", restricts_since as "since!"
             from profile.tie
            where subject = $1
              and restricts_since is not null
              and (restricts_since, object) < (coalesce($2, 'infinity'::timestamptz), coalesce($3, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
            order by restricts_since desc, object desc
            limit $4"#,
        user.uuid(),
        cut.since,
        cut.user,
        cut.rows,
    );
    Ok(rows.fetch_all(here.db.reader()).await?)
}
