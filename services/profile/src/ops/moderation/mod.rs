//! What is reported, and decided of it.

pub mod appeal_case;
pub mod blank_exhibits;
pub mod decide_case;
pub mod report_thing;
pub mod retell_withheld;
pub mod take_case;
pub mod tell_reporters;

use contracts::ids;
use host::Tx;
use kernel::{Fault, Id, User};

use crate::{
    model::moderation::Case,
    ops::is_open,
    store::{
        moderation::{cases, reports},
        ties::between,
    },
};

/// A case that a moderator works at, held until the transaction ends. One that concerns them isn't there for them.
async fn hold_case(tx: &mut Tx, moderator: Id<User>, id: Id<ids::Case>) -> Result<Case, Fault> {
    must_be_open(tx, moderator).await?;
    let case = cases::lock(tx, id).await?.ok_or_else(Fault::not_found)?;
    if case.owner == moderator || reports::is_by(tx, id, moderator).await? { Err(Fault::not_found()) } else { Ok(case) }
}

/// Who is locked or erased does nothing, whatever token they still have (X12).
pub(super) async fn must_be_open(tx: &mut Tx, user: Id<User>) -> Result<(), Fault> {
    is_open(between(tx, user, user).await?.0)
}
