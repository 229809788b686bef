//! Takes a case on, so that no two moderators work at one, and gives it back.

use contracts::ids::Case;
use host::Here;
use kernel::{Actor, Fault, Id, Role};

use super::hold_case;
use crate::{
    fault::CaseRefusal,
    model::{held::HELD_FOR, moderation::Deed},
    store::moderation::{cases, log},
};

/// Taking one's own case again has it for another 24 hours.
pub async fn take_case(here: &Here, actor: &Actor, id: Id<Case>) -> Result<(), Fault> {
    let moderator = actor.must_be(Role::Moderator)?;
    host::write!(here.db, async |tx| {
        let case = hold_case(tx, moderator, id).await?;
        case.may_be_taken(moderator, tx.now())?;
        cases::assign(tx, id, moderator, tx.now().plus(HELD_FOR)).await?;
        if case.held.by(tx.now()) == Some(moderator) {
            return Ok(());
        }
        log::write(tx, id, moderator, Deed::Took, "").await
    })
}

/// Somebody else's case can't be given back for them.
pub async fn release_case(here: &Here, actor: &Actor, id: Id<Case>) -> Result<(), Fault> {
    let moderator = actor.must_be(Role::Moderator)?;
    host::write!(here.db, async |tx| {
        let case = hold_case(tx, moderator, id).await?;
        if case.held.by(tx.now()) != Some(moderator) {
            return Err(CaseRefusal::CaseNotTaken.into());
        }
        cases::release(tx, id).await?;
        log::write(tx, id, moderator, Deed::Released, "").await
    })
}
