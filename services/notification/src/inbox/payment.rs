//! What payment tells.

use contracts::payment::{EscrowReleased, PaymentFailed, PaymentSucceeded, RefundProcessed};
use host::{Here, Tx};
use kernel::Fault;

use crate::ops;

pub async fn payment_succeeded(tx: &mut Tx, here: &Here, fact: PaymentSucceeded) -> Result<(), Fault> {
    ops::tell_payment::succeeded_in(tx, here, &fact).await
}

pub async fn payment_failed(tx: &mut Tx, here: &Here, fact: PaymentFailed) -> Result<(), Fault> {
    ops::tell_payment::failed_in(tx, here, &fact).await
}

pub async fn escrow_released(tx: &mut Tx, here: &Here, fact: EscrowReleased) -> Result<(), Fault> {
    ops::tell_payment::released_in(tx, here, &fact).await
}

pub async fn refund_processed(tx: &mut Tx, here: &Here, fact: RefundProcessed) -> Result<(), Fault> {
    ops::tell_payment::refunded_in(tx, here, &fact).await
}
