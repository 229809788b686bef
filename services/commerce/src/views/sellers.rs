//! Whether a seller may be seen: profile decides (X6), at every look.

use contracts::profile::Relationships;
use host::Here;
use kernel::{Fault, Id, User};

/// 404 where `viewer` may not know of the seller; 503 where profile can't be asked. Sellers always find themselves.
pub async fn must_be_visible(here: &Here, viewer: Option<Id<User>>, seller: Id<User>) -> Result<(), Fault> {
    if viewer == Some(seller) {
        return Ok(());
    }
    let ask = Relationships { viewer, targets: vec![seller] };
    let related = here.peers.ask(ask).await.map_err(|fault| Fault::unavailable(1, fault))?;
    if related.iter().any(|one| one.target == seller && one.visible) { Ok(()) } else { Err(Fault::not_found()) }
}
