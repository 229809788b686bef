//! What commerce tells.

use contracts::commerce::{HandoverCodeMade, OrderCancelled, OrderDelivered, OrderPlaced, OrderShipped, PaymentReceived};
use host::{Here, Tx};
use kernel::Fault;

use crate::ops;

pub async fn order_placed(tx: &mut Tx, here: &Here, fact: OrderPlaced) -> Result<(), Fault> {
    ops::tell_order::placed_in(tx, here, &fact).await
}

pub async fn payment_received(tx: &mut Tx, here: &Here, fact: PaymentReceived) -> Result<(), Fault> {
    ops::tell_order::paid_in(tx, here, &fact).await
}

pub async fn order_shipped(tx: &mut Tx, here: &Here, fact: OrderShipped) -> Result<(), Fault> {
    ops::tell_order::shipped_in(tx, here, &fact).await
}

pub async fn handover_code_made(tx: &mut Tx, here: &Here, fact: HandoverCodeMade) -> Result<(), Fault> {
    ops::send_handover_code::send_handover_code_in(tx, here, &fact).await
}

pub async fn order_delivered(tx: &mut Tx, here: &Here, fact: OrderDelivered) -> Result<(), Fault> {
    ops::tell_order::delivered_in(tx, here, &fact).await
}

pub async fn order_cancelled(tx: &mut Tx, here: &Here, fact: OrderCancelled) -> Result<(), Fault> {
    ops::tell_order::cancelled_in(tx, here, &fact).await
}
