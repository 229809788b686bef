//! Tells people how their money moved.

use contracts::payment::{EscrowReleased, PaymentFailed, PaymentSucceeded, RefundProcessed};
use host::{Here, Tx};
use kernel::Fault;

use super::tell::tell_in;
use crate::model::notice;

pub async fn succeeded_in(tx: &mut Tx, here: &Here, fact: &PaymentSucceeded) -> Result<(), Fault> {
    tell_in(tx, here, &[notice::payment_succeeded(fact)]).await
}

pub async fn failed_in(tx: &mut Tx, here: &Here, fact: &PaymentFailed) -> Result<(), Fault> {
    tell_in(tx, here, &[notice::payment_failed(fact)]).await
}

pub async fn released_in(tx: &mut Tx, here: &Here, fact: &EscrowReleased) -> Result<(), Fault> {
    tell_in(tx, here, &[notice::escrow_released(fact)]).await
}

pub async fn refunded_in(tx: &mut Tx, here: &Here, fact: &RefundProcessed) -> Result<(), Fault> {
    tell_in(tx, here, &[notice::refund_processed(fact)]).await
}
