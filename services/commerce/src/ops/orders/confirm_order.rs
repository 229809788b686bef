//! The goods arrived: the buyer says so, or the time for saying anything else is over.

use contracts::{commerce::OrderDelivered, ids};
use host::{Here, Tx};
use kernel::{Actor, Fault, Id, Job};
use serde::{Deserialize, Serialize};

use super::{lock_for, settle_money::ReleaseOrder};
use crate::{
    model::order::{By, Order},
    store::orders,
};

/// Confirms an order whose buyer has said nothing until the end.
#[derive(Debug, Serialize, Deserialize)]
pub struct ReleaseOverdue {
    pub order: Id<ids::Order>,
}
impl Job for ReleaseOverdue {
    const NAME: &'static str = "release_overdue";
}

pub async fn confirm_order(here: &Here, actor: &Actor, id: Id<ids::Order>) -> Result<Id<ids::Order>, Fault> {
    let user = actor.user()?;
    host::write!(here.db, async |tx| {
        let (mut order, side) = lock_for(tx, id, user).await?;
        order.take("confirm", side, tx.now())?;
        delivered_in(tx, &mut order).await?;
        tx.done(id).await?;
        Ok(id)
    })
}

/// An order that moved on, or was extended, is left alone.
pub async fn release_overdue(here: &Here, job: &ReleaseOverdue) -> Result<(), Fault> {
    host::write!(here.db, async |tx| {
        let Some(mut order) = orders::lock(tx, job.order).await? else { return Ok(()) };
        if order.due(tx.now()) != Some("confirm") {
            return Ok(());
        }
        order.take("confirm", By::Clock, tx.now())?;
        delivered_in(tx, &mut order).await
    })
}

/// Saves an order whose goods arrived, tells so, and has the money released.
pub(super) async fn delivered_in(tx: &mut Tx, order: &mut Order) -> Result<(), Fault> {
    (order.delivered_at, order.code) = (Some(tx.now()), None);
    orders::save(tx, order).await?;
    tx.enqueue(&ReleaseOrder { order: order.id }, tx.now())?;
    tx.publish(&OrderDelivered { head: order.head() })
}
