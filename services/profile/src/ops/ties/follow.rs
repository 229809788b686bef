//! Follows somebody, or asks to.

use contracts::profile::{FollowRequested, Followed};
use host::Here;
use kernel::{Actor, Fault, Id, User};

use crate::{
    ops::hold,
    store::{
        requests,
        ties::{self, Pair},
    },
};

/// Follows `followee`; following twice is following once. A private account is asked (P3). Whom one may not see (X6), one can't follow.
pub async fn follow(here: &Here, actor: &Actor, followee: Id<User>) -> Result<(), Fault> {
    let follower = actor.user()?;
    let pair = Pair { subject: follower, object: followee };
    host::write!(here.db, async |tx| {
        let between = hold(tx, follower, followee).await?;
        let asks = between.private && !between.is_oneself;
        let stands = between.decide();
        if !stands.visible {
            return Err(Fault::not_found());
        }
        if stands.following {
            return Ok(());
        }
        if asks {
            let asked = requests::ask(tx, pair).await?;
            return asked.map_or(Ok(()), |version| tx.publish(&FollowRequested { follower, followee, version }));
        }
        let begun = ties::follow(tx, pair).await?;
        begun.map_or(Ok(()), |version| tx.publish(&Followed { follower, followee, version }))
    })
}
