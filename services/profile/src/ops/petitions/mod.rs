//! What people ask moderators about themselves.

pub mod decide_petition;
pub mod forget_petitions;
pub mod hand_in;
pub mod open_document;
pub mod seal;
pub mod submit_petition;
pub mod take_petition;
pub mod withdraw_petition;

use contracts::ids;
use host::Tx;
use kernel::{Fault, Id, User};

use super::moderation::must_be_open;
use crate::{
    model::petition::Petition,
    store::petitions::{deals, petition},
};

/// Where a document's bytes are; nothing else is below it.
fn place_of(document: uuid::Uuid) -> String {
    format!("verification/{document}")
}

/// The object itself.
fn object_of(document: uuid::Uuid) -> String {
    format!("{}/sealed", place_of(document))
}

/// A petition that a moderator works at, held until the transaction ends. One that concerns them isn't there for them.
async fn hold_petition(tx: &mut Tx, moderator: Id<User>, id: Id<ids::Petition>) -> Result<Petition, Fault> {
    must_be_open(tx, moderator).await?;
    let petition = petition::lock(tx, id).await?.ok_or_else(Fault::not_found)?;
    if petition.user == moderator || deals::is_of(tx, id, moderator).await? { Err(Fault::not_found()) } else { Ok(petition) }
}
