//! Stops a locked account from paying, and lets it pay again. What it is owed goes on.

use host::Tx;
use kernel::{Fault, Id, User};

use crate::store::holders;

pub async fn lock_in(tx: &mut Tx, user: Id<User>, version: i64) -> Result<(), Fault> {
    holders::set(tx, user, "locked", version).await
}

pub async fn unlock_in(tx: &mut Tx, user: Id<User>, version: i64) -> Result<(), Fault> {
    holders::set(tx, user, "open", version).await
}

/// For good. The ledger holds ids only, so there is nothing else to erase (X12).
pub async fn erase_in(tx: &mut Tx, user: Id<User>, version: i64) -> Result<(), Fault> {
    holders::set(tx, user, "erased", version).await
}
