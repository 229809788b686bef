//! Hides the profile of a locked account, and shows it again.

use host::Tx;
use kernel::{Fault, Id, Standing, User};

use crate::store::profiles;

pub async fn lock_in(tx: &mut Tx, user: Id<User>, version: i64) -> Result<(), Fault> {
    profiles::set_standing(tx, user, Standing::Locked, version).await
}

pub async fn unlock_in(tx: &mut Tx, user: Id<User>, version: i64) -> Result<(), Fault> {
    profiles::set_standing(tx, user, Standing::Open, version).await
}
