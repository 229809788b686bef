//! What payment tells. Its references name orders here, and other deals elsewhere.

use contracts::payment::{EscrowReleased, RefundProcessed};
use host::{Here, Tx};
use kernel::Fault;

use crate::ops;

pub async fn escrow_released(tx: &mut Tx, _: &Here, fact: EscrowReleased) -> Result<(), Fault> {
    match fact.reference.parse() {
        Ok(order) => ops::orders::close_order::released_in(tx, order).await,
        Err(_) => Ok(()),
    }
}

pub async fn refund_processed(tx: &mut Tx, _: &Here, fact: RefundProcessed) -> Result<(), Fault> {
    match fact.reference.parse() {
        Ok(order) => ops::orders::close_order::refunded_in(tx, order).await,
        Err(_) => Ok(()),
    }
}
