//! The ties: one row per ordered pair that ever had to do with each other. Whoever changes one holds what is between the two.

use std::collections::HashMap;

use host::{Constraint, Tx};
use kernel::{Fault, Id, Standing, Timestamp, User};
use sqlx::{
    Decode, Postgres, Type,
    error::BoxDynError,
    postgres::{PgTypeInfo, PgValueRef},
    types::Uuid,
};

use crate::{
    fault::Refusal,
    model::{
        muted::Muted,
        relationship::{Between, Tie},
    },
};

impl Type<Postgres> for Muted {
    fn type_info() -> PgTypeInfo {
        <Vec<String> as Type<Postgres>>::type_info()
    }
}

impl Decode<'_, Postgres> for Muted {
    fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError> {
        let names = Vec::<String>::decode(value)?;
        Self::named(&names).ok_or_else(|| format!("{names:?} are no surfaces").into())
    }
}

/// Who stands to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Pair {
    pub subject: Id<User>,
    pub object: Id<User>,
}

impl Pair {
    /// The other way round.
    pub fn back(self) -> Self {
        Self { subject: self.object, object: self.subject }
    }

    /// The same for the two of them, whoever is which.
    pub fn whichever_way(self) -> Self {
        if self.subject.uuid() <= self.object.uuid() { self } else { self.back() }
    }

    /// For a statement: the subjects, and the objects.
    pub(super) fn columns(pairs: &[Self]) -> (Vec<Uuid>, Vec<Uuid>) {
        pairs.iter().map(|pair| (pair.subject.uuid(), pair.object.uuid())).unzip()
    }
}

/// Of pairs whose tie has changed the version it has now.
pub type Versions = HashMap<Pair, i64>;

/// What decides how `viewer` stands to `target`, within a transaction; and how the viewer's own profile stands.
pub async fn between(tx: &mut Tx, viewer: Id<User>, target: Id<User>) -> Result<(Option<Standing>, Between), Fault> {
    let pair = Pair { subject: viewer, object: target };
    between_all(tx, &[pair]).await?.pop().ok_or_else(|| Fault::internal("a pair without an answer"))
}

/// The same of many pairs, in their order: of each, how its subject stands to its object.
pub async fn between_all(tx: &mut Tx, pairs: &[Pair]) -> Result<Vec<(Option<Standing>, Between)>, Fault> {
    let (now, (viewers, targets)) = (tx.now(), Pair::columns(pairs));
    let rows = sqlx::query!(
        r#"select viewer.state as "standing?: Standing", asked.target as "target!: Id<User>",
                  asked.viewer = asked.target as "is_oneself!",
                  coalesce(profile.state = 'open' and (not profile.withheld or profile.user_id = asked.viewer), false) as "open!",
                  coalesce(profile.private, false) as "private!",
                  mine.follows_since is not null as "follows!",
                  mine.asks_since is not null as "asks!",
                  mine.blocks_since is not null as "blocks!",
                  case when coalesce(mine.mutes_until > $3, true) then mine.mutes end as "mutes: Muted",
                  mine.restricts_since is not null as "restricts!",
                  theirs.follows_since is not null as "follows_back!",
                  theirs.asks_since is not null as "asks_back!",
                  theirs.blocks_since is not null as "blocks_back!"
             from unnest($1::uuid[], $2::uuid[]) with ordinality as asked (viewer, target, place)
             left join profile.profile as viewer on viewer.user_id = asked.viewer
             left join profile.profile on profile.user_id = asked.target
             left join lateral (select follows_since, asks_since, blocks_since, mutes, mutes_until, restricts_since
                                  from profile.tie
                                 where subject = asked.viewer
                                   and object = asked.target
                                 limit 1) mine on true
             left join lateral (select follows_since, asks_since, blocks_since
                                  from profile.tie
                                 where subject = asked.target
                                   and object = asked.viewer
                                 limit 1) theirs on true
            order by asked.place"#,
        &viewers,
        &targets,
        now,
    )
    .fetch_all(tx.conn())
    .await?;
    let stand = rows.into_iter().map(|row| {
        let mine = Tie {
            follows: row.follows,
            asks: row.asks,
            blocks: row.blocks,
            mutes: row.mutes.unwrap_or_default(),
            restricts: row.restricts,
        };
        let theirs = Tie { follows: row.follows_back, asks: row.asks_back, blocks: row.blocks_back, ..Tie::default() };
        let (target, is_oneself) = (row.target, row.is_oneself);
        (row.standing, Between { target, is_oneself, open: row.open, private: row.private, mine, theirs })
    });
    Ok(stand.collect())
}

/// Begins to follow; those of the pairs where it wasn't so already.
pub async fn follow(tx: &mut Tx, pairs: &[Pair]) -> Result<Versions, Fault> {
    if pairs.is_empty() {
        return Ok(Versions::new());
    }
    let (now, (subjects, objects)) = (tx.now(), Pair::columns(pairs));
    let begun = sqlx::query!(
        r#"with begun as (
               insert into profile.tie as tie (subject, object, follows_since)
               select subject, object, $3
                 from unnest($1::uuid[], $2::uuid[]) as pair (subject, object)
                order by subject, object
               on conflict (subject, object) do update
                  set follows_since = $3, asks_since = null, version = tie.version + 1
                where tie.follows_since is null
               returning subject, object, version
           ), counted as (
               insert into profile.count_change (user_id, followers, following)
               select side.user_id, sum(side.followers), sum(side.following)
                 from begun
                cross join lateral (values (begun.subject, 0, 1), (begun.object, 1, 0)) as side (user_id, followers, following)
                group by side.user_id
           )
           select subject as "subject: Id<User>", object as "object: Id<User>", version
             from begun"#,
        &subjects,
        &objects,
        now,
    )
    .fetch_all(tx.conn())
    .await
    .on_constraint("tie_not_oneself", Refusal::FollowsOneself)?;
    Ok(begun.into_iter().map(|row| (Pair { subject: row.subject, object: row.object }, row.version)).collect())
}

/// Stops following; those of the pairs where it was so.
pub async fn unfollow(tx: &mut Tx, pairs: &[Pair]) -> Result<Versions, Fault> {
    if pairs.is_empty() {
        return Ok(Versions::new());
    }
    let (subjects, objects) = Pair::columns(pairs);
    let ended = sqlx::query!(
        r#"with ended as (
               update profile.tie
                  set follows_since = null, version = version + 1
                 from unnest($1::uuid[], $2::uuid[]) as pair (subject, object)
                where tie.subject = pair.subject
                  and tie.object = pair.object
                  and tie.follows_since is not null
               returning tie.subject, tie.object, tie.version
           ), counted as (
               insert into profile.count_change (user_id, followers, following)
               select side.user_id, sum(side.followers), sum(side.following)
                 from ended
                cross join lateral (values (ended.subject, 0, -1), (ended.object, -1, 0)) as side (user_id, followers, following)
                group by side.user_id
           )
           select subject as "subject: Id<User>", object as "object: Id<User>", version
             from ended"#,
        &subjects,
        &objects,
    );
    let ended = ended.fetch_all(tx.conn()).await?.into_iter();
    Ok(ended.map(|row| (Pair { subject: row.subject, object: row.object }, row.version)).collect())
}

/// A tie as its facts tell it.
#[derive(Debug)]
pub struct Told {
    pub subject: Id<User>,
    pub object: Id<User>,
    pub version: i64,
    pub follows: bool,
    pub blocks: bool,
    pub mutes: Muted,
    pub mutes_until: Option<Timestamp>,
}

/// Blocks; `None` where it was so already. What tied the two is cut by whoever calls.
pub async fn block(tx: &mut Tx, pair: Pair) -> Result<Option<Told>, Fault> {
    let now = tx.now();
    sqlx::query_as!(
        Told,
        r#"insert into profile.tie as tie (subject, object, blocks_since)
           values ($1, $2, $3)
           on conflict (subject, object) do update
              set blocks_since = $3, version = tie.version + 1
            where tie.blocks_since is null
           returning subject, object, version, follows_since is not null as "follows!", blocks_since is not null as "blocks!",
                     mutes as "mutes: Muted", mutes_until"#,
        pair.subject.uuid(),
        pair.object.uuid(),
        now,
    )
    .fetch_optional(tx.conn())
    .await
    .on_constraint("tie_not_oneself", Refusal::Oneself)
}

/// Blocks no longer; `None` where it wasn't so.
pub async fn unblock(tx: &mut Tx, pair: Pair) -> Result<Option<Told>, Fault> {
    Ok(sqlx::query_as!(
        Told,
        r#"update profile.tie
              set blocks_since = null, version = version + 1
            where subject = $1
              and object = $2
              and blocks_since is not null
           returning subject, object, version, follows_since is not null as "follows!", blocks_since is not null as "blocks!",
                     mutes as "mutes: Muted", mutes_until"#,
        pair.subject.uuid(),
        pair.object.uuid(),
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Mutes these, until then or for good.
pub async fn mute(tx: &mut Tx, pair: Pair, muted: &Muted, until: Option<Timestamp>) -> Result<Told, Fault> {
    let now = tx.now();
    sqlx::query_as!(
        Told,
        r#"insert into profile.tie as tie (subject, object, mutes_since, mutes, mutes_until)
           values ($1, $2, $3, $4, $5)
           on conflict (subject, object) do update
              set mutes_since = $3, mutes = $4, mutes_until = $5, version = tie.version + 1
           returning subject, object, version, follows_since is not null as "follows!", blocks_since is not null as "blocks!",
                     mutes as "mutes: Muted", mutes_until"#,
        pair.subject.uuid(),
        pair.object.uuid(),
        now,
        &muted.names(),
        until,
    )
    .fetch_one(tx.conn())
    .await
    .on_constraint("tie_not_oneself", Refusal::Oneself)
}

/// Mutes no longer; `None` where nothing was.
pub async fn unmute(tx: &mut Tx, pair: Pair) -> Result<Option<Told>, Fault> {
    Ok(sqlx::query_as!(
        Told,
        r#"update profile.tie
              set mutes_since = null, mutes = '{}', mutes_until = null, version = version + 1
            where subject = $1
              and object = $2
              and mutes_since is not null
           returning subject, object, version, follows_since is not null as "follows!", blocks_since is not null as "blocks!",
                     mutes as "mutes: Muted", mutes_until"#,
        pair.subject.uuid(),
        pair.object.uuid(),
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Restricts. Nobody else needs to be told: whoever shows what was written asks.
pub async fn restrict(tx: &mut Tx, pair: Pair) -> Result<(), Fault> {
    let now = tx.now();
    sqlx::query!(
        "insert into profile.tie as tie (subject, object, restricts_since)
         values ($1, $2, $3)
         on conflict (subject, object) do update
            set restricts_since = coalesce(tie.restricts_since, $3)",
        pair.subject.uuid(),
        pair.object.uuid(),
        now,
    )
    .execute(tx.conn())
    .await
    .on_constraint("tie_not_oneself", Refusal::Oneself)?;
    Ok(())
}

/// Restricts no longer.
pub async fn unrestrict(tx: &mut Tx, pair: Pair) -> Result<(), Fault> {
    sqlx::query!(
        "update profile.tie
            set restricts_since = null
          where subject = $1
            and object = $2
            and restricts_since is not null",
        pair.subject.uuid(),
        pair.object.uuid(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Cuts every tie of somebody who is gone, and counts the follows off at both ends; those that others have a copy of. The person is
/// held by now.
pub async fn cut_all_of(tx: &mut Tx, user: Id<User>) -> Result<Vec<Told>, Fault> {
    lock_all_of(tx, user).await?;
    Ok(sqlx::query_as!(
        Told,
        r#"with ending as (
               select subject, object, follows_since is not null as followed,
                      blocks_since is not null or mutes_since is not null as blocked
                 from profile.tie
                where subject = $1
                   or object = $1
           ), counted as (
               insert into profile.count_change (user_id, followers, following)
               select user_id, -count(*) filter (where not follows), -count(*) filter (where follows)
                 from (select subject as user_id, true as follows from ending where followed
                       union all
                       select object, false from ending where followed) as side
                group by user_id
           ), cut as (
               update profile.tie
                  set follows_since = null, asks_since = null, blocks_since = null, mutes_since = null, mutes = '{}',
                      mutes_until = null, restricts_since = null, version = version + 1
                where subject = $1
                   or object = $1
               returning subject, object, version
           )
           select cut.subject, cut.object, cut.version, ending.followed as "follows!", ending.blocked as "blocks!",
                  '{}'::text[] as "mutes!: Muted", null::timestamptz as mutes_until
             from cut
             join ending on ending.subject = cut.subject and ending.object = cut.object
            where ending.followed
               or ending.blocked"#,
        user.uuid(),
    )
    .fetch_all(tx.conn())
    .await?)
}

/// What is counted must be what is cut: whoever else settles or erases one of these ties is done by then.
async fn lock_all_of(tx: &mut Tx, user: Id<User>) -> Result<(), Fault> {
    let ties = sqlx::query!(
        "select 1 as is_there
           from profile.tie
          where subject = $1
             or object = $1
          order by subject, object
            for update",
        user.uuid(),
    );
    ties.fetch_all(tx.conn()).await?;
    Ok(())
}

/// The ties that come after this one, a page of them.
pub async fn page_after(tx: &mut Tx, after: Option<(Id<User>, Id<User>)>) -> Result<Vec<Told>, Fault> {
    let (subject, object) = after.map_or((Uuid::nil(), Uuid::nil()), |(subject, object)| (subject.uuid(), object.uuid()));
    Ok(sqlx::query_as!(
        Told,
        r#"select subject, object, version, follows_since is not null as "follows!", blocks_since is not null as "blocks!",
                  mutes as "mutes: Muted", mutes_until
             from profile.tie
            where (subject, object) > ($1, $2)
            order by subject, object
            limit 500"#,
        subject,
        object,
    )
    .fetch_all(tx.conn())
    .await?)
}
