//! Brings together what was counted aside, and counts again.

use host::Here;
use kernel::{Fault, Id, User};

use crate::store::counts;

/// Folds what has changed into the profiles, until nothing is left.
pub async fn fold_counts(here: &Here) -> Result<(), Fault> {
    while host::write!(here.db, async |tx| { counts::fold(tx).await })? > 0 {}
    Ok(())
}

/// Counts everybody's ties again, a page a transaction. A count that is off is said in the log: it should never be.
pub async fn recount(here: &Here) -> Result<(), Fault> {
    let mut after: Option<Id<User>> = None;
    loop {
        let (last, corrected) = host::write!(here.db, async |tx| { counts::recount(tx, after).await })?;
        for one in corrected {
            let (followers, following) = (one.followers, one.following);
            tracing::error!(user = %one.user, followers, following, "a count was off and is corrected by this much");
        }
        if last.is_none() {
            return Ok(());
        }
        after = last;
    }
}
