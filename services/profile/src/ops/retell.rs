//! Tells every profile and every pair, for copies elsewhere that are new or were lost.

use contracts::profile::{Followed, Unfollowed};
use host::Tx;
use kernel::{Fault, Id, User};

use super::open_profile::changed;
use crate::store::{
    follows::{self, Pair},
    profiles,
};

pub async fn profiles_in(tx: &mut Tx, after: Option<Id<User>>) -> Result<Option<Id<User>>, Fault> {
    let page = profiles::page_after(tx, after).await?;
    let last = page.last().map(|(user, _)| *user);
    page.into_iter().try_for_each(|(user, face)| tx.publish(&changed(user, face)))?;
    Ok(last)
}

pub async fn follows_in(tx: &mut Tx, after: Option<(Id<User>, Id<User>)>) -> Result<Option<(Id<User>, Id<User>)>, Fault> {
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
