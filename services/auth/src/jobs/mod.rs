//! Work on a clock.

use host::Here;
use kernel::Fault;

use crate::ops;

pub async fn rotate_keys(here: Here) -> Result<(), Fault> {
    ops::rotate_keys::rotate_keys(&here).await
}

pub async fn sweep(here: Here) -> Result<(), Fault> {
    ops::sweep::sweep(&here).await
}
