//! Keeps which shops are whose, for their owners' profiles (P7).

use contracts::commerce::ShopChanged;
use host::Tx;
use kernel::Fault;

use crate::store::shops::{self, Known};

pub async fn copy_in(tx: &mut Tx, fact: &ShopChanged) -> Result<(), Fault> {
    let ShopChanged { shop, version, owner, handle, name } = fact;
    shops::copy(tx, &Known { shop: *shop, version: *version, owner: *owner, handle, name }).await
}
