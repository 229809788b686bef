//! Closes an order as payment's facts say: released to the seller, or refunded to the buyer.

use contracts::{commerce::OrderCompleted, ids};
use host::Tx;
use kernel::{Fault, Id};

use crate::{
    model::order::{By, Order, Payment},
    store::orders,
};

/// The seller has the money: nothing is open any more.
pub async fn released_in(tx: &mut Tx, id: Id<ids::Order>) -> Result<(), Fault> {
    let Some(mut order) = awaited(tx, id).await? else { return Ok(()) };
    order.take("release", By::Payment, tx.now())?;
    order.closed_at = Some(tx.now());
    orders::save(tx, &order).await?;
    tx.publish(&OrderCompleted { head: order.head(), delivered_at: order.delivered_at, late: order.is_late() })
}

/// The buyer has the money back.
pub async fn refunded_in(tx: &mut Tx, id: Id<ids::Order>) -> Result<(), Fault> {
    let Some(mut order) = awaited(tx, id).await? else { return Ok(()) };
    order.take("refund", By::Payment, tx.now())?;
    orders::save(tx, &order).await
}

/// The order whose money this is. There is none where an attempt to pay was refunded before it became an order.
async fn awaited(tx: &mut Tx, id: Id<ids::Order>) -> Result<Option<Order>, Fault> {
    Ok(orders::lock(tx, id).await?.filter(|order| order.payment == Payment::Held))
}
