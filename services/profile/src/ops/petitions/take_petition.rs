//! Takes a petition on, so that no two moderators work at one, and gives it back.

use contracts::ids::Petition;
use host::Here;
use kernel::{Actor, Fault, Id, Role};

use super::hold_petition;
use crate::{
    model::{held::HELD_FOR, petition::PetitionDeed},
    store::petitions::{log, petition},
};

/// Taking one's own again has it for another 24 hours.
pub async fn take_petition(here: &Here, actor: &Actor, id: Id<Petition>) -> Result<(), Fault> {
    let moderator = actor.must_be(Role::Moderator)?;
    host::write!(here.db, async |tx| {
        let petition = hold_petition(tx, moderator, id).await?;
        petition.may_be_taken(moderator, tx.now())?;
        petition::assign(tx, id, moderator, tx.now().plus(HELD_FOR)).await?;
        if petition.held.by(tx.now()) == Some(moderator) {
            return Ok(());
        }
        log::write(tx, id, moderator, PetitionDeed::Took, "").await
    })
}

/// Somebody else's can't be given back for them.
pub async fn release_petition(here: &Here, actor: &Actor, id: Id<Petition>) -> Result<(), Fault> {
    let moderator = actor.must_be(Role::Moderator)?;
    host::write!(here.db, async |tx| {
        hold_petition(tx, moderator, id).await?.must_be_had_by(moderator, tx.now())?;
        petition::release(tx, id).await?;
        log::write(tx, id, moderator, PetitionDeed::Released, "").await
    })
}
