//! Follows what becomes of an account: a locked seller's shop counts as closed, an erased one's is closed for good.

use host::Tx;
use kernel::{Fault, Id, User};

use crate::store::{accounts, checkouts, shops};

pub async fn lock_in(tx: &mut Tx, user: Id<User>, version: i64) -> Result<(), Fault> {
    accounts::note(tx, user, "locked", version).await
}

pub async fn unlock_in(tx: &mut Tx, user: Id<User>, version: i64) -> Result<(), Fault> {
    accounts::note(tx, user, "open", version).await
}

/// Takes out what is the person's alone; orders stay for the other side and for the books (X12).
pub async fn erase_in(tx: &mut Tx, user: Id<User>, version: i64) -> Result<(), Fault> {
    accounts::note(tx, user, "erased", version).await?;
    checkouts::erase_of(tx, user).await?;
    shops::erase_of(tx, user).await
}
