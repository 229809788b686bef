//! Attributes a sale to its post (S2).

use contracts::commerce::OrderPlaced;
use host::Tx;
use kernel::Fault;

use crate::store::sales;

/// An order that came from no post is nothing to us.
pub async fn count_in(tx: &mut Tx, fact: &OrderPlaced) -> Result<(), Fault> {
    match fact.post {
        Some(post) => sales::count(tx, fact.head.order, post, fact.product, fact.at).await,
        None => Ok(()),
    }
}
