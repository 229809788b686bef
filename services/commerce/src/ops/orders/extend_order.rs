//! The buyer asks for a week more before the order is confirmed by itself; once.

use contracts::ids::Order;
use host::Here;
use kernel::{Actor, Fault, Id};

use super::{confirm_order::ReleaseOverdue, lock_for};
use crate::{fault::Refusal, model::terms, store::orders};

pub async fn extend_order(here: &Here, actor: &Actor, id: Id<Order>) -> Result<(), Fault> {
    let user = actor.user()?;
    host::write!(here.db, async |tx| {
        let (mut order, side) = lock_for(tx, id, user).await?;
        order.take("extend", side, tx.now())?;
        if order.extended_at.is_some() {
            return Err(Refusal::AlreadyExtended.into());
        }
        let confirm_by = order.confirm_by.ok_or_else(|| Fault::internal("a shipped order has no end"))?.plus(terms::EXTENSION);
        (order.confirm_by, order.extended_at) = (Some(confirm_by), Some(tx.now()));
        orders::save(tx, &order).await?;
        tx.enqueue(&ReleaseOverdue { order: id }, confirm_by)
    })
}
