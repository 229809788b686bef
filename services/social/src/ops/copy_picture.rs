//! Pictures as files tells them.

use contracts::files::{MediaDeleted, MediaReady, Owned};
use host::Tx;
use kernel::{Fault, Id, User};

use crate::{model::picture::Copied, store::pictures};

pub async fn ready_in(tx: &mut Tx, fact: &MediaReady) -> Result<(), Fault> {
    pictures::apply(tx, &Copied::ready(fact)?).await
}

pub async fn gone_in(tx: &mut Tx, fact: &MediaDeleted) -> Result<(), Fault> {
    pictures::apply(tx, &Copied::gone(fact)).await
}

/// What files answered: whoever names a picture that is ready sees it at once, however late the fact comes.
pub async fn answered_in(tx: &mut Tx, owner: Id<User>, owned: &[Owned]) -> Result<(), Fault> {
    for one in owned {
        pictures::apply(tx, &Copied::answered(owner, one)?).await?;
    }
    Ok(())
}
