//! What can be done with shops, checkouts and orders.

pub mod checkouts;
pub mod copy_picture;
pub mod erase_account;
pub mod lock_account;
pub mod orders;
pub mod products;
pub mod shops;
pub mod sweep;

use host::Tx;
use kernel::{Fault, Id, User};

use crate::{fault::Refusal, store::persons};

/// Lets nobody write who is locked or erased, whatever token they still have; an erasure that comes now waits (X12).
async fn must_be_open(tx: &mut Tx, user: Id<User>) -> Result<(), Fault> {
    if persons::lock_open(tx, user).await? { Ok(()) } else { Err(Refusal::AccountLocked.into()) }
}
