//! The copy of shops, as commerce tells them.

use contracts::ids::Shop;
use host::Tx;
use kernel::{Fault, Id, User};

/// A shop in passing.
#[derive(Debug)]
pub struct Known<'a> {
    pub shop: Id<Shop>,
    pub version: i64,
    pub owner: Id<User>,
    pub handle: &'a str,
    pub name: &'a str,
}

/// Keeps what is newer than what is known; nothing of somebody who is erased.
pub async fn copy(tx: &mut Tx, shop: &Known<'_>) -> Result<(), Fault> {
    sqlx::query!(
        "insert into profile.shop as known (shop_id, version, owner, handle, name)
         select $1, $2, $3, $4, $5
          where not exists (select 1 from profile.profile where user_id = $3 and state = 'erased')
         on conflict (shop_id) do update
            set version = $2, handle = $4, name = $5
          where known.version <= $2",
        shop.shop.uuid(),
        shop.version,
        shop.owner.uuid(),
        shop.handle,
        shop.name,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Forgets all shops of somebody who is erased.
pub async fn erase_of(tx: &mut Tx, owner: Id<User>) -> Result<(), Fault> {
    sqlx::query!("delete from profile.shop where owner = $1", owner.uuid()).execute(tx.conn()).await?;
    Ok(())
}
