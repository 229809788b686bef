//! From a payment to the goods and the money.

pub mod accept_order;
pub mod cancel_order;
pub mod close_order;
pub mod confirm_order;
pub mod deliver_order;
pub mod extend_order;
pub mod renew_code;
pub mod retell_orders;
pub mod settle_money;
pub mod ship_order;

use contracts::ids;
use host::Tx;
use kernel::{Fault, Id, User};

use crate::{
    model::order::{By, Order},
    store::orders,
};

/// Locks an order for one of its two sides; for everybody else it isn't there.
async fn lock_for(tx: &mut Tx, id: Id<ids::Order>, user: Id<User>) -> Result<(Order, By), Fault> {
    let order = orders::lock(tx, id).await?.ok_or_else(Fault::not_found)?;
    let side = order.side_of(user).ok_or_else(Fault::not_found)?;
    Ok((order, side))
}
