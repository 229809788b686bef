//! Tells every profile, for copies elsewhere that are new or were lost.

use host::Tx;
use kernel::{Fault, Id, User};

use super::open_profile::changed;
use crate::store::profiles;

pub async fn page_in(tx: &mut Tx, after: Option<Id<User>>) -> Result<Option<Id<User>>, Fault> {
    let page = profiles::page_after(tx, after).await?;
    let last = page.last().map(|(user, _)| *user);
    page.into_iter().try_for_each(|(user, face)| tx.publish(&changed(user, face)))?;
    Ok(last)
}
