//! Stops following, or removes a follower.

use contracts::profile::Unfollowed;
use host::Here;
use kernel::{Actor, Fault, Id, User};

use crate::{ops::must_be_open, store::follows};

/// Which pair of the actor's ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfollow {
    /// The actor no longer follows this person.
    Followee(Id<User>),
    /// This person no longer follows the actor.
    Follower(Id<User>),
}

/// Ends the pair, whichever of the two asks for it; ending it twice is ending it once.
pub async fn unfollow(here: &Here, actor: &Actor, cmd: Unfollow) -> Result<(), Fault> {
    let user = actor.user()?;
    let (follower, followee) = match cmd {
        Unfollow::Followee(followee) => (user, followee),
        Unfollow::Follower(follower) => (follower, user),
    };
    host::write!(here.db, async |tx| {
        must_be_open(tx, user, &[follower, followee]).await?;
        if let Some(version) = follows::end(tx, follower, followee).await? {
            tx.publish(&Unfollowed { follower, followee, version })?;
        }
        Ok(())
    })
}
