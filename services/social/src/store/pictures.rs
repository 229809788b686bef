//! The copy of pictures files told of.

use contracts::ids::Media;
use host::Tx;
use kernel::{Fault, Id, User};
use serde_json::Value;

/// Keeps what is newer than what is known.
pub async fn apply(tx: &mut Tx, media: Id<Media>, owner: Id<User>, version: i64, picture: Option<&Value>) -> Result<(), Fault> {
    sqlx::query!(
        "insert into social.picture as known (media_id, owner, version, picture)
         values ($1, $2, $3, $4)
         on conflict (media_id) do update
            set version = $3, picture = $4
          where known.version < $3",
        media.uuid(),
        owner.uuid(),
        version,
        picture,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
