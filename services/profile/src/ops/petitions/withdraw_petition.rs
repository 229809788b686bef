//! Takes a petition back, with everything that was handed in.

use contracts::ids::Petition;
use host::Here;
use kernel::{Actor, Fault, Id};

use crate::{
    model::petition::PetitionDeed,
    store::petitions::{deals, documents, log, petition},
};

/// Somebody else's isn't there.
pub async fn withdraw_petition(here: &Here, actor: &Actor, id: Id<Petition>) -> Result<(), Fault> {
    let user = actor.user()?;
    host::write!(here.db, async |tx| {
        let petition = petition::lock(tx, id).await?.filter(|one| one.user == user).ok_or_else(Fault::not_found)?;
        petition::withdraw(tx, id, petition.withdraw()?).await?;
        documents::keep_until(tx, id, tx.now()).await?;
        deals::release(tx, id).await?;
        log::write(tx, id, user, PetitionDeed::Withdrew, "").await
    })
}
