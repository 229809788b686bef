//! Whom people block and mute, as profile tells it; a newer version wins.

use host::Tx;
use kernel::{Fault, Id, User};

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

/// Whether the reader is told nothing of this person now.
pub async fn is_silenced(tx: &mut Tx, reader: Id<User>, about: Id<User>) -> Result<bool, Fault> {
    let now = tx.now();
    let silenced = sqlx::query_scalar!(
        r#"select exists (select 1 from notification.silences($1, $2, $3)) as "silenced!""#,
        reader.uuid(),
        about.uuid(),
        now,
    );
    Ok(silenced.fetch_one(tx.conn()).await?)
}
