//! Whom somebody may want to follow: whom those they follow follow, who likes what they like, and whom many follow.

use contracts::profile::{Card, Relationship};
use host::Here;
use kernel::{Fault, Id, User};
use serde::Serialize;
use sqlx::types::Uuid;
use utoipa::ToSchema;

use super::people::people;

/// As many as anybody looks through.
const MOST: usize = 20;

/// Somebody, and why.
#[derive(Debug, Serialize, ToSchema)]
pub struct SuggestionView {
    #[serde(flatten)]
    pub person: Card,
    /// How many of those I follow follow them.
    #[schema(example = 3)]
    pub mutuals: i64,
    /// What we both like.
    #[schema(example = json!(["street food"]))]
    pub interests: Vec<String>,
}

struct Candidate {
    user: Id<User>,
    mutuals: i64,
    interests: Vec<String>,
}

/// The best first. It looks at so many people and no more, however many anybody follows or likes the same. Who is private is told of their
/// likes by nobody, and who keeps to themselves whom they follow suggests nobody.
pub async fn suggestions(here: &Here, user: Id<User>) -> Result<Vec<SuggestionView>, Fault> {
    let mut candidates = candidates(here, user).await?;
    if candidates.len() < MOST {
        let known: Vec<Uuid> = candidates.iter().map(|one| one.user.uuid()).collect();
        candidates.extend(popular(here, user, &known).await?);
    }
    let users: Vec<Id<User>> = candidates.iter().map(|one| one.user).collect();
    let met = people(here, Some(user), &users).await?;
    let shown = candidates.into_iter().zip(met).filter(|(_, one)| is_new(&one.relationship));
    let view = |(one, met): (Candidate, contracts::profile::Met)| {
        met.card.map(|person| SuggestionView { person, mutuals: one.mutuals, interests: one.interests })
    };
    Ok(shown.filter_map(view).take(MOST).collect())
}

/// Whom one follows, asks or keeps away, one knows.
fn is_new(stands: &Relationship) -> bool {
    stands.visible && !stands.following && !stands.requested && stands.muting.is_empty() && !stands.restricting
}

async fn candidates(here: &Here, user: Id<User>) -> Result<Vec<Candidate>, Fault> {
    let rows = sqlx::query_as!(
        Candidate,
        r#"with mine as (
               select object
                 from profile.tie
                where subject = $1
                  and follows_since is not null
                order by follows_since desc, object desc
                limit 100
           ), near as (
               select theirs.object as user_id, count(*) as mutuals
                 from mine
                 join profile.profile friend on friend.user_id = mine.object
                cross join lateral (select object
                                      from profile.tie
                                     where subject = mine.object
                                       and follows_since is not null
                                     order by follows_since desc, object desc
                                     limit 50) as theirs
                where friend.state = 'open'
                  and not friend.withheld
                  and friend.following_seen_by <> 'me'
                group by theirs.object
           ), alike as (
               select same.user_id, array_agg(own.interest order by own.interest) as interests
                 from profile.interest own
                cross join lateral (select other.user_id
                                      from profile.interest other
                                     where other.interest = own.interest
                                     order by other.user_id desc
                                     limit 50) as same
                 join profile.profile liker on liker.user_id = same.user_id
                where own.user_id = $1
                  and liker.interests_seen_by = 'everyone'
                  and not liker.private
                group by same.user_id
           )
           select user_id as "user!: Id<User>", coalesce(mutuals, 0) as "mutuals!", coalesce(interests, '{}') as "interests!"
             from near
             full join alike using (user_id)
            where user_id <> $1
              and not exists (select 1
                                from profile.tie known
                               where known.subject = $1
                                 and known.object = user_id
                                 and (follows_since is not null or asks_since is not null or blocks_since is not null))
            order by coalesce(mutuals, 0) + coalesce(cardinality(interests), 0) desc, user_id
            limit 60"#,
        user.uuid(),
    );
    Ok(rows.fetch_all(here.db.reader()).await?)
}

/// Whom many follow: for whoever knows nobody yet.
async fn popular(here: &Here, user: Id<User>, known: &[Uuid]) -> Result<Vec<Candidate>, Fault> {
    let rows = sqlx::query_as!(
        Candidate,
        r#"select user_id as "user!: Id<User>", 0::bigint as "mutuals!", '{}'::text[] as "interests!"
             from (select user_id, followers
                     from profile.profile
                    where state = 'open'
                      and not private
                      and followers > 0
                    order by followers desc, user_id
                    limit 200) as popular
            where user_id <> $1
              and user_id <> all ($2)
              and not exists (select 1
                                from profile.tie
                               where tie.subject = $1
                                 and tie.object = popular.user_id
                                 and (follows_since is not null or blocks_since is not null))
            order by followers desc, user_id
            limit 40"#,
        user.uuid(),
        known,
    );
    Ok(rows.fetch_all(here.db.reader()).await?)
}
