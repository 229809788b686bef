//! Blanks the words of posts that were deleted long ago; their rows stay for the sales made from them.

use std::time::Duration;

use host::Here;
use kernel::Fault;

use crate::store::posts;

/// So long what somebody deleted can be looked at where somebody else reported it.
const KEPT: Duration = Duration::from_hours(24 * 30);
/// So many rows change in one transaction.
const BATCH: u32 = 5_000;

/// Batch after batch, each in a transaction of its own, until there is less than a batch.
pub async fn sweep(here: &Here) -> Result<(), Fault> {
    while host::write!(here.db, async |tx| { posts::blank_deleted(tx, tx.now().minus(KEPT), BATCH.into()).await })?
        >= BATCH.into()
    {}
    Ok(())
}
