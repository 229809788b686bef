//! Erases what is a person's alone.

use contracts::profile::Unfollowed;
use host::Tx;
use kernel::{Fault, Id, User};

use super::retell_ties::block_changed;
use crate::store::{
    profiles,
    ties::{self, Told},
};

pub async fn erase_in(tx: &mut Tx, user: Id<User>, version: i64) -> Result<(), Fault> {
    // First the profiles: whoever follows this one at this moment holds its row, and is seen below.
    profiles::lock_around(tx, user).await?;
    profiles::erase(tx, user, version).await?;
    for tie in ties::cut_all_of(tx, user).await? {
        let (follower, followee, version) = (tie.subject, tie.object, tie.version);
        if tie.follows {
            tx.publish(&Unfollowed { follower, followee, version })?;
        }
        if tie.blocks {
            tx.publish(&block_changed(Told { blocks: false, ..tie }))?;
        }
    }
    Ok(())
}
