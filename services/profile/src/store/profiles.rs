//! The profile rows.

use host::{Constraint, Tx};
use kernel::{Fault, Id, Standing, User};
use sqlx::types::Uuid;

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
}

/// Who sees what.
#[derive(Debug, Clone, Copy)]
pub struct Privacy {
    pub private: bool,
    /// Who may read who follows them, and whom they follow.
    pub followers: Audience,
    pub following: Audience,
}

/// What changes; `None` stays as it is.
#[derive(Debug)]
pub struct Changes {
    pub username: Option<Username>,
    pub display_name: Option<String>,
    pub bio: Option<String>,
}

pub async fn find_face(tx: &mut Tx, user: Id<User>) -> Result<Option<Face>, Fault> {
    Ok(sqlx::query_as!(
        Face,
        "select version, username, display_name
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
        "select user_id, version, username, display_name
           from profile.profile
          where user_id > coalesce($1, '00000000-0000-0000-0000-000000000000'::uuid)
            and state <> 'erased'
          order by user_id
          limit 500",
        after.map(Id::uuid),
    );
    let rows = rows.fetch_all(tx.conn()).await?.into_iter();
    let faces = rows.map(|row| {
        let face = Face { version: row.version, username: row.username, display_name: row.display_name };
        (row.user_id, face)
    });
    Ok(faces.collect())
}

/// Locks these profiles in the order of their ids, so that two who follow each other at once never wait in a circle.
pub async fn lock(tx: &mut Tx, users: &[Id<User>]) -> Result<Vec<(Id<User>, Standing)>, Fault> {
    let users: Vec<Uuid> = users.iter().map(|user| user.uuid()).collect();
    let rows = sqlx::query!(
        "select user_id, state
           from profile.profile
          where user_id = any($1)
          order by user_id
            for no key update",
        &users,
    );
    Ok(rows.fetch_all(tx.conn()).await?.into_iter().map(|row| (row.user_id, row.state)).collect())
}

/// Locks a profile and everybody it ever had to do with, in the same order. Whoever follows it while this waits may be
/// missed, and then PostgreSQL says so where two wait for each other: the transaction runs again.
pub async fn lock_around(tx: &mut Tx, user: Id<User>) -> Result<(), Fault> {
    let around = sqlx::query!(
        "select user_id
           from profile.profile
          where user_id in (select $1::uuid
                             union
                            select object from profile.tie where subject = $1
                             union
                            select subject from profile.tie where object = $1)
          order by user_id
            for no key update",
        user.uuid(),
    );
    around.fetch_all(tx.conn()).await?;
    Ok(())
}

/// Inserts the profile unless somebody has the username, or the person has a profile; says whether it did.
pub async fn insert(tx: &mut Tx, user: Id<User>, username: &Username, display_name: &str) -> Result<bool, Fault> {
    let now = tx.now();
    let inserted = sqlx::query!(
        "insert into profile.profile (user_id, username, display_name, opened_at)
         values ($1, $2, $3, $4)
         on conflict do nothing",
        user.uuid(),
        username.as_str(),
        display_name,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// Changes a profile, which is locked by now.
pub async fn change(tx: &mut Tx, user: Id<User>, changes: &Changes) -> Result<Face, Fault> {
    sqlx::query_as!(
        Face,
        "update profile.profile
            set username = coalesce($2, username),
                display_name = coalesce($3, display_name),
                bio = coalesce($4, bio),
                version = version + 1
          where user_id = $1
         returning version, username, display_name",
        user.uuid(),
        changes.username.as_ref().map(Username::as_str),
        changes.display_name.as_deref(),
        changes.bio.as_deref(),
    )
    .fetch_one(tx.conn())
    .await
    .on_constraint("profile_username_key", Refusal::UsernameTaken)
}

pub async fn privacy(tx: &mut Tx, user: Id<User>) -> Result<Privacy, Fault> {
    Ok(sqlx::query_as!(
        Privacy,
        r#"select private, followers_seen_by as "followers: Audience", following_seen_by as "following: Audience"
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
            set private = $2, followers_seen_by = $3, following_seen_by = $4, version = version + 1
          where user_id = $1
         returning version",
        user.uuid(),
        privacy.private,
        privacy.followers.name(),
        privacy.following.name(),
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
