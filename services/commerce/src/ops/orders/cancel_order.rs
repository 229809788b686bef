//! Calls an order off before it is shipped: the goods go back on the shelf at once, and the money goes back to the buyer.

use contracts::{
    commerce::{CancelledBy, OrderCancelled},
    ids,
};
use host::{Here, Tx};
use kernel::{Actor, Fault, Id, Job};
use serde::{Deserialize, Serialize};

use super::{lock_for, settle_money::RefundOrder};
use crate::{
    model::order::{By, Order},
    store::{
        orders,
        stock::{self, Movement},
    },
};

/// Cancels an order its seller never answered.
#[derive(Debug, Serialize, Deserialize)]
pub struct CancelUnaccepted {
    pub order: Id<ids::Order>,
}
impl Job for CancelUnaccepted {
    const NAME: &'static str = "cancel_unaccepted";
}

/// Cancels an order its seller accepted and never shipped.
#[derive(Debug, Serialize, Deserialize)]
pub struct CancelUnshipped {
    pub order: Id<ids::Order>,
}
impl Job for CancelUnshipped {
    const NAME: &'static str = "cancel_unshipped";
}

pub async fn cancel_order(here: &Here, actor: &Actor, id: Id<ids::Order>) -> Result<Id<ids::Order>, Fault> {
    let user = actor.user()?;
    host::write!(here.db, async |tx| {
        let (mut order, side) = lock_for(tx, id, user).await?;
        order.take("cancel", side, tx.now())?;
        let by = if side == By::Seller { CancelledBy::Seller } else { CancelledBy::Buyer };
        cancelled_in(tx, &mut order, by).await?;
        tx.done(id).await?;
        Ok(id)
    })
}

pub async fn cancel_unaccepted(here: &Here, job: &CancelUnaccepted) -> Result<(), Fault> {
    cancel_due(here, job.order).await
}

pub async fn cancel_unshipped(here: &Here, job: &CancelUnshipped) -> Result<(), Fault> {
    cancel_due(here, job.order).await
}

/// An order whose seller answered in time, or that was cancelled, is left alone.
async fn cancel_due(here: &Here, id: Id<ids::Order>) -> Result<(), Fault> {
    host::write!(here.db, async |tx| {
        let Some(mut order) = orders::lock(tx, id).await? else { return Ok(()) };
        if order.due(tx.now()) != Some("cancel") {
            return Ok(());
        }
        order.take("cancel", By::Clock, tx.now())?;
        cancelled_in(tx, &mut order, CancelledBy::Clock).await
    })
}

async fn cancelled_in(tx: &mut Tx, order: &mut Order, by: CancelledBy) -> Result<(), Fault> {
    (order.closed_at, order.cancelled_by) = (Some(tx.now()), Some(by));
    orders::save(tx, order).await?;
    let before = stock::lock(tx, order.variant).await?;
    let after = before.unsell(order.quantity).map_err(Fault::internal)?;
    stock::save(tx, order.variant, Movement { verb: "unsell", before, after, reason: "" }).await?;
    tx.enqueue(&RefundOrder { order: order.id }, tx.now())?;
    tx.publish(&OrderCancelled { head: order.head(), by: order.cancelled_by, at: order.closed_at })
}
