//! Lets go of usernames that were given up long enough ago.

use host::Here;
use kernel::Fault;

use crate::store::usernames;

pub async fn sweep(here: &Here) -> Result<(), Fault> {
    while host::write!(here.db, async |tx| { usernames::sweep(tx).await })? > 0 {}
    Ok(())
}
