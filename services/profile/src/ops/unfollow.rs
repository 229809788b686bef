//! Stops following, or removes a follower.

use contracts::profile::Unfollowed;
use host::Here;
use kernel::{Fault, Id, User};

use crate::store::follows;

/// Ends the pair, whichever of the two asks for it; ending it twice is ending it once.
pub async fn unfollow(here: &Here, follower: Id<User>, followee: Id<User>) -> Result<(), Fault> {
    host::write!(here.db, async |tx| {
        if let Some(version) = follows::end(tx, follower, followee).await? {
            tx.publish(&Unfollowed { follower, followee, version })?;
        }
        Ok(())
    })
}
