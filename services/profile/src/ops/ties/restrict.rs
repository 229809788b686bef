//! Restricts somebody: what they write to the actor is seen by the two of them only, and they don't learn of it.

use host::Here;
use kernel::{Actor, Fault, Id, User};

use super::mute::must_see;
use crate::{
    ops::hold,
    store::ties::{self, Pair},
};

pub async fn restrict(here: &Here, actor: &Actor, object: Id<User>) -> Result<(), Fault> {
    let user = actor.user()?;
    host::write!(here.db, async |tx| {
        must_see(tx, user, object).await?;
        ties::restrict(tx, Pair { subject: user, object }).await
    })
}

pub async fn unrestrict(here: &Here, actor: &Actor, object: Id<User>) -> Result<(), Fault> {
    let user = actor.user()?;
    host::write!(here.db, async |tx| {
        hold(tx, user, object).await?;
        ties::unrestrict(tx, Pair { subject: user, object }).await
    })
}
