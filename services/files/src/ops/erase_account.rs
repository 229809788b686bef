//! Erases what somebody uploaded.

use host::{Here, Tx};
use kernel::{Fault, Id, Job, Standing, User};
use serde::{Deserialize, Serialize};

use super::delete_media::delete_in;
use crate::store::{media, persons};

/// So many go in one transaction, which is over long before its time is.
const BATCH: u32 = 100;

/// Work for right after an account was erased.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EraseMedia {
    pub owner: Id<User>,
}
impl Job for EraseMedia {
    const NAME: &'static str = "erase_media";
}

/// Closes the person first: an upload that is just being kept is waited for, and a later one is refused.
pub async fn erase_in(tx: &mut Tx, user: Id<User>, version: i64) -> Result<(), Fault> {
    persons::set_standing(tx, user, Standing::Erased, version).await?;
    tx.enqueue(&EraseMedia { owner: user }, tx.now())
}

pub async fn erase_media(here: &Here, job: &EraseMedia) -> Result<(), Fault> {
    while host::write!(here.db, async |tx| { erase_some_in(tx, job.owner).await })? >= BATCH as usize {}
    Ok(())
}

async fn erase_some_in(tx: &mut Tx, owner: Id<User>) -> Result<usize, Fault> {
    let some = media::lock_some_of(tx, owner, BATCH.into()).await?;
    for media in &some {
        delete_in(tx, media).await?;
    }
    Ok(some.len())
}
