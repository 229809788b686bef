//! Telling again.

use host::Tx;
use kernel::{Fault, Id, User};

use crate::ops;

pub async fn retell_profiles(tx: &mut Tx, after: Option<Id<User>>) -> Result<Option<Id<User>>, Fault> {
    ops::retell_profiles::page_in(tx, after).await
}

pub async fn retell_follows(tx: &mut Tx, after: Option<(Id<User>, Id<User>)>) -> Result<Option<(Id<User>, Id<User>)>, Fault> {
    ops::retell_follows::page_in(tx, after).await
}
