//! The profile rows.

use host::{Constraint, Tx};
use kernel::{Fault, Id, Locale, Standing, User};

use crate::{
    fault::Refusal,
    model::{audience::Audience, username::Username},
};

/// A profile as its facts tell it.
#[derive(Debug)]
pub struct Face {
    pub version: i64,
    pub username: String,
    pub display_name: String,
    pub locale: Option<Locale>,
    pub time_zone: Option<String>,
}

/// Who sees what.
#[derive(Debug, Clone, Copy)]
pub struct Privacy {
    pub private: bool,
    /// Who may read who follows them, and whom they follow.
    pub followers: Audience,
    pub following: Audience,
    /// Who may read what they tell of themselves.
    pub bio: Audience,
    pub links: Audience,
    pub interests: Audience,
}

/// What changes; `None` stays as it is.
#[derive(Debug)]
pub struct Changes {
    pub display_name: Option<String>,
    pub bio: Option<String>,
    pub links: Option<Vec<String>>,
    pub locale: Option<Locale>,
    pub time_zone: Option<String>,
}

pub async fn find_face(tx: &mut Tx, user: Id<User>) -> Result<Option<Face>, Fault> {
    Ok(sqlx::query_as!(
        Face,
        "select version, username, display_name, locale, time_zone
           from profile.profile
          where user_id = $1",
        user.uuid(),
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// The profiles that come after this one and aren't erased, a page of them.
pub async fn page_after(tx: &mut Tx, after: Option<Id<User>>) -> Result<Vec<(Id<User>, Face)>, Fault> {
    let rows = sqlx::query!(
        "select user_id, version, username, display_name, locale, time_zone
           from profile.profile
          where user_id > coalesce($1, '00000000-0000-0000-0000-000000000000'::uuid)
            and state <> 'erased'
          order by user_id
          limit 500",
        after.map(Id::uuid),
    );
    let rows = rows.fetch_all(tx.conn()).await?.into_iter();
    let faces = rows.map(|row| {
        let (version, locale, time_zone) = (row.version, row.locale, row.time_zone);
        (row.user_id, Face { version, username: row.username, display_name: row.display_name, locale, time_zone })
    });
    Ok(faces.collect())
}

/// Locks a profile, if there is one; how it stands.
pub async fn lock(tx: &mut Tx, user: Id<User>) -> Result<Option<Standing>, Fault> {
    let standing = sqlx::query_scalar!(
        "select state
           from profile.profile
          where user_id = $1
            for no key update",
        user.uuid(),
    );
    Ok(standing.fetch_optional(tx.conn()).await?)
}

pub async fn insert(tx: &mut Tx, user: Id<User>, username: &Username, display_name: &str) -> Result<(), Fault> {
    let now = tx.now();
    sqlx::query!(
        "insert into profile.profile (user_id, username, display_name, opened_at)
         values ($1, $2, $3, $4)",
        user.uuid(),
        username.as_str(),
        display_name,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Changes a profile, which is locked by now.
pub async fn change(tx: &mut Tx, user: Id<User>, changes: &Changes) -> Result<Face, Fault> {
    let face = sqlx::query_as!(
        Face,
        "update profile.profile
            set display_name = coalesce($2, display_name),
                bio = coalesce($3, bio),
                links = coalesce($4, links),
                locale = coalesce($5, locale),
                time_zone = coalesce($6, time_zone),
                version = version + 1
          where user_id = $1
         returning version, username, display_name, locale, time_zone",
        user.uuid(),
        changes.display_name.as_deref(),
        changes.bio.as_deref(),
        changes.links.as_deref(),
        changes.locale.map(Locale::name),
        changes.time_zone.as_deref(),
    );
    Ok(face.fetch_one(tx.conn()).await?)
}

/// Gives a profile, which is locked by now, another name; its new version.
pub async fn rename(tx: &mut Tx, user: Id<User>, username: &Username) -> Result<i64, Fault> {
    sqlx::query_scalar!(
        "update profile.profile
            set username = $2, version = version + 1
          where user_id = $1
         returning version",
        user.uuid(),
        username.as_str(),
    )
    .fetch_one(tx.conn())
    .await
    .on_constraint("profile_username_key", Refusal::UsernameTaken)
}

pub async fn privacy(tx: &mut Tx, user: Id<User>) -> Result<Privacy, Fault> {
    Ok(sqlx::query_as!(
        Privacy,
        r#"select private, followers_seen_by as "followers: Audience", following_seen_by as "following: Audience",
                  bio_seen_by as "bio: Audience", links_seen_by as "links: Audience", interests_seen_by as "interests: Audience"
             from profile.profile
            where user_id = $1"#,
        user.uuid(),
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Says who sees what; the profile's new version. It is locked by now.
pub async fn set_privacy(tx: &mut Tx, user: Id<User>, privacy: Privacy) -> Result<i64, Fault> {
    Ok(sqlx::query_scalar!(
        "update profile.profile
            set private = $2, followers_seen_by = $3, following_seen_by = $4, bio_seen_by = $5, links_seen_by = $6,
                interests_seen_by = $7, version = version + 1
          where user_id = $1
         returning version",
        user.uuid(),
        privacy.private,
        privacy.followers.name(),
        privacy.following.name(),
        privacy.bio.name(),
        privacy.links.name(),
        privacy.interests.name(),
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Keeps what a newer fact of the account says; an erased account stays erased.
pub async fn set_standing(tx: &mut Tx, user: Id<User>, standing: Standing, version: i64) -> Result<(), Fault> {
    sqlx::query!(
        "update profile.profile
            set state = $2, account_version = $3
          where user_id = $1
            and account_version < $3
            and state <> 'erased'",
        user.uuid(),
        standing.name(),
        version,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Takes everything personal out of the row; the id stays for what others keep.
pub async fn erase(tx: &mut Tx, user: Id<User>, version: i64) -> Result<(), Fault> {
    sqlx::query!(
        "update profile.profile
            set state = 'erased', username = 'erased_' || replace(user_id::text, '-', ''), display_name = '', bio = '',
                links = '{}', locale = null, time_zone = null, face = null, badge = null,
                version = version + 1, account_version = greatest(account_version, $2)
          where user_id = $1
            and state <> 'erased'",
        user.uuid(),
        version,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
