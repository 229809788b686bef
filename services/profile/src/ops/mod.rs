//! What can be done with profiles.

pub mod answer_request;
pub mod block;
pub mod change_privacy;
pub mod change_profile;
pub mod erase_account;
pub mod follow;
pub mod lock_account;
pub mod mute;
pub mod open_profile;
pub mod restrict;
pub mod retell_profiles;
pub mod retell_ties;
pub mod unfollow;

use host::Tx;
use kernel::{Fault, Id, Standing, User};

use crate::{fault::Refusal, store::profiles};

/// Lets nobody write who is locked or erased, whatever token they still have (X12). Every profile of the write is locked at once:
/// two who follow each other don't wait in a circle.
async fn must_be_open(tx: &mut Tx, user: Id<User>, touched: &[Id<User>]) -> Result<(), Fault> {
    match profiles::lock(tx, touched).await?.into_iter().find(|(id, _)| *id == user) {
        Some((_, Standing::Open)) => Ok(()),
        Some(_) => Err(Refusal::AccountLocked.into()),
        None => Err(Fault::not_found()),
    }
}
