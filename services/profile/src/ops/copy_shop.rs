//! Keeps which shops are whose, for their owners' profiles (P7).

use contracts::commerce::ShopChanged;
use host::Tx;
use kernel::Fault;

use crate::store::{
    locks,
    shops::{self, Known},
};

pub async fn copy_in(tx: &mut Tx, fact: &ShopChanged) -> Result<(), Fault> {
    let ShopChanged { shop, version, owner, handle, name } = fact;
    // Whoever is being erased is so before or after it.
    locks::pair(tx, *owner, *owner).await?;
    shops::copy(tx, &Known { shop: *shop, version: *version, owner: *owner, handle, name }).await
}
