//! Keeps a post from everybody but its author, or gives it back: as moderators decided.

use contracts::profile::PostModerated;
use host::Tx;
use kernel::Fault;

use crate::store::posts;

pub async fn apply_in(tx: &mut Tx, fact: &PostModerated) -> Result<(), Fault> {
    let since = fact.withheld.then(|| tx.now());
    posts::withhold(tx, fact.post, since, fact.version).await
}
