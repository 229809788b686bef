//! Work on a clock.

use host::Here;
use kernel::Fault;

use crate::ops;

pub async fn sweep(here: Here) -> Result<(), Fault> {
    ops::sweep::sweep(&here).await
}
