//! Work for later.

use host::Here;
use kernel::Fault;

use crate::ops::{self, mature_payout::MaturePayout, start_top_up::StartTopUp};

pub async fn start_top_up(here: Here, job: StartTopUp) -> Result<(), Fault> {
    ops::start_top_up::start_top_up(&here, &job).await
}

pub async fn mature_payout(here: Here, job: MaturePayout) -> Result<(), Fault> {
    ops::mature_payout::mature_payout(&here, &job).await
}
