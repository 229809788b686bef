//! Follows and unfollows as profile tells them.

use contracts::profile::{Followed, Unfollowed};
use host::{Traced, Tx};
use kernel::Fault;

use crate::store::follows::{self, Pair};

pub async fn follow_in(tx: &mut Tx, facts: &[Traced<Followed>]) -> Result<(), Fault> {
    let pair =
        |fact: &Traced<Followed>| Pair { follower: fact.follower, followee: fact.followee, active: true, version: fact.version };
    follows::apply(tx, facts.iter().map(pair).collect()).await
}

pub async fn unfollow_in(tx: &mut Tx, facts: &[Traced<Unfollowed>]) -> Result<(), Fault> {
    let pair = |fact: &Traced<Unfollowed>| Pair {
        follower: fact.follower,
        followee: fact.followee,
        active: false,
        version: fact.version,
    };
    follows::apply(tx, facts.iter().map(pair).collect()).await
}
