//! Whom people mention in what they tell of themselves.

use host::Tx;
use kernel::{Fault, Id, User};
use sqlx::types::Uuid;

/// Whose names these are, and how they are written.
pub async fn named(tx: &mut Tx, names: &[String]) -> Result<Vec<(Id<User>, String)>, Fault> {
    let found = sqlx::query!(
        "select user_id, username
           from profile.profile
          where username = any($1)
            and state = 'open'",
        names,
    );
    Ok(found.fetch_all(tx.conn()).await?.into_iter().map(|row| (row.user_id, row.username)).collect())
}

/// Keeps whom somebody mentions from now on, as they are written; those who were never mentioned here before. A row stays when its words
/// are gone, so that nobody is told twice.
pub async fn set(tx: &mut Tx, user: Id<User>, mentioned: &[(Id<User>, String)]) -> Result<Vec<Id<User>>, Fault> {
    let (users, written): (Vec<Uuid>, Vec<String>) = mentioned.iter().map(|(user, name)| (user.uuid(), name.clone())).unzip();
    let new = sqlx::query!(
        r#"with gone as (
               update profile.mention
                  set written = null
                where user_id = $1
                  and mentioned <> all ($2)
           ), before as (
               select mentioned from profile.mention where user_id = $1
           ), kept as (
               insert into profile.mention as mention (user_id, mentioned, written)
               select $1, named.mentioned, named.written
                 from unnest($2::uuid[], $3::text[]) as named (mentioned, written)
               on conflict (user_id, mentioned) do update
                  set written = excluded.written
               returning mentioned
           )
           select mentioned as "mentioned!"
             from kept
            where mentioned not in (select mentioned from before)"#,
        user.uuid(),
        &users,
        &written,
    );
    Ok(new.fetch_all(tx.conn()).await?.into_iter().map(|row| row.mentioned).collect())
}

/// Takes away what somebody mentioned, and where they were.
pub async fn erase(tx: &mut Tx, user: Id<User>) -> Result<(), Fault> {
    sqlx::query!("delete from profile.mention where user_id = $1 or mentioned = $1", user.uuid()).execute(tx.conn()).await?;
    Ok(())
}
