//! Telling again, and work for later.

use host::{Here, Tx};
use kernel::{Fault, Id, User};

use crate::ops::{self, change_privacy::SettleRequests};

pub async fn retell_profiles(tx: &mut Tx, after: Option<Id<User>>) -> Result<Option<Id<User>>, Fault> {
    ops::retell_profiles::page_in(tx, after).await
}

pub async fn retell_ties(tx: &mut Tx, after: Option<(Id<User>, Id<User>)>) -> Result<Option<(Id<User>, Id<User>)>, Fault> {
    ops::retell_ties::page_in(tx, after).await
}

pub async fn settle_requests(here: Here, job: SettleRequests) -> Result<(), Fault> {
    ops::change_privacy::settle_requests(&here, &job).await
}
