//! Tells orders again, for copies that are new or were lost: those that came from a post, and those that have ended.

use contracts::{
    commerce::{OrderCancelled, OrderCompleted, OrderHead, OrderPlaced},
    ids,
};
use host::Tx;
use kernel::{Fault, Id};

use crate::{
    model::order::{Order, OrderState},
    store::orders::{self, Placed},
};

pub async fn page_in(tx: &mut Tx, after: Option<Id<ids::Order>>) -> Result<Option<Id<ids::Order>>, Fault> {
    let page = orders::placed_after(tx, after).await?;
    let last = page.last().map(|order| order.id);
    page.into_iter().try_for_each(|order| tx.publish(&placed(order)))?;
    Ok(last)
}

/// How deals ended.
pub async fn ended_page_in(tx: &mut Tx, after: Option<Id<ids::Order>>) -> Result<Option<Id<ids::Order>>, Fault> {
    let page = orders::ended_after(tx, after).await?;
    page.iter().try_for_each(|order| ended(tx, order))?;
    Ok(page.last().map(|order| order.id))
}

fn ended(tx: &mut Tx, order: &Order) -> Result<(), Fault> {
    if order.state == OrderState::Completed {
        tx.publish(&OrderCompleted { head: order.head(), delivered_at: order.delivered_at, late: order.is_late() })
    } else {
        tx.publish(&OrderCancelled { head: order.head(), by: order.cancelled_by, at: order.closed_at })
    }
}

fn placed(order: Placed) -> OrderPlaced {
    let Placed { id, version, shop, shop_name, seller, buyer, title, quantity, quote, product, post, at } = order;
    let head = OrderHead { order: id, version, shop, shop_name, seller, buyer, title, quantity, total: quote.total };
    OrderPlaced { head, product, post, at }
}
