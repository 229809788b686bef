//! Work for later and on a clock.

use host::Here;
use kernel::Fault;

use crate::ops::{self, deliver::Deliver};

pub async fn deliver(here: Here, job: Deliver) -> Result<(), Fault> {
    ops::deliver::deliver(&here, &job).await
}

pub async fn expire_codes(here: Here) -> Result<(), Fault> {
    ops::expire_codes::expire_codes(&here).await
}
