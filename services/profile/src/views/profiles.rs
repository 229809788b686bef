//! Profiles in full.

use contracts::{
    files::{Picture, PictureView},
    ids::Shop,
    profile::{Badge, Relationship, Surface, sees},
};
use host::Here;
use kernel::{Fault, Id, Locale, Timestamp, User};
use serde::{Deserialize, Serialize};
use sqlx::types::Json;
use utoipa::{IntoParams, ToSchema};

use super::{
    people::{relationship, relationships},
    usernames,
};
use crate::model::{
    audience::Audience,
    mentions,
    relationship::{Between, Tie},
    trust::rounded,
};

/// A profile as the viewer sees it.
#[derive(Debug, Serialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "independent answers about one pair")]
pub struct ProfileView {
    pub id: Id<User>,
    #[schema(example = "amina")]
    pub username: String,
    #[schema(example = "Amina Juma")]
    pub display_name: String,
    /// What is verified of them under this name.
    #[schema(required)]
    pub badge: Option<Badge>,
    /// Empty, as links and interests are, where it isn't for the viewer.
    #[schema(example = "Fabrics from Kariakoo.")]
    pub bio: String,
    /// Whom it mentions: the name as it is written there, and who that is.
    pub mentions: Vec<Mention>,
    #[schema(example = json!(["https://amina.example/"]))]
    pub links: Vec<String>,
    #[schema(example = json!(["fabrics", "street food"]))]
    pub interests: Vec<String>,
    /// `null` as long as there is none, or it is worked on.
    pub avatar: Option<PictureView>,
    pub cover: Option<PictureView>,
    #[schema(example = 120)]
    pub followers: i64,
    #[schema(example = 8)]
    pub following: i64,
    /// Whether the viewer follows them.
    pub followed: bool,
    /// Whether they follow the viewer.
    pub follows_you: bool,
    /// Whether whoever wants to follow asks first, and only followers see what they post.
    pub private: bool,
    /// Whether the viewer has asked to follow them and waits for an answer.
    pub requested: bool,
    /// Whether they ask to follow the viewer.
    pub requests_you: bool,
    /// What of theirs the viewer doesn't want to see now.
    pub muting: Vec<Surface>,
    /// Whether the viewer restricts them.
    pub restricting: bool,
    /// Whether the viewer may see what they post.
    pub content: bool,
    /// Whether the viewer may read who follows them, and whom they follow.
    #[serde(skip)]
    pub shows_followers: bool,
    #[serde(skip)]
    pub shows_following: bool,
    /// In the order they were opened.
    pub shops: Vec<ShopLink>,
    /// Of whoever has sold something; what it is made of is asked for by itself.
    pub trust: Option<TrustMark>,
    pub opened_at: Timestamp,
    /// Whether nobody but you sees it, by a moderator's decision; said to you alone, and where it is so.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(example = false)]
    pub withheld: bool,
    /// What nobody reads of others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settings: Option<Settings>,
}

/// Somebody who is mentioned. A new name of theirs changes nothing of it (X9).
#[derive(Debug, Serialize, ToSchema)]
pub struct Mention {
    #[schema(example = "baraka")]
    pub written: String,
    pub user: Id<User>,
}

/// A shop of somebody's.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShopLink {
    pub id: Id<Shop>,
    #[schema(example = "amina_fabrics")]
    pub handle: String,
    #[schema(example = "Amina Fabrics")]
    pub name: String,
}

/// How far a seller can be trusted.
#[derive(Debug, Serialize, ToSchema)]
pub struct TrustMark {
    /// 0 to 100; `null` for whoever is new.
    #[schema(example = 94)]
    pub score: Option<i64>,
    #[schema(example = 52)]
    pub completed: i64,
}

/// How and where somebody wants to be told things.
#[derive(Debug, Serialize, ToSchema)]
pub struct Settings {
    /// `null` as long as it is the one they signed up in.
    pub locale: Option<Locale>,
    /// `null` as long as it is East Africa.
    #[schema(example = "Africa/Dar_es_Salaam")]
    pub time_zone: Option<String>,
}

struct Row {
    id: Id<User>,
    username: String,
    display_name: String,
    badge: Option<Badge>,
    bio: String,
    links: Vec<String>,
    interests: Vec<String>,
    locale: Option<Locale>,
    time_zone: Option<String>,
    private: bool,
    withheld: bool,
    opened_at: Timestamp,
    followers: i64,
    following: i64,
    score: Option<f64>,
    completed: Option<i64>,
    avatar: Option<Json<Picture>>,
    cover: Option<Json<Picture>>,
    followers_for: Audience,
    following_for: Audience,
    bio_for: Audience,
    links_for: Audience,
    interests_for: Audience,
}

/// The profile `name` means: an id, a username, or one that was given up less than 14 days ago.
pub async fn find(here: &Here, viewer: Option<Id<User>>, name: &str) -> Result<ProfileView, Fault> {
    match name.parse() {
        Ok(id) => by_id(here, viewer, id).await,
        Err(_) => by_id(here, viewer, usernames::owner(here, name).await?.ok_or_else(Fault::not_found)?).await,
    }
}

pub async fn by_id(here: &Here, viewer: Option<Id<User>>, id: Id<User>) -> Result<ProfileView, Fault> {
    let related = relationship(here, viewer, id).await?;
    if !related.visible {
        return Err(Fault::not_found());
    }
    let row = load(here, id).await?.ok_or_else(Fault::not_found)?;
    let (shops, mentions) = (shops_of(here, viewer, id).await?, mentions_of(here, viewer, id, &row).await?);
    Ok(row.shown(related, viewer == Some(id), (shops, mentions), &here.config.media_url))
}

kernel::named! {
    /// In whose place somebody looks at their own profile.
    pub Eyes {
        Everyone = "everyone",
        Followers = "followers",
    }
}

/// Whose view is wanted.
#[derive(Debug, Deserialize, IntoParams)]
pub struct PreviewQuery {
    /// Of somebody who isn't tied to me, or of a follower.
    #[param(inline, example = "everyone")]
    pub r#as: Eyes,
}

/// Somebody's own profile as others see it.
pub async fn preview(here: &Here, user: Id<User>, eyes: Eyes) -> Result<ProfileView, Fault> {
    let row = load(here, user).await?.ok_or_else(Fault::not_found)?;
    let mine = Tie { follows: eyes == Eyes::Followers, ..Tie::default() };
    let between = Between { target: user, is_oneself: false, open: true, private: row.private, mine, theirs: Tie::default() };
    let (shops, mentions) = (shops_of(here, None, user).await?, mentions_of(here, Some(user), user, &row).await?);
    Ok(row.shown(between.decide(), false, (shops, mentions), &here.config.media_url))
}

impl Row {
    fn shown(
        self,
        related: Relationship,
        is_owner: bool,
        (shops, mentions): (Vec<ShopLink>, Vec<Mention>),
        media_url: &str,
    ) -> ProfileView {
        let (is_for_them, media) = (
            |audience: Audience| audience.admits(&related, is_owner),
            |one: Option<Json<Picture>>| one.map(|picture| picture.0.shown(media_url)),
        );
        ProfileView {
            id: self.id,
            mentions: if is_for_them(self.bio_for) { mentions } else { Vec::new() },
            bio: if is_for_them(self.bio_for) { self.bio } else { String::new() },
            links: if is_for_them(self.links_for) { self.links } else { Vec::new() },
            interests: if is_for_them(self.interests_for) { self.interests } else { Vec::new() },
            shows_followers: is_for_them(self.followers_for),
            shows_following: is_for_them(self.following_for),
            settings: is_owner.then_some(Settings { locale: self.locale, time_zone: self.time_zone }),
            username: self.username,
            display_name: self.display_name,
            badge: self.badge,
            avatar: media(self.avatar),
            cover: media(self.cover),
            followers: self.followers,
            following: self.following,
            followed: related.following,
            follows_you: related.followed_by,
            private: self.private,
            requested: related.requested,
            requests_you: related.requested_by,
            muting: related.muting,
            restricting: related.restricting,
            content: related.content,
            shops,
            trust: self.completed.map(|completed| TrustMark { score: rounded(self.score), completed }),
            withheld: self.withheld && is_owner,
            opened_at: self.opened_at,
        }
    }
}

/// Those that are there for the viewer: what is withheld is its owner's alone.
async fn shops_of(here: &Here, viewer: Option<Id<User>>, owner: Id<User>) -> Result<Vec<ShopLink>, Fault> {
    let shops = sqlx::query_as!(
        ShopLink,
        "select shop_id as id, handle, name
           from profile.shop
          where owner = $1
            and ($2 or not exists (select 1
                                     from profile.withheld
                                    where withheld.thing = 'shop'
                                      and withheld.thing_id = shop.shop_id
                                      and withheld.is_withheld))
          order by shop_id
          limit 20",
        owner.uuid(),
        viewer == Some(owner),
    );
    Ok(shops.fetch_all(here.db.reader()).await?)
}

/// Where a text mentions somebody, in bytes.
pub fn spans(text: &str) -> Vec<(usize, usize)> {
    mentions::spans(text)
}

/// Those of them whom the viewer may know of; most bios mention nobody.
async fn mentions_of(here: &Here, viewer: Option<Id<User>>, user: Id<User>, row: &Row) -> Result<Vec<Mention>, Fault> {
    if !row.bio.contains('@') {
        return Ok(Vec::new());
    }
    let all = sqlx::query_as!(
        Mention,
        r#"select written as "written!", mentioned as "user: Id<User>"
             from profile.mention
            where user_id = $1
              and written is not null"#,
        user.uuid(),
    );
    let mut all = all.fetch_all(here.db.reader()).await?;
    let users: Vec<Id<User>> = all.iter().map(|one| one.user).collect();
    let related = relationships(here, viewer, &users).await?;
    all.retain(|one| sees(&related, one.user));
    Ok(all)
}

async fn load(here: &Here, id: Id<User>) -> Result<Option<Row>, Fault> {
    Ok(sqlx::query_as!(
        Row,
        r#"select profile.user_id as id, username, display_name, badge as "badge: Badge", bio, links, locale, time_zone, private, withheld, opened_at,
                  array(select interest from profile.interest where interest.user_id = profile.user_id order by interest) as "interests!",
                  profile.followers + coalesce(waiting.followers, 0) as "followers!",
                  profile.following + coalesce(waiting.following, 0) as "following!",
                  trust.score as "score?", trust.completed as "completed?",
                  avatar.picture as "avatar: Json<Picture>",
                  cover.picture as "cover: Json<Picture>",
                  followers_seen_by as "followers_for: Audience", following_seen_by as "following_for: Audience",
                  bio_seen_by as "bio_for: Audience", links_seen_by as "links_for: Audience",
                  interests_seen_by as "interests_for: Audience"
             from profile.profile
             left join profile.trust on trust.user_id = profile.user_id and trust.as_of is not null
             left join profile.portrait avatar on avatar.user_id = profile.user_id and avatar.kind = 'avatar'
             left join profile.portrait cover on cover.user_id = profile.user_id and cover.kind = 'cover'
            cross join lateral (select sum(change.followers)::bigint as followers, sum(change.following)::bigint as following
                                  from profile.count_change change
                                 where change.user_id = $1) as waiting
            where profile.user_id = $1"#,
        id.uuid(),
    )
    .fetch_optional(here.db.reader())
    .await?)
}
