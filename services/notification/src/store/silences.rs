//! Whom people block and mute, as profile tells it; a newer version wins.

use std::collections::HashSet;

use host::Tx;
use kernel::{Fault, Id, User};
use sqlx::types::Uuid;

use crate::model::person::Silence;

pub async fn copy(tx: &mut Tx, silence: &Silence) -> Result<(), Fault> {
    sqlx::query!(
        "insert into notification.silence as silence (subject, object, version, blocks, mutes, mutes_until)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (subject, object) do update
            set version = $3, blocks = $4, mutes = $5, mutes_until = $6
          where silence.version < $3",
        silence.subject.uuid(),
        silence.object.uuid(),
        silence.version,
        silence.blocks,
        silence.mutes,
        silence.mutes_until,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Of these, a reader and a person each, the pairs whose reader is told nothing of that person now.
pub async fn among(tx: &mut Tx, pairs: &[(Id<User>, Id<User>)]) -> Result<HashSet<(Id<User>, Id<User>)>, Fault> {
    if pairs.is_empty() {
        return Ok(HashSet::new());
    }
    let now = tx.now();
    let (readers, about): (Vec<Uuid>, Vec<Uuid>) = pairs.iter().map(|(reader, about)| (reader.uuid(), about.uuid())).unzip();
    let silenced = sqlx::query!(
        r#"select reader as "reader!: Id<User>", about as "about!: Id<User>"
             from unnest($1::uuid[], $2::uuid[]) as pair (reader, about)
            where exists (select 1 from notification.silences(reader, about, $3))"#,
        &readers,
        &about,
        now,
    );
    Ok(silenced.fetch_all(tx.conn()).await?.into_iter().map(|row| (row.reader, row.about)).collect())
}
