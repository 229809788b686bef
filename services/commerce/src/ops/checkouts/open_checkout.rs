//! Opens a checkout: a price is quoted, and the units are held for a quarter of an hour.

use contracts::{
    ids::{self, Post, Variant},
    profile::{Relationships, sees},
};
use garde::Validate;
use host::{Here, Tx};
use kernel::{Actor, Fault, Id, User};
use serde::Deserialize;
use utoipa::ToSchema;

use super::cancel_checkout::ExpireHold;
use crate::{
    fault::Refusal,
    model::{
        address::Address,
        checkout::{Checkout, CheckoutState},
        price::Quote,
        terms,
    },
    ops::must_be_open,
    store::{
        checkouts,
        holds::{self, NewHold},
        offers,
        stock::{self, Movement},
    },
};

/// What is bought, and from where.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub struct OpenCheckout {
    #[garde(dive)]
    pub source: Source,
    /// The post it is bought from.
    #[garde(skip)]
    pub post_id: Option<Id<Post>>,
    #[garde(dive)]
    pub shipping: Option<Shipping>,
}

/// So many of one variant.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub struct Source {
    #[garde(skip)]
    pub variant_id: Id<Variant>,
    #[garde(range(min = 1))]
    #[schema(example = 1, minimum = 1)]
    pub quantity: u32,
}

/// Where it goes, and how.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
pub struct Shipping {
    /// Only `delivery` is there yet; it goes without saying.
    #[garde(inner(custom(delivery)))]
    #[schema(example = "delivery")]
    pub method: Option<String>,
    /// There is no address book yet: give the `address`.
    #[garde(inner(custom(no_address_book)))]
    #[schema(example = json!(null))]
    pub address_id: Option<String>,
    #[garde(dive)]
    pub address: Option<Address>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "garde hands its context by reference")]
fn delivery(method: &str, _: &()) -> garde::Result {
    if method == "delivery" { Ok(()) } else { Err(garde::Error::new("only `delivery` is supported yet")) }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "garde hands its context by reference")]
fn no_address_book(_: &str, _: &()) -> garde::Result {
    Err(garde::Error::new("there is no address book yet; give the `address` itself"))
}

/// Between people who may not know of each other nothing new begins, whatever was open before (X6).
pub(super) async fn must_see(here: &Here, buyer: Id<User>, seller: Id<User>) -> Result<(), Fault> {
    let related = here.peers.ask(Relationships { viewer: Some(buyer), targets: vec![seller] }).await?;
    if seller == buyer || sees(&related, seller) { Ok(()) } else { Err(Fault::not_found()) }
}

pub async fn open_checkout(here: &Here, actor: &Actor, cmd: &OpenCheckout) -> Result<Id<ids::Checkout>, Fault> {
    let (buyer, id) = (actor.user()?, here.ids.next());
    // Nobody buys from a seller they may not know of: for them there is nothing to buy (X6).
    let seller = offers::seller(&here.db, cmd.source.variant_id).await?.ok_or_else(Fault::not_found)?;
    must_see(here, buyer, seller).await?;
    host::write!(here.db, async |tx| {
        let found = offers::find(tx, cmd.source.variant_id).await?.filter(|offer| offer.is_there_for(buyer));
        let offer = found.ok_or_else(Fault::not_found)?;
        offer.sells_to(buyer, cmd.source.quantity)?;
        must_be_open(tx, buyer).await?;
        let quote = Quote::of(offer.variant, offer.name.clone(), offer.unit_price(), cmd.source.quantity)?;
        let checkout = Checkout {
            id,
            buyer,
            seller: offer.seller,
            shop: offer.shop,
            product: offer.product,
            variant: offer.variant,
            post: cmd.post_id,
            title: offer.name,
            quantity: cmd.source.quantity.into(),
            quote,
            address: cmd.shipping.as_ref().and_then(|shipping| shipping.address.clone()),
            state: CheckoutState::Open,
            order_id: None,
            renewals: 0,
            expires_at: tx.now().plus(terms::HOLD),
        };
        hold_in(tx, &checkout).await?;
        tx.enqueue(&ExpireHold { checkout: id }, checkout.expires_at)?;
        tx.done(id).await?;
        Ok(id)
    })
}

/// Takes the units; holds that have run out are given back first, so no sweeper is needed (X4). The person and the shelf
/// are locked before anything is written that points at them, so that the many who come at once queue and never cross.
async fn hold_in(tx: &mut Tx, checkout: &Checkout) -> Result<(), Fault> {
    let Checkout { id, buyer, variant, quantity, expires_at, .. } = *checkout;
    holds::lock_holder(tx, buyer).await?;
    let before = stock::lock_fresh(tx, variant, buyer).await?;
    let after = before.hold(quantity).map_err(|_| Refusal::SoldOut)?;
    stock::save(tx, variant, Movement { verb: "hold", before, after, reason: "" }).await?;
    checkouts::insert(tx, checkout).await?;
    holds::insert(tx, &NewHold { checkout: id, variant, holder: buyer, quantity, expires_at }).await
}
