//! How people stand to each other and how they look, for whoever shows a person (X6).

use contracts::{
    files::Picture,
    profile::{Badge, Card, Met, Relationship, Surface},
};
use host::Here;
use kernel::{Fault, Id, User};
use serde::Serialize;
use sqlx::types::{Json, Uuid};
use utoipa::ToSchema;

use crate::model::{
    muted::Muted,
    relationship::{Between, Tie},
};

/// How `viewer` stands to each target, in the order asked, with the cards of those they may know of: one statement. Each tie is looked up by
/// itself: a join could read all ties of somebody whom a million follow.
pub async fn people(here: &Here, viewer: Option<Id<User>>, targets: &[Id<User>]) -> Result<Vec<Met>, Fault> {
    let targets: Vec<Uuid> = targets.iter().map(|target| target.uuid()).collect();
    let now = here.clock.now();
    let rows = sqlx::query!(
        r#"select asked.target as "target!",
                  profile.username as "username?",
                  profile.display_name as "display_name?",
                  profile.face as "face: Json<Picture>",
                  profile.badge as "badge?: Badge",
                  coalesce(profile.state = 'open' and (not profile.withheld or profile.user_id = $1), false) as "open!",
                  coalesce(profile.private, false) as "private!",
                  mine.follows_since is not null as "follows!",
                  mine.asks_since is not null as "asks!",
                  mine.blocks_since is not null as "blocks!",
                  case when coalesce(mine.mutes_until > $3, true) then mine.mutes end as "mutes: Muted",
                  mine.restricts_since is not null as "restricts!",
                  theirs.follows_since is not null as "follows_back!",
                  theirs.asks_since is not null as "asks_back!",
                  theirs.blocks_since is not null as "blocks_back!"
             from unnest($2::uuid[]) with ordinality as asked (target, place)
             left join profile.profile on profile.user_id = asked.target
             left join lateral (select follows_since, asks_since, blocks_since, mutes, mutes_until, restricts_since
                                  from profile.tie
                                 where subject = $1
                                   and object = asked.target
                                 limit 1) mine on true
             left join lateral (select follows_since, asks_since, blocks_since
                                  from profile.tie
                                 where subject = asked.target
                                   and object = $1
                                 limit 1) theirs on true
            order by asked.place"#,
        viewer.map(Id::uuid),
        &targets,
        now,
    )
    .fetch_all(here.db.reader())
    .await?;
    let met = rows.into_iter().map(|row| {
        let target = Id::from_uuid(row.target);
        let mine = Tie {
            follows: row.follows,
            asks: row.asks,
            blocks: row.blocks,
            mutes: row.mutes.unwrap_or_default(),
            restricts: row.restricts,
        };
        let theirs = Tie { follows: row.follows_back, asks: row.asks_back, blocks: row.blocks_back, ..Tie::default() };
        let is_oneself = viewer == Some(target);
        let relationship = Between { target, is_oneself, open: row.open, private: row.private, mine, theirs }.decide();
        let name = row.username.zip(row.display_name).filter(|_| relationship.visible);
        let avatar = row.face.map(|face| face.0.shown(&here.config.media_url));
        let card = name.map(|(username, display_name)| Card { id: target, username, display_name, avatar, badge: row.badge });
        Met { card, relationship }
    });
    Ok(met.collect())
}

/// How I stand to somebody. What they have done about me shows in it by its effects alone.
#[derive(Debug, Serialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "independent answers about one pair")]
pub struct RelationshipView {
    pub target: Id<User>,
    /// Whether they are there for me.
    pub visible: bool,
    /// Whether I may see what they post.
    pub content: bool,
    pub following: bool,
    pub followed_by: bool,
    /// Whether I have asked to follow them and wait for an answer.
    pub requested: bool,
    /// Whether they have asked to follow me.
    pub requested_by: bool,
    pub blocking: bool,
    /// What of theirs I don't want to see now.
    pub muting: Vec<Surface>,
    pub restricting: bool,
}

impl From<Relationship> for RelationshipView {
    fn from(stands: Relationship) -> Self {
        Self {
            target: stands.target,
            visible: stands.visible,
            content: stands.content,
            following: stands.following,
            followed_by: stands.followed_by,
            requested: stands.requested,
            requested_by: stands.requested_by,
            blocking: stands.blocking,
            muting: stands.muting,
            restricting: stands.restricting,
        }
    }
}

/// Cards of those the viewer may see, in the order asked.
pub async fn cards_of(here: &Here, viewer: Option<Id<User>>, users: &[Id<User>]) -> Result<Vec<Card>, Fault> {
    Ok(people(here, viewer, users).await?.into_iter().filter_map(|met| met.card).collect())
}

/// How `viewer` stands to each target, in the order asked.
pub async fn relationships(here: &Here, viewer: Option<Id<User>>, targets: &[Id<User>]) -> Result<Vec<Relationship>, Fault> {
    Ok(people(here, viewer, targets).await?.into_iter().map(|met| met.relationship).collect())
}

/// The same for one target.
pub async fn relationship(here: &Here, viewer: Option<Id<User>>, target: Id<User>) -> Result<Relationship, Fault> {
    relationships(here, viewer, &[target]).await?.pop().ok_or_else(Fault::not_found)
}
