//! Checkouts, as their buyers see them.

use contracts::ids::{Checkout, Order, Product, Shop};
use host::Here;
use kernel::{Fault, Id, Timestamp, User};
use serde::Serialize;
use utoipa::ToSchema;

use super::shops::ShopCard;
use crate::model::{address::Address, checkout::CheckoutState, price::Quote, product::ProductKind};

/// What is about to be bought, from whom, and for how much (C13).
#[derive(Debug, Serialize, ToSchema)]
pub struct CheckoutView {
    pub id: Id<Checkout>,
    pub status: CheckoutState,
    /// The units are held until then.
    pub expires_at: Timestamp,
    pub quote: Quote,
    pub product_id: Id<Product>,
    /// Who sells it.
    pub shop: ShopCard,
    pub address: Option<Address>,
    pub order_id: Option<Id<Order>>,
    /// Whether the goods can be touched, so that it must be said where they go (C17).
    #[serde(skip)]
    pub is_delivered: bool,
    /// Whether it can be renewed: once, while there is time.
    #[serde(skip)]
    pub can_renew: bool,
}

impl CheckoutView {
    /// Whether it can still be paid.
    pub fn is_open(&self) -> bool {
        self.status == CheckoutState::Open
    }

    /// Whether the money is on its way.
    pub fn is_paying(&self) -> bool {
        self.status == CheckoutState::Paying
    }

    /// Whether its time ran out.
    pub fn is_expired(&self) -> bool {
        self.status == CheckoutState::Expired
    }
}

/// How a payment stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaidView {
    pub id: Id<Checkout>,
    pub status: CheckoutState,
    pub order_id: Option<Id<Order>>,
}

struct Row {
    id: Id<Checkout>,
    state: CheckoutState,
    expires_at: Timestamp,
    quote: Quote,
    product: Id<Product>,
    address: Option<Address>,
    order_id: Option<Id<Order>>,
    renewals: i64,
    kind: ProductKind,
    shop: Id<Shop>,
    handle: String,
    shop_name: String,
    owner: Id<User>,
    shop_withheld: bool,
}

/// A checkout of `viewer`'s. A deadline counts whether or not anybody has swept (X4).
pub async fn by_id(here: &Here, viewer: Id<User>, id: Id<Checkout>) -> Result<CheckoutView, Fault> {
    let row = load(here, viewer, id).await?.ok_or_else(Fault::not_found)?;
    let status = row.state.at(here.clock.now(), row.expires_at);
    Ok(CheckoutView {
        id: row.id,
        status,
        expires_at: row.expires_at,
        quote: row.quote,
        product_id: row.product,
        shop: ShopCard { id: row.shop, handle: row.handle, name: row.shop_name, owner: row.owner, withheld: row.shop_withheld },
        address: row.address,
        order_id: row.order_id.filter(|_| row.state == CheckoutState::Paid),
        is_delivered: row.kind == ProductKind::Physical,
        can_renew: status == CheckoutState::Open && row.renewals == 0,
    })
}

/// How the payment of a checkout of `viewer`'s stands.
pub async fn paid(here: &Here, viewer: Id<User>, id: Id<Checkout>) -> Result<PaidView, Fault> {
    let seen = by_id(here, viewer, id).await?;
    Ok(PaidView { id: seen.id, status: seen.status, order_id: seen.order_id })
}

/// A checkout that holds units and isn't an order yet.
#[derive(Debug)]
pub struct Waiting {
    pub id: Id<Checkout>,
    pub state: CheckoutState,
    pub expires_at: Timestamp,
    /// The product's name when it was opened.
    pub title: String,
    pub quote: Quote,
}

impl Waiting {
    pub fn is_paying(&self) -> bool {
        self.state == CheckoutState::Paying
    }
}

/// What `viewer` has begun to buy, the most urgent first; holds bound how many there are.
pub async fn waiting_of(here: &Here, viewer: Id<User>) -> Result<Vec<Waiting>, Fault> {
    let found = sqlx::query_as!(
        Waiting,
        "select id, state, expires_at, title, quote
           from commerce.checkout
          where buyer = $1
            and (state = 'paying' or state = 'open' and expires_at > $2)
          order by expires_at
          limit 20",
        viewer.uuid(),
        here.clock.now(),
    );
    Ok(found.fetch_all(here.db.reader()).await?)
}

async fn load(here: &Here, viewer: Id<User>, id: Id<Checkout>) -> Result<Option<Row>, Fault> {
    Ok(sqlx::query_as!(
        Row,
        r#"select checkout.id, checkout.state, expires_at, quote, checkout.product, address, order_id, renewals, product.kind,
                shop.id as shop, shop.handle, shop.owner,
                case when shop.withheld_at is null then shop.name else '$' || shop.handle end as "shop_name!",
                shop.withheld_at is not null as "shop_withheld!"
           from commerce.checkout
           join commerce.product on product.id = checkout.product
           join commerce.shop on shop.id = checkout.shop
          where checkout.id = $1
            and buyer = $2"#,
        id.uuid(),
        viewer.uuid(),
    )
    .fetch_optional(here.db.reader())
    .await?)
}
