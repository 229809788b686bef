//! Keeps a product from everybody but its seller, or gives it back: as moderators decided. Its orders go on.

use contracts::profile::ProductModerated;
use host::Tx;
use kernel::Fault;

use crate::store::products;

pub async fn apply_in(tx: &mut Tx, fact: &ProductModerated) -> Result<(), Fault> {
    let since = fact.withheld.then(|| tx.now());
    products::withhold(tx, fact.product, since, fact.version).await
}
