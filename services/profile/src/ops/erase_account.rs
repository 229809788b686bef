//! Erases what is a person's alone.

use contracts::profile::Unfollowed;
use host::Tx;
use kernel::{Fault, Id, User};

use crate::store::{follows, profiles};

pub async fn erase_in(tx: &mut Tx, user: Id<User>, version: i64) -> Result<(), Fault> {
    // First the profiles: whoever follows this one at this moment holds its row, and is seen below.
    profiles::lock_around(tx, user).await?;
    profiles::erase(tx, user, version).await?;
    for pair in follows::end_all_of(tx, user).await? {
        tx.publish(&Unfollowed { follower: pair.follower, followee: pair.followee, version: pair.version })?;
    }
    Ok(())
}
