//! Follows and unfollows as profile tells them.

use contracts::profile::{Followed, Unfollowed};
use host::Tx;
use kernel::Fault;

use crate::store::follows::{self, Pair};

pub async fn follow_in(tx: &mut Tx, fact: &Followed) -> Result<(), Fault> {
    let Followed { follower, followee, version } = *fact;
    follows::apply(tx, &Pair { follower, followee, active: true, version }).await
}

pub async fn unfollow_in(tx: &mut Tx, fact: &Unfollowed) -> Result<(), Fault> {
    let Unfollowed { follower, followee, version } = *fact;
    follows::apply(tx, &Pair { follower, followee, active: false, version }).await
}
