//! The copy of pictures files told of.

use host::Tx;
use kernel::Fault;

use crate::model::picture::Copied;

/// Keeps what is newer than what is known.
pub async fn apply(tx: &mut Tx, copied: &Copied) -> Result<(), Fault> {
    sqlx::query!(
        "insert into social.picture as known (media_id, owner, version, picture)
         values ($1, $2, $3, $4)
         on conflict (media_id) do update
            set version = $3, picture = $4
          where known.version < $3",
        copied.media.uuid(),
        copied.owner.uuid(),
        copied.version,
        copied.picture,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
