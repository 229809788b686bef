//! Whom people mention in what they tell of themselves.

use host::Tx;
use kernel::{Fault, Id, User};
use sqlx::types::Uuid;

/// Whom these names mean in what somebody writes: a name that stood there before means whom it meant then, another one whoever has it,
/// or had it lately.
pub async fn meant(tx: &mut Tx, user: Id<User>, names: &[String]) -> Result<Vec<(Id<User>, String)>, Fault> {
    let now = tx.now();
    let found = sqlx::query!(
        r#"select whom.user_id as "user_id!: Id<User>", wished.name as "name!"
             from unnest($2::text[]) as wished (name)
             left join profile.mention before on before.user_id = $1 and before.written = wished.name
             left join profile.username named on named.username = wished.name and coalesce(named.held_until > $3, true)
            cross join lateral (select user_id
                                  from profile.profile
                                 where user_id = coalesce(before.mentioned, named.user_id)
                                   and state <> 'erased'
                                   and user_id <> $1
                                 limit 1) as whom"#,
        user.uuid(),
        names,
        now,
    );
    Ok(found.fetch_all(tx.conn()).await?.into_iter().map(|row| (row.user_id, row.name)).collect())
}

/// Keeps whom somebody mentions from now on, as they are written; those of them who were never told. A row stays when its words are gone,
/// so that nobody is told twice.
pub async fn set(tx: &mut Tx, user: Id<User>, mentioned: &[(Id<User>, String)]) -> Result<Vec<Id<User>>, Fault> {
    let (users, written): (Vec<Uuid>, Vec<String>) = mentioned.iter().map(|(user, name)| (user.uuid(), name.clone())).unzip();
    sqlx::query!(
        "update profile.mention
            set written = null
          where user_id = $1
            and mentioned <> all ($2)",
        user.uuid(),
        &users,
    )
    .execute(tx.conn())
    .await?;
    let kept = sqlx::query!(
        "insert into profile.mention as mention (user_id, mentioned, written)
         select distinct on (named.mentioned) $1::uuid, named.mentioned, named.written
           from unnest($2::uuid[], $3::text[]) as named (mentioned, written)
         on conflict (user_id, mentioned) do update
            set written = excluded.written
         returning mentioned, told_at",
        user.uuid(),
        &users,
        &written,
    );
    let kept = kept.fetch_all(tx.conn()).await?.into_iter();
    Ok(kept.filter(|row| row.told_at.is_none()).map(|row| row.mentioned).collect())
}

/// They are told, for good.
pub async fn mark_told(tx: &mut Tx, user: Id<User>, told: &[Id<User>]) -> Result<(), Fault> {
    let (now, told): (_, Vec<Uuid>) = (tx.now(), told.iter().map(|one| one.uuid()).collect());
    sqlx::query!(
        "update profile.mention
            set told_at = $3
          where user_id = $1
            and mentioned = any($2)",
        user.uuid(),
        &told,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Takes away what somebody mentioned, and where they were.
pub async fn erase(tx: &mut Tx, user: Id<User>) -> Result<(), Fault> {
    sqlx::query!("delete from profile.mention where user_id = $1 or mentioned = $1", user.uuid()).execute(tx.conn()).await?;
    Ok(())
}
