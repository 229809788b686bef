//! What stands on the shelves, and how much of it.

pub mod add_product;
pub mod change_product;
pub mod change_stock;
pub mod withhold_product;

use std::collections::HashSet;

use contracts::{
    files::{Owned, PicturesOf},
    ids::Media,
};
use host::Here;
use kernel::{Fault, Id, User};

use crate::fault::Refusal;

/// The pictures a seller names, as files knows them now; one that is still worked on appears by itself when it is ready.
async fn pictures_of(here: &Here, owner: Id<User>, media: &[Id<Media>]) -> Result<Vec<Owned>, Fault> {
    if media.is_empty() {
        return Ok(Vec::new());
    }
    let owned = here.peers.ask(PicturesOf { owner, media: media.to_vec() }).await?;
    let known: HashSet<_> = owned.iter().map(|one| one.media).collect();
    if known.len() == media.len() { Ok(owned) } else { Err(Refusal::MediaUnknown.into()) }
}
