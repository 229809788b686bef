//! Follows somebody.

use contracts::profile::Followed;
use host::Here;
use kernel::{Actor, Fault, Id, User};

use crate::store::{follows, profiles};

/// Follows `followee`; following twice is following once.
pub async fn follow(here: &Here, actor: &Actor, followee: Id<User>) -> Result<(), Fault> {
    let follower = actor.user()?;
    host::write!(here.db, async |tx| {
        if !profiles::lock_open(tx, followee).await? || !profiles::lock_open(tx, follower).await? {
            return Err(Fault::not_found());
        }
        if let Some(version) = follows::activate(tx, follower, followee).await? {
            tx.publish(&Followed { follower, followee, version })?;
        }
        Ok(())
    })
}
