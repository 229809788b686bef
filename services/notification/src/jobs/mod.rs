//! Work for later and on a clock.

use host::Here;
use kernel::Fault;

use crate::ops::{
    self,
    carriers::Carriers,
    deliver::{Deliver, DeliverSms},
};

/// Brings messages out; its jobs share their carriers' connections.
#[derive(Debug, Clone, Default)]
pub struct Post(Carriers);

impl Post {
    pub async fn deliver(self, here: Here, job: Deliver) -> Result<(), Fault> {
        ops::deliver::deliver(&here, &self.0, job.delivery).await
    }

    pub async fn deliver_sms(self, here: Here, job: DeliverSms) -> Result<(), Fault> {
        ops::deliver::deliver(&here, &self.0, job.delivery).await
    }
}

pub async fn expire_codes(here: Here) -> Result<(), Fault> {
    ops::expire_codes::expire_codes(&here).await
}

pub async fn sweep(here: Here) -> Result<(), Fault> {
    ops::sweep::sweep(&here).await
}
