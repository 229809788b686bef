//! Profiles in full, and usernames that can be had.

use contracts::profile::Surface;
use host::Here;
use kernel::{Fault, Id, Timestamp, User};
use serde::Serialize;
use utoipa::ToSchema;

use super::people::relationship;
use crate::model::{audience::Audience, username::Username};

/// A profile as the viewer sees it.
#[derive(Debug, Serialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "independent answers about one pair")]
pub struct ProfileView {
    pub id: Id<User>,
    #[schema(example = "amina")]
    pub username: String,
    #[schema(example = "Amina Juma")]
    pub display_name: String,
    #[schema(example = "Fabrics from Kariakoo.")]
    pub bio: String,
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
    pub opened_at: Timestamp,
}

struct Row {
    id: Id<User>,
    username: String,
    display_name: String,
    bio: String,
    private: bool,
    opened_at: Timestamp,
    followers: i64,
    following: i64,
    followers_for: Audience,
    following_for: Audience,
}

/// The profile `name` means: an id or a username.
pub async fn find(here: &Here, viewer: Option<Id<User>>, name: &str) -> Result<ProfileView, Fault> {
    match name.parse() {
        Ok(id) => by_id(here, viewer, id).await,
        Err(_) => by_id(here, viewer, named(here, name).await?.ok_or_else(Fault::not_found)?).await,
    }
}

/// Who has this username, whether or not they can be seen.
async fn named(here: &Here, name: &str) -> Result<Option<Id<User>>, Fault> {
    let named = sqlx::query_scalar!("select user_id from profile.profile where username = $1", name.to_lowercase());
    Ok(named.fetch_optional(here.db.reader()).await?)
}

pub async fn by_id(here: &Here, viewer: Option<Id<User>>, id: Id<User>) -> Result<ProfileView, Fault> {
    let related = relationship(here, viewer, id).await?;
    if !related.visible {
        return Err(Fault::not_found());
    }
    let row = load(here, id).await?.ok_or_else(Fault::not_found)?;
    Ok(ProfileView {
        id: row.id,
        username: row.username,
        display_name: row.display_name,
        bio: row.bio,
        followers: row.followers,
        following: row.following,
        followed: related.following,
        follows_you: related.followed_by,
        private: row.private,
        shows_followers: row.followers_for.admits(&related, viewer == Some(id)),
        shows_following: row.following_for.admits(&related, viewer == Some(id)),
        requested: related.requested,
        requests_you: related.requested_by,
        muting: related.muting,
        restricting: related.restricting,
        content: related.content,
        opened_at: row.opened_at,
    })
}

async fn load(here: &Here, id: Id<User>) -> Result<Option<Row>, Fault> {
    Ok(sqlx::query_as!(
        Row,
        r#"select user_id as id, username, display_name, bio, private, opened_at, followers, following,
                  followers_seen_by as "followers_for: Audience", following_seen_by as "following_for: Audience"
           from profile.profile
          where user_id = $1"#,
        id.uuid(),
    )
    .fetch_optional(here.db.reader())
    .await?)
}

/// Whether a username can be had, and what to take where it can't.
#[derive(Debug, Serialize, ToSchema)]
pub struct UsernameView {
    #[schema(example = "amina")]
    pub username: String,
    #[schema(example = false)]
    pub free: bool,
    #[schema(example = json!(["amina1", "amina_tz"]))]
    pub suggestions: Vec<String>,
}

pub async fn username(here: &Here, text: &str) -> Result<UsernameView, Fault> {
    let wish = Username::parse(text);
    let near = wish.clone().unwrap_or_else(|_| Username::nearest(text)).candidates(&here.ids.code(5));
    let names: Vec<String> = near.iter().map(|name| name.as_str().to_owned()).collect();
    let taken = sqlx::query_scalar!("select username from profile.profile where username = any($1)", &names)
        .fetch_all(here.db.reader())
        .await?;
    let free = wish.is_ok_and(|wish| !taken.iter().any(|name| name == wish.as_str()));
    let suggestions = names.into_iter().filter(|name| !taken.contains(name) && name != text).take(5).collect();
    Ok(UsernameView { username: text.to_owned(), free, suggestions: if free { Vec::new() } else { suggestions } })
}
