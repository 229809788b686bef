//! The seller takes an order on; the clock of the shipping starts.

use contracts::ids::Order;
use host::Here;
use kernel::{Actor, Fault, Id};

use super::{cancel_order::CancelUnshipped, lock_for};
use crate::{model::terms, store::orders};

pub async fn accept_order(here: &Here, actor: &Actor, id: Id<Order>) -> Result<(), Fault> {
    let user = actor.user()?;
    host::write!(here.db, async |tx| {
        let (mut order, side) = lock_for(tx, id, user).await?;
        order.take("accept", side, tx.now())?;
        let ship_by = tx.now().plus(terms::SHIP_WITHIN);
        order.ship_by = Some(ship_by);
        orders::save(tx, &order).await?;
        tx.enqueue(&CancelUnshipped { order: id }, ship_by)
    })
}
