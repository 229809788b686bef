//! Asks for another moderator's look at what was decided (P8).

use contracts::{ids::Case, profile::CaseParty};
use garde::Validate;
use host::Here;
use kernel::{Actor, Fault, Id, text::plain};
use serde::Deserialize;
use utoipa::ToSchema;

use super::must_be_open;
use crate::{
    fault::CaseRefusal,
    model::moderation::Deed,
    store::{
        locks,
        moderation::{cases, log, reports},
    },
};

/// Why it should be decided otherwise.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AppealCase {
    #[garde(length(chars, min = 1, max = 1000), custom(plain))]
    #[schema(example = "The name is mine: I have registered it.")]
    pub words: String,
}

/// Whoever is no party finds no such case; nor does the owner of what nobody has decided anything against.
pub async fn appeal_case(here: &Here, actor: &Actor, id: Id<Case>, cmd: &AppealCase) -> Result<(), Fault> {
    let user = actor.user()?;
    host::write!(here.db, async |tx| {
        // Whoever is being erased is so before or after it.
        locks::pair(tx, user, user).await?;
        must_be_open(tx, user).await?;
        let case = cases::lock(tx, id).await?.ok_or_else(Fault::not_found)?;
        let party = if case.is_known_to_owner() && case.owner == user {
            CaseParty::Owner
        } else if reports::is_by(tx, id, user).await? {
            CaseParty::Reporter
        } else {
            return Err(Fault::not_found());
        };
        let state = case.appeal(party, tx.now())?;
        if cmd.words.trim().is_empty() {
            return Err(CaseRefusal::WordsMissing.into());
        }
        cases::appeal(tx, id, state, user, cmd.words.trim()).await?;
        log::write(tx, id, user, Deed::Appealed, "").await
    })
}
