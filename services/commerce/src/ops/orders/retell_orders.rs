//! Tells the orders that came from a post again, for a copy of the sales that is new or was lost.

use contracts::{
    commerce::{OrderHead, OrderPlaced},
    ids,
};
use host::Tx;
use kernel::{Fault, Id};

use crate::store::orders::{self, Placed};

pub async fn page_in(tx: &mut Tx, after: Option<Id<ids::Order>>) -> Result<Option<Id<ids::Order>>, Fault> {
    let page = orders::placed_after(tx, after).await?;
    let last = page.last().map(|order| order.id);
    page.into_iter().try_for_each(|order| tx.publish(&placed(order)))?;
    Ok(last)
}

fn placed(order: Placed) -> OrderPlaced {
    let Placed { id, version, shop, shop_name, seller, buyer, title, quantity, quote, product, post, at } = order;
    let head = OrderHead { order: id, version, shop, shop_name, seller, buyer, title, quantity, total: quote.total };
    OrderPlaced { head, product, post, at }
}
