//! Brings together what was counted aside, and counts again.

use host::Here;
use kernel::{Fault, Id, Job, User};
use serde::{Deserialize, Serialize};

use crate::store::counts;

/// Folds what has changed into the profiles, until nothing is left.
pub async fn fold_counts(here: &Here) -> Result<(), Fault> {
    while host::write!(here.db, async |tx| { counts::fold(tx).await })? > 0 {}
    Ok(())
}

/// Work that goes through everybody: counts the ties of those who come after this one again.
#[derive(Debug, Serialize, Deserialize)]
pub struct Recount {
    after: Option<Id<User>>,
}
impl Job for Recount {
    const NAME: &'static str = "recount";
}

/// Begins to count everybody's ties again.
pub async fn begin_recount(here: &Here) -> Result<(), Fault> {
    host::write!(here.db, async |tx| { tx.enqueue(&Recount { after: None }, tx.now()) })
}

/// Counts a page of them, and leaves the rest for the next job. A count that is off is said in the log: it should never be.
pub async fn recount(here: &Here, job: &Recount) -> Result<(), Fault> {
    let corrected = host::write!(here.db, async |tx| {
        let (last, corrected) = counts::recount(tx, job.after).await?;
        if last.is_some() {
            tx.enqueue(&Recount { after: last }, tx.now())?;
        }
        Ok(corrected)
    })?;
    for one in corrected {
        let (followers, following) = (one.followers, one.following);
        tracing::error!(user = %one.user, followers, following, "a count was off and is corrected by this much");
    }
    Ok(())
}
