//! Keeps a shop and what it sells from everybody but its owner, or gives it back: as moderators decided. Its orders go on.

use contracts::profile::ShopModerated;
use host::Tx;
use kernel::Fault;

use crate::store::shops;

pub async fn apply_in(tx: &mut Tx, fact: &ShopModerated) -> Result<(), Fault> {
    let since = fact.withheld.then(|| tx.now());
    shops::withhold(tx, fact.shop, since, fact.version).await
}
