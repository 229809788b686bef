//! Orders bought or sold, newest first.

use contracts::ids::Order;
use host::Here;
use kernel::{Fault, Id, Money, Page, PageQuery, Timestamp, User};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::{
    order::{Axes, Deadlines, Fulfilment, OrderState, Payment},
    price::Quote,
};

/// Which side of the orders is listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    #[default]
    Buyer,
    Seller,
}

/// An order in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderLine {
    pub id: Id<Order>,
    pub status: OrderState,
    pub payment: Payment,
    pub fulfilment: Fulfilment,
    #[schema(example = "Kitenge dress")]
    pub title: String,
    #[schema(example = 1)]
    pub quantity: i64,
    pub total: Money,
    #[schema(example = "Amina Fabrics")]
    pub shop_name: String,
    pub placed_at: Timestamp,
}

struct Row {
    id: Id<Order>,
    state: OrderState,
    payment: Payment,
    fulfilment: Fulfilment,
    title: String,
    quantity: i64,
    quote: Quote,
    shop_name: String,
    placed_at: Timestamp,
    accept_by: Timestamp,
    ship_by: Option<Timestamp>,
    confirm_by: Option<Timestamp>,
}

/// The orders `viewer` bought or sold.
pub async fn list(here: &Here, viewer: Id<User>, role: Party, query: &PageQuery) -> Result<Page<OrderLine>, Fault> {
    let (limit, key, name) = (query.limit()?, here.config.keys.cursors(), format!("commerce.orders.{role:?}.{viewer}"));
    let after = query.after::<Id<Order>>(&key, &name)?;
    let rows = match role {
        Party::Buyer => bought(here, viewer, after, limit).await?,
        Party::Seller => sold(here, viewer, after, limit).await?,
    };
    let now = here.clock.now();
    Ok(Page::cut(rows, limit, &key, &name, |row| row.id)?.map(|row| line(row, now)))
}

fn line(row: Row, now: Timestamp) -> OrderLine {
    let axes = Axes { state: row.state, payment: row.payment, fulfilment: row.fulfilment };
    let axes = axes.at(now, Deadlines { accept: row.accept_by, ship: row.ship_by, confirm: row.confirm_by });
    OrderLine {
        id: row.id,
        status: axes.state,
        payment: axes.payment,
        fulfilment: axes.fulfilment,
        title: row.title,
        quantity: row.quantity,
        total: row.quote.total,
        shop_name: row.shop_name,
        placed_at: row.placed_at,
    }
}

async fn bought(here: &Here, buyer: Id<User>, after: Option<Id<Order>>, limit: u16) -> Result<Vec<Row>, Fault> {
    Ok(sqlx::query_as!(
        Row,
        "select orders.id, orders.state, payment, fulfilment, title, quantity, quote, shop.name as shop_name, placed_at,
                accept_by, ship_by, confirm_by
           from commerce.orders
           join commerce.shop on shop.id = orders.shop
          where buyer = $1
            and orders.id < coalesce($2, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
          order by orders.id desc
          limit $3",
        buyer.uuid(),
        after.map(Id::uuid),
        i64::from(limit) + 1,
    )
    .fetch_all(here.db.reader())
    .await?)
}

async fn sold(here: &Here, seller: Id<User>, after: Option<Id<Order>>, limit: u16) -> Result<Vec<Row>, Fault> {
    Ok(sqlx::query_as!(
        Row,
        "select orders.id, orders.state, payment, fulfilment, title, quantity, quote, shop.name as shop_name, placed_at,
                accept_by, ship_by, confirm_by
           from commerce.orders
           join commerce.shop on shop.id = orders.shop
          where seller = $1
            and orders.id < coalesce($2, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
          order by orders.id desc
          limit $3",
        seller.uuid(),
        after.map(Id::uuid),
        i64::from(limit) + 1,
    )
    .fetch_all(here.db.reader())
    .await?)
}
