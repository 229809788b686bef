//! Has payment release or refund what is held for an order; the facts it tells then close the order.

use contracts::{
    ids::Order,
    payment::{RefundEscrow, ReleaseEscrow},
};
use host::Here;
use kernel::{Fault, Id, Job};
use serde::{Deserialize, Serialize};

use crate::model::terms;

/// The goods arrived: the money goes to the seller.
#[derive(Debug, Serialize, Deserialize)]
pub struct ReleaseOrder {
    pub order: Id<Order>,
}
impl Job for ReleaseOrder {
    const NAME: &'static str = "release_order";
    const TRIES: u16 = terms::MONEY_TRIES;
}

/// There is no order, or no longer one: the money goes back to the buyer.
#[derive(Debug, Serialize, Deserialize)]
pub struct RefundOrder {
    pub order: Id<Order>,
}
impl Job for RefundOrder {
    const NAME: &'static str = "refund_order";
    const TRIES: u16 = terms::MONEY_TRIES;
}

pub async fn release_order(here: &Here, job: &ReleaseOrder) -> Result<(), Fault> {
    here.peers.ask(ReleaseEscrow { reference: job.order.to_string() }).await.map(|_| ())
}

pub async fn refund_order(here: &Here, job: &RefundOrder) -> Result<(), Fault> {
    here.peers.ask(RefundEscrow { reference: job.order.to_string() }).await.map(|_| ())
}
