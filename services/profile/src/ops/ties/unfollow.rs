//! Stops following, or removes a follower.

use contracts::profile::Unfollowed;
use host::{Here, Tx};
use kernel::{Actor, Fault, Id, User};

use crate::{
    ops::hold,
    store::{
        requests,
        ties::{self, Pair},
    },
};

/// Which pair of the actor's ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfollow {
    /// The actor no longer follows this person, nor asks to.
    Followee(Id<User>),
    /// This person no longer follows the actor.
    Follower(Id<User>),
}

/// Ends the pair, whichever of the two asks for it; ending it twice is ending it once.
pub async fn unfollow(here: &Here, actor: &Actor, cmd: Unfollow) -> Result<(), Fault> {
    let user = actor.user()?;
    let (other, pair) = match cmd {
        Unfollow::Followee(followee) => (followee, Pair { subject: user, object: followee }),
        Unfollow::Follower(follower) => (follower, Pair { subject: follower, object: user }),
    };
    host::write!(here.db, async |tx| {
        hold(tx, user, other).await?;
        if pair.subject == user {
            requests::end(tx, pair).await?;
        }
        unfollow_in(tx, pair).await
    })
}

/// Ends a follow where there is one, and tells it. What is between the two is held by now.
pub(super) async fn unfollow_in(tx: &mut Tx, pair: Pair) -> Result<(), Fault> {
    match ties::unfollow(tx, pair).await? {
        Some(version) => tx.publish(&Unfollowed { follower: pair.subject, followee: pair.object, version }),
        None => Ok(()),
    }
}
