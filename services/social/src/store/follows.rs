//! The copy of who follows whom.

use host::Tx;
use kernel::{Fault, Id, User};

/// What a fact told about a pair.
#[derive(Debug, Clone, Copy)]
pub struct Pair {
    pub follower: Id<User>,
    pub followee: Id<User>,
    pub active: bool,
    pub version: i64,
}

/// Keeps what was told, unless something newer is known of this pair.
pub async fn apply(tx: &mut Tx, told: &Pair) -> Result<(), Fault> {
    sqlx::query!(
        "insert into social.follow as pair (follower, followee, active, version)
         values ($1, $2, $3, $4)
         on conflict (follower, followee) do update
            set active = $3, version = $4
          where pair.version < $4",
        told.follower.uuid(),
        told.followee.uuid(),
        told.active,
        told.version,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
