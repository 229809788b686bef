//! Lets a locked account do nothing here, and lets it act again.

use host::Tx;
use kernel::{Fault, Id, Standing, User};

use crate::store::persons;

pub async fn lock_in(tx: &mut Tx, user: Id<User>, version: i64) -> Result<(), Fault> {
    persons::set_standing(tx, user, Standing::Locked, version).await
}

pub async fn unlock_in(tx: &mut Tx, user: Id<User>, version: i64) -> Result<(), Fault> {
    persons::set_standing(tx, user, Standing::Open, version).await
}
