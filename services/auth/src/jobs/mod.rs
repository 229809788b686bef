//! Work on a clock, and telling again.

use host::{Here, Tx};
use kernel::{Fault, Id, User};

use crate::ops;

pub async fn rotate_keys(here: Here) -> Result<(), Fault> {
    ops::rotate_keys::rotate_keys(&here).await
}

pub async fn sweep(here: Here) -> Result<(), Fault> {
    ops::sweep::sweep(&here).await
}

pub async fn retell_accounts(tx: &mut Tx, after: Option<Id<User>>) -> Result<Option<Id<User>>, Fault> {
    ops::accounts::retell_accounts::page_in(tx, after).await
}
