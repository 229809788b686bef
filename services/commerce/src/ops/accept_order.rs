//! The seller takes an order on.

use contracts::ids::Order;
use host::Here;
use kernel::{Actor, Fault, Id};

use super::lock_for;
use crate::store::orders;

pub async fn accept_order(here: &Here, actor: &Actor, id: Id<Order>) -> Result<(), Fault> {
    let user = actor.user()?;
    host::write!(here.db, async |tx| {
        let (mut order, side) = lock_for(tx, id, user).await?;
        order.take("accept", side, tx.now())?;
        orders::save(tx, &order).await
    })
}
