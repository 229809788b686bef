//! Tells every pair, active or ended, for copies elsewhere that are new or were lost.

use contracts::profile::{Followed, Unfollowed};
use host::Tx;
use kernel::{Fault, Id, User};

use crate::store::follows::{self, Pair};

pub async fn page_in(tx: &mut Tx, after: Option<(Id<User>, Id<User>)>) -> Result<Option<(Id<User>, Id<User>)>, Fault> {
    let page = follows::page_after(tx, after).await?;
    page.iter().try_for_each(|pair| {
        let Pair { follower, followee, active, version } = *pair;
        if active {
            tx.publish(&Followed { follower, followee, version })
        } else {
            tx.publish(&Unfollowed { follower, followee, version })
        }
    })?;
    Ok(page.last().map(|pair| (pair.follower, pair.followee)))
}
