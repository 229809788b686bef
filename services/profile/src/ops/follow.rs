//! Follows somebody.

use contracts::profile::Followed;
use host::Here;
use kernel::{Actor, Fault, Id, User};

use crate::{ops::must_be_open, store::follows};

/// Follows `followee`; following twice is following once. Whom one may not see (X6), one can't follow.
pub async fn follow(here: &Here, actor: &Actor, followee: Id<User>) -> Result<(), Fault> {
    let follower = actor.user()?;
    host::write!(here.db, async |tx| {
        must_be_open(tx, follower, &[follower, followee]).await?;
        if !follows::between(tx, follower, followee).await?.decide().visible {
            return Err(Fault::not_found());
        }
        if let Some(version) = follows::activate(tx, follower, followee).await? {
            tx.publish(&Followed { follower, followee, version })?;
        }
        Ok(())
    })
}
