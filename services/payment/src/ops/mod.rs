//! What can be done with money.

pub mod erase_account;
pub mod hear_provider;
pub mod hold_escrow;
pub mod lock_account;
pub mod mature_payout;
pub mod open_top_up;
pub mod refund_escrow;
pub mod release_escrow;
pub mod start_top_up;

use host::Tx;
use kernel::{Fault, Id, User};

use crate::{fault::Refusal, store::persons};

/// Lets nobody pay who is locked or erased; a lock that comes now waits until this is written.
async fn must_be_open(tx: &mut Tx, user: Id<User>) -> Result<(), Fault> {
    if persons::lock_open(tx, user).await? { Ok(()) } else { Err(Refusal::AccountLocked.into()) }
}
