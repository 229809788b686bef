//! What commerce tells and answers.

use std::fmt;

use kernel::{Id, Money, Timestamp, User};
use serde::{Deserialize, Serialize};

use crate::files::PictureView;
use crate::ids::{Order, Post, Product, Shop, Variant};
use crate::profile::Exhibit;

/// What every fact of an order says about it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OrderHead {
    pub order: Id<Order>,
    /// Counts the changes of this order.
    pub version: i64,
    pub shop: Id<Shop>,
    pub shop_name: String,
    pub seller: Id<User>,
    pub buyer: Id<User>,
    /// The product's name when it was bought.
    pub title: String,
    pub quantity: i64,
    pub total: Money,
}

/// An order stands: the money is in escrow.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OrderPlaced {
    #[serde(flatten)]
    pub head: OrderHead,
    pub product: Id<Product>,
    /// The post it was bought from.
    pub post: Option<Id<Post>>,
    pub at: Timestamp,
}

/// The seller has a paid order: told with `OrderPlaced`, for the seller's side (the money is *held*, not theirs yet).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PaymentReceived {
    #[serde(flatten)]
    pub head: OrderHead,
}

/// The goods are on their way.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OrderShipped {
    #[serde(flatten)]
    pub head: OrderHead,
    pub carrier: String,
    pub tracking: Option<String>,
}

/// A shipped order has a new hand-over code, for a buyer who has only a phone. Heard by notification only (X13).
#[derive(Clone, Serialize, Deserialize)]
pub struct HandoverCodeMade {
    #[serde(flatten)]
    pub head: OrderHead,
    pub code: String,
    /// After this nobody needs it any more, and it must not be sent.
    pub expires_at: Timestamp,
}

// The code never reaches a log (X14).
impl fmt::Debug for HandoverCodeMade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HandoverCodeMade").field("order", &self.head.order).finish_non_exhaustive()
    }
}

/// The goods arrived: by hand-over code, by the buyer's word, or because the time ran out.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OrderDelivered {
    #[serde(flatten)]
    pub head: OrderHead,
}

/// The money was released; nothing is open any more.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OrderCompleted {
    #[serde(flatten)]
    pub head: OrderHead,
    /// When the goods had arrived. This and what follows isn't said by who is older.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered_at: Option<Timestamp>,
    /// Whether they were handed over after the promised day.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub late: bool,
}

kernel::named! {
    /// Who called an order off.
    pub CancelledBy {
        Buyer = "buyer",
        Seller = "seller",
        /// The seller had not done their part by its time.
        Clock = "clock",
    }
}

/// The order was called off before it was shipped; the money goes back.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OrderCancelled {
    #[serde(flatten)]
    pub head: OrderHead,
    /// Both aren't said by who is older.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<CancelledBy>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
}

/// A shop was opened, or its face changed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ShopChanged {
    pub shop: Id<Shop>,
    pub version: i64,
    pub owner: Id<User>,
    pub handle: String,
    pub name: String,
}

crate::facts! {
    OrderPlaced = "commerce.order_placed.v1";
    PaymentReceived = "commerce.payment_received.v1";
    OrderShipped = "commerce.order_shipped.v1";
    HandoverCodeMade = "commerce.handover_code_made.v1", sealed for "notification": ["code"];
    OrderDelivered = "commerce.order_delivered.v1";
    OrderCompleted = "commerce.order_completed.v1";
    OrderCancelled = "commerce.order_cancelled.v1";
    ShopChanged = "commerce.shop_changed.v1";
}

/// Question: how these products look now. Who isn't on sale is answered with `on_sale: false`; unknown ids are left out.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ProductCards {
    pub products: Vec<Id<Product>>,
}

/// A product in passing: what a post's card shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ProductCard {
    pub id: Id<Product>,
    /// The variant one tap buys.
    pub variant: Id<Variant>,
    #[schema(example = "Kitenge dress")]
    pub name: String,
    pub price: Money,
    /// Units that can be bought now.
    #[schema(example = 12)]
    pub available: i64,
    pub on_sale: bool,
    pub seller: Id<User>,
    #[schema(example = "amina_fabrics")]
    pub shop_handle: String,
    #[schema(example = "Amina Fabrics")]
    pub shop_name: String,
    /// The first one, once it is ready.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<PictureView>,
}

/// Question of whoever takes reports: what a product looks like now, whoever may see it; `None` where it isn't on the shelf, or withheld.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ProductExhibit {
    pub product: Id<Product>,
    /// Whether it is wanted though it is withheld: by moderators, who look at it again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub withheld_too: bool,
}

/// The same of a shop.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ShopExhibit {
    pub shop: Id<Shop>,
    /// Whether it is wanted though it is withheld: by moderators, who look at it again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub withheld_too: bool,
}

crate::asks! {
    ProductExhibit = "commerce.product_exhibit.v1" -> Option<Exhibit>;
    ShopExhibit = "commerce.shop_exhibit.v1" -> Option<Exhibit>;
    ProductCards = "commerce.product_cards.v1" -> Vec<ProductCard>;
}
