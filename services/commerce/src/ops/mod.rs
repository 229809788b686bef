//! What can be done with shops, checkouts and orders.

pub mod accept_order;
pub mod account;
pub mod add_product;
pub mod cancel_checkout;
pub mod cancel_order;
pub mod change_checkout;
pub mod change_product;
pub mod change_shop;
pub mod change_stock;
pub mod close_order;
pub mod confirm_order;
pub mod deliver_order;
pub mod extend_order;
pub mod open_checkout;
pub mod open_shop;
pub mod pay_checkout;
pub mod renew_code;
pub mod settle_money;
pub mod ship_order;

use contracts::ids;
use host::Tx;
use kernel::{Fault, Id, User};

use crate::{
    fault::Refusal,
    model::order::{By, Order},
    store::{accounts, orders},
};

/// Lets nobody write who is locked or erased, whatever token they still have; an erasure that comes now waits (X12).
async fn must_be_open(tx: &mut Tx, user: Id<User>) -> Result<(), Fault> {
    if accounts::lock_open(tx, user).await? { Ok(()) } else { Err(Refusal::AccountLocked.into()) }
}

/// Locks an order for one of its two sides; for everybody else it isn't there.
async fn lock_for(tx: &mut Tx, id: Id<ids::Order>, user: Id<User>) -> Result<(Order, By), Fault> {
    let order = orders::lock(tx, id).await?.ok_or_else(Fault::not_found)?;
    let side = order.side_of(user).ok_or_else(Fault::not_found)?;
    Ok((order, side))
}
