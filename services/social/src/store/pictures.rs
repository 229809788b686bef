//! The copy of pictures files told of.

use contracts::{files::Picture, ids::Media};
use host::Tx;
use kernel::{Fault, Id, User};
use sqlx::types::Json;

/// A picture as it is at some version; `None` where it is gone.
#[derive(Debug, Clone, Copy)]
pub struct Copy<'a> {
    pub media: Id<Media>,
    pub owner: Id<User>,
    pub version: i64,
    pub picture: Option<&'a Picture>,
}

/// Keeps what is newer than what is known.
pub async fn apply(tx: &mut Tx, copy: self::Copy<'_>) -> Result<(), Fault> {
    sqlx::query!(
        "insert into social.picture as known (media_id, owner, version, picture)
         values ($1, $2, $3, $4)
         on conflict (media_id) do update
            set version = $3, picture = $4
          where known.version < $3",
        copy.media.uuid(),
        copy.owner.uuid(),
        copy.version,
        copy.picture.map(Json) as Option<Json<&Picture>>,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
