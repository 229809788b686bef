//! Orders, as their two sides see them: one in full, or a list, newest first.

use contracts::{
    commerce::CancelledBy,
    ids::{Order, Post, Product, Shop},
};
use host::Here;
use kernel::{Fault, Id, Money, Page, PageQuery, Timestamp, User};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    moves::{Moves, Stage},
    shops::ShopCard,
};
use crate::model::{
    address::Address,
    order::{Axes, By, Deadlines, Dispute, Fulfilment, OrderState, Payment},
    price::Quote,
    terms,
};

/// An order on its four axes: the deal, its money, its goods, and what is disputed.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderView {
    pub id: Id<Order>,
    pub status: OrderState,
    pub payment: Payment,
    pub fulfilment: Fulfilment,
    pub dispute: Dispute,
    pub buyer: Id<User>,
    pub shop: ShopCard,
    pub product_id: Id<Product>,
    pub post_id: Option<Id<Post>>,
    #[schema(example = "Kitenge dress")]
    pub title: String,
    /// What was agreed; it never changes.
    pub quote: Quote,
    /// For the seller until 30 days after the order's end.
    pub address: Option<Address>,
    #[schema(example = "Bus")]
    pub carrier: Option<String>,
    #[schema(example = "T 123 ABC")]
    pub tracking: Option<String>,
    /// For the buyer only. Give it only with the goods in your hand.
    #[schema(example = "482913")]
    pub handover_code: Option<String>,
    pub placed_at: Timestamp,
    /// Without the seller's answer until then, the order is cancelled.
    pub accept_by: Timestamp,
    /// An accepted order that isn't shipped until then is cancelled.
    pub ship_by: Option<Timestamp>,
    pub shipped_at: Option<Timestamp>,
    /// Without the buyer's word until then, the order counts as delivered.
    pub confirm_by: Option<Timestamp>,
    pub delivered_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    /// Who called it off, where somebody did.
    pub cancelled_by: Option<CancelledBy>,
    /// What its reader may do with it now.
    #[serde(skip)]
    pub moves: Moves,
}

impl OrderView {
    pub fn stage(&self) -> Stage {
        Stage::of(Axes { state: self.status, payment: self.payment, fulfilment: self.fulfilment })
    }
}

struct Row {
    state: OrderState,
    payment: Payment,
    fulfilment: Fulfilment,
    dispute: Dispute,
    buyer: Id<User>,
    seller: Id<User>,
    product: Id<Product>,
    post: Option<Id<Post>>,
    title: String,
    quote: Quote,
    address: Option<Address>,
    carrier: Option<String>,
    tracking: Option<String>,
    code: Option<Vec<u8>>,
    misses: i64,
    placed_at: Timestamp,
    accept_by: Timestamp,
    ship_by: Option<Timestamp>,
    shipped_at: Option<Timestamp>,
    confirm_by: Option<Timestamp>,
    extended_at: Option<Timestamp>,
    delivered_at: Option<Timestamp>,
    closed_at: Option<Timestamp>,
    cancelled_by: Option<CancelledBy>,
    shop: Id<Shop>,
    handle: String,
    shop_name: String,
    shop_withheld: bool,
}

/// An order of `viewer`'s, bought or sold. A deadline counts whether or not anybody has swept (X4).
pub async fn by_id(here: &Here, viewer: Id<User>, id: Id<Order>) -> Result<OrderView, Fault> {
    let row = load(here, viewer, id).await?.ok_or_else(Fault::not_found)?;
    let now = here.clock.now();
    let axes = Axes { state: row.state, payment: row.payment, fulfilment: row.fulfilment };
    let axes = axes.at(now, Deadlines { accept: row.accept_by, ship: row.ship_by, confirm: row.confirm_by });
    let side = if viewer == row.buyer { By::Buyer } else { By::Seller };
    Ok(OrderView {
        id,
        status: axes.state,
        payment: axes.payment,
        fulfilment: axes.fulfilment,
        dispute: row.dispute,
        handover_code: handover_code(here, viewer, id, &row, axes)?,
        address: row.address.filter(|_| viewer == row.buyer || row.closed_at.is_none_or(|at| now < at.plus(terms::ADDRESS_SEEN))),
        buyer: row.buyer,
        shop: ShopCard { id: row.shop, handle: row.handle, name: row.shop_name, owner: row.seller, withheld: row.shop_withheld },
        product_id: row.product,
        post_id: row.post,
        title: row.title,
        quote: row.quote,
        carrier: row.carrier,
        tracking: row.tracking,
        placed_at: row.placed_at,
        accept_by: row.accept_by,
        ship_by: row.ship_by,
        shipped_at: row.shipped_at,
        confirm_by: row.confirm_by,
        delivered_at: row.delivered_at,
        closed_at: row.closed_at,
        cancelled_by: row.cancelled_by,
        moves: Moves::of(axes, side, row.extended_at.is_some()),
    })
}

/// The code in the clear: for the buyer, while the goods are on their way and it is good. None where its master key was dropped: the order
/// can be read all the same, and a new code be made.
fn handover_code(here: &Here, viewer: Id<User>, id: Id<Order>, row: &Row, axes: Axes) -> Result<Option<String>, Fault> {
    let is_good = axes.fulfilment == Fulfilment::Shipped && row.misses < terms::CODE_MISSES;
    let sealed = row.code.as_deref().filter(|_| viewer == row.buyer && is_good);
    let code = sealed.and_then(|sealed| here.config.keys.open(terms::CODE_PURPOSE, id.uuid().as_bytes(), sealed).ok());
    code.map(String::from_utf8).transpose().map_err(Fault::internal)
}

async fn load(here: &Here, viewer: Id<User>, id: Id<Order>) -> Result<Option<Row>, Fault> {
    Ok(sqlx::query_as!(
        Row,
        r#"select orders.state, payment, fulfilment, dispute, buyer, seller, product, post, title, quote, address, carrier,
                  tracking, code, misses, placed_at, accept_by, ship_by, shipped_at, confirm_by, extended_at, delivered_at,
                  closed_at, cancelled_by, shop.id as shop, shop.handle,
                  case when shop.withheld_at is null or seller = $2 then shop.name else '$' || shop.handle end as "shop_name!",
                  shop.withheld_at is not null as "shop_withheld!"
             from commerce.orders
             join commerce.shop on shop.id = orders.shop
            where orders.id = $1
              and (buyer = $2 or seller = $2)"#,
        id.uuid(),
        viewer.uuid(),
    )
    .fetch_optional(here.db.reader())
    .await?)
}

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

impl OrderLine {
    pub fn stage(&self) -> Stage {
        Stage::of(Axes { state: self.status, payment: self.payment, fulfilment: self.fulfilment })
    }
}

struct ListedRow {
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

fn line(row: ListedRow, now: Timestamp) -> OrderLine {
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

async fn bought(here: &Here, buyer: Id<User>, after: Option<Id<Order>>, limit: u16) -> Result<Vec<ListedRow>, Fault> {
    Ok(sqlx::query_as!(
        ListedRow,
        r#"select orders.id, orders.state, payment, fulfilment, title, quantity, quote,
                case when shop.withheld_at is null then shop.name else '$' || shop.handle end as "shop_name!",
                placed_at, accept_by, ship_by, confirm_by
           from commerce.orders
           join commerce.shop on shop.id = orders.shop
          where buyer = $1
            and orders.id < coalesce($2, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
          order by orders.id desc
          limit $3"#,
        buyer.uuid(),
        after.map(Id::uuid),
        i64::from(limit) + 1,
    )
    .fetch_all(here.db.reader())
    .await?)
}

async fn sold(here: &Here, seller: Id<User>, after: Option<Id<Order>>, limit: u16) -> Result<Vec<ListedRow>, Fault> {
    Ok(sqlx::query_as!(
        ListedRow,
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
