//! Hides the posts of a locked account, and shows them again.

use host::Tx;
use kernel::{Fault, Id, User};

use crate::store::authors;

pub async fn lock_in(tx: &mut Tx, user: Id<User>, version: i64) -> Result<(), Fault> {
    authors::set_state(tx, user, "locked", version).await
}

pub async fn unlock_in(tx: &mut Tx, user: Id<User>, version: i64) -> Result<(), Fault> {
    authors::set_state(tx, user, "open", version).await
}
