//! Closes an account here for good. The ledger holds ids only, so there is nothing else to erase (X12).

use host::Tx;
use kernel::{Fault, Id, Standing, User};

use crate::store::persons;

pub async fn erase_in(tx: &mut Tx, user: Id<User>, version: i64) -> Result<(), Fault> {
    persons::set_standing(tx, user, Standing::Erased, version).await
}
