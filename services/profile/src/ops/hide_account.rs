//! Hides the profile of a locked account, and shows it again.

use host::Tx;
use kernel::{Fault, Id, User};

use crate::store::profiles;

pub async fn hide_in(tx: &mut Tx, user: Id<User>, version: i64) -> Result<(), Fault> {
    profiles::set_hidden(tx, user, "hidden", version).await
}

pub async fn show_in(tx: &mut Tx, user: Id<User>, version: i64) -> Result<(), Fault> {
    profiles::set_hidden(tx, user, "open", version).await
}
