//! Opens a document for the moderator who works at its petition, and for nobody else, for a reason that is written down first (P6).

use contracts::ids::Petition;
use garde::Validate;
use host::Here;
use kernel::{Actor, Fault, Id, Role, text::plain};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{hold_petition, object_of, seal::Seal};
use crate::{
    fault::PetitionRefusal,
    model::petition::DocumentFormat,
    store::petitions::{documents, log},
};

/// Why it has to be looked at.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenDocument {
    #[garde(length(chars, max = 1000), custom(plain))]
    #[schema(example = "Compare the name with the profile's.")]
    pub reason: String,
}

/// A document in the clear.
#[derive(Debug)]
pub struct Opened {
    pub format: DocumentFormat,
    pub bytes: Vec<u8>,
}

pub async fn open_document(
    here: &Here,
    actor: &Actor,
    (id, place): (Id<Petition>, i16),
    cmd: &OpenDocument,
) -> Result<Opened, Fault> {
    let moderator = actor.must_be(Role::Moderator)?;
    let document = host::write!(here.db, async |tx| {
        hold_petition(tx, moderator, id).await?.must_be_held_by(moderator, tx.now())?;
        let document = documents::find(tx, id, place).await?.ok_or_else(Fault::not_found)?;
        if cmd.reason.trim().is_empty() {
            return Err(PetitionRefusal::ReasonMissing.into());
        }
        log::opened(tx, id, moderator, place, cmd.reason.trim()).await?;
        Ok(document)
    })?;
    let sealed = here.objects.read(&object_of(document.id)).await?.ok_or_else(Fault::not_found)?;
    Ok(Opened { format: document.format, bytes: Seal::of(here, document.id, &document.sealed_key)?.open(&sealed)? })
}
