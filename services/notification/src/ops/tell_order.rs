//! Tells buyer and seller how an order goes.

use contracts::commerce::{OrderCancelled, OrderDelivered, OrderPlaced, OrderShipped, PaymentReceived};
use host::{Here, Tx};
use kernel::Fault;

use super::tell::tell_in;
use crate::model::notice;

pub async fn placed_in(tx: &mut Tx, here: &Here, fact: &OrderPlaced) -> Result<(), Fault> {
    tell_in(tx, here, &notice::order_placed(fact)).await
}

pub async fn paid_in(tx: &mut Tx, here: &Here, fact: &PaymentReceived) -> Result<(), Fault> {
    tell_in(tx, here, &[notice::payment_received(fact)]).await
}

pub async fn shipped_in(tx: &mut Tx, here: &Here, fact: &OrderShipped) -> Result<(), Fault> {
    tell_in(tx, here, &[notice::order_shipped(fact)]).await
}

pub async fn delivered_in(tx: &mut Tx, here: &Here, fact: &OrderDelivered) -> Result<(), Fault> {
    tell_in(tx, here, &[notice::order_delivered(fact)]).await
}

pub async fn cancelled_in(tx: &mut Tx, here: &Here, fact: &OrderCancelled) -> Result<(), Fault> {
    tell_in(tx, here, &notice::order_cancelled(fact)).await
}
