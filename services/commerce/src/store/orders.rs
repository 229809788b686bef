//! The order rows.

use contracts::ids;
use host::Tx;
use kernel::{Fault, Id, Timestamp, User};

use crate::model::{checkout::Checkout, order::Order, price::Quote};

/// Makes an order of a checkout; its price and address are the checkout's, for good.
pub async fn insert(tx: &mut Tx, id: Id<ids::Order>, from: &Checkout, accept_by: Timestamp) -> Result<(), Fault> {
    let now = tx.now();
    sqlx::query!(
        "insert into commerce.orders
                (id, reference, checkout, buyer, seller, shop, product, variant, post, title, quantity, quote, address,
                 placed_at, accept_by)
         select $1, $2, id, buyer, seller, shop, product, variant, post, title, quantity, quote, address, $4, $5
           from commerce.checkout
          where id = $3",
        id.uuid(),
        id.to_string(),
        from.id.uuid(),
        now,
        accept_by,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub async fn lock(tx: &mut Tx, id: Id<ids::Order>) -> Result<Option<Order>, Fault> {
    Ok(sqlx::query_as!(
        Order,
        r#"select orders.id, version, orders.shop,
                case when shop.withheld_at is null then shop.name else '$' || shop.handle end as "shop_name!",
                seller, buyer, variant, title, quantity, quote, orders.state, payment, fulfilment, carrier, tracking, code,
                misses, accept_by, ship_by, shipped_at, confirm_by, extended_at, delivered_at, closed_at, cancelled_by
           from commerce.orders
           join commerce.shop on shop.id = orders.shop
          where orders.id = $1
            for no key update of orders"#,
        id.uuid(),
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Saves what can change after an order was placed.
pub async fn save(tx: &mut Tx, order: &Order) -> Result<(), Fault> {
    sqlx::query!(
        "update commerce.orders
            set version = $2, state = $3, payment = $4, fulfilment = $5, carrier = $6, tracking = $7, code = $8, misses = $9,
                ship_by = $10, shipped_at = $11, confirm_by = $12, extended_at = $13, delivered_at = $14, closed_at = $15,
                cancelled_by = $16
          where id = $1",
        order.id.uuid(),
        order.version,
        order.state.name(),
        order.payment.name(),
        order.fulfilment.name(),
        order.carrier.as_deref(),
        order.tracking.as_deref(),
        order.code.as_deref(),
        order.misses,
        order.ship_by,
        order.shipped_at,
        order.confirm_by,
        order.extended_at,
        order.delivered_at,
        order.closed_at,
        order.canceller(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// An order as the fact of its placing tells it.
pub struct Placed {
    pub id: Id<ids::Order>,
    pub version: i64,
    pub shop: Id<ids::Shop>,
    pub shop_name: String,
    pub seller: Id<User>,
    pub buyer: Id<User>,
    pub title: String,
    pub quantity: i64,
    pub quote: Quote,
    pub product: Id<ids::Product>,
    pub post: Option<Id<ids::Post>>,
    pub at: Timestamp,
}

/// The orders after this one that came from a post, a page of them.
pub async fn placed_after(tx: &mut Tx, after: Option<Id<ids::Order>>) -> Result<Vec<Placed>, Fault> {
    Ok(sqlx::query_as!(
        Placed,
        r#"select orders.id, version, orders.shop,
                case when shop.withheld_at is null then shop.name else '$' || shop.handle end as "shop_name!",
                seller, buyer, product, post, title, quantity, quote, placed_at as at
           from commerce.orders
           join commerce.shop on shop.id = orders.shop
          where orders.id > coalesce($1, '00000000-0000-0000-0000-000000000000'::uuid)
            and post is not null
          order by orders.id
          limit 500"#,
        after.map(Id::uuid),
    )
    .fetch_all(tx.conn())
    .await?)
}

/// The orders after this one that have ended, a page of them.
pub async fn ended_after(tx: &mut Tx, after: Option<Id<ids::Order>>) -> Result<Vec<Order>, Fault> {
    Ok(sqlx::query_as!(
        Order,
        r#"select orders.id, version, orders.shop,
                case when shop.withheld_at is null then shop.name else '$' || shop.handle end as "shop_name!",
                seller, buyer, variant, title, quantity, quote, orders.state, payment, fulfilment, carrier, tracking, code,
                misses, accept_by, ship_by, shipped_at, confirm_by, extended_at, delivered_at, closed_at, cancelled_by
           from commerce.orders
           join commerce.shop on shop.id = orders.shop
          where orders.id > coalesce($1, '00000000-0000-0000-0000-000000000000'::uuid)
            and orders.state <> 'open'
          order by orders.id
          limit 500"#,
        after.map(Id::uuid),
    )
    .fetch_all(tx.conn())
    .await?)
}

/// How many orders of a seller's have been completed, counted up to `most`.
pub async fn completed_of(tx: &mut Tx, seller: Id<User>, most: i64) -> Result<i64, Fault> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!"
             from (select 1
                     from commerce.orders
                    where seller = $1
                      and state = 'completed'
                    limit $2) as completed"#,
        seller.uuid(),
        most,
    )
    .fetch_one(tx.conn())
    .await?)
}
