//! Whether a seller may be seen: profile decides (X6), at every look.

use contracts::profile::{Relationships, sees};
use host::Here;
use kernel::{Fault, Id, User};

/// 404 where `viewer` may not know of the seller; 503 where profile can't say. Sellers always find themselves.
pub(super) async fn must_be_visible(here: &Here, viewer: Option<Id<User>>, seller: Id<User>) -> Result<(), Fault> {
    if viewer == Some(seller) {
        return Ok(());
    }
    let related = here.peers.ask(Relationships { viewer, targets: vec![seller] }).await?;
    if sees(&related, seller) { Ok(()) } else { Err(Fault::not_found()) }
}
