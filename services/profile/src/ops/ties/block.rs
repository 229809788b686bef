//! Blocks somebody, and blocks them no longer (P4).

use host::Here;
use kernel::{Actor, Fault, Id, User};

use super::{retell_ties::block_changed, unfollow::unfollow_in};
use crate::{
    ops::hold,
    store::{
        requests,
        ties::{self, Pair},
    },
};

/// Blocks: both are there for each other no more, and no follow or request between them is left. Whom one can't see, one can't block.
pub async fn block(here: &Here, actor: &Actor, object: Id<User>) -> Result<(), Fault> {
    let user = actor.user()?;
    let pair = Pair { subject: user, object };
    host::write!(here.db, async |tx| {
        let stands = hold(tx, user, object).await?.decide();
        if stands.blocking {
            return Ok(());
        }
        if !stands.visible {
            return Err(Fault::not_found());
        }
        requests::end(tx, &[pair, pair.back()]).await?;
        for pair in [pair, pair.back()] {
            unfollow_in(tx, pair).await?;
        }
        ties::block(tx, pair).await?.map_or(Ok(()), |tie| tx.publish(&block_changed(tie)))
    })
}

/// Unblocks; what was cut stays cut.
pub async fn unblock(here: &Here, actor: &Actor, object: Id<User>) -> Result<(), Fault> {
    let user = actor.user()?;
    host::write!(here.db, async |tx| {
        hold(tx, user, object).await?;
        let unblocked = ties::unblock(tx, Pair { subject: user, object }).await?;
        unblocked.map_or(Ok(()), |tie| tx.publish(&block_changed(tie)))
    })
}
