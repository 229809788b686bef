//! Renews a checkout once, or says where the goods go.

use contracts::ids;
use garde::Validate;
use host::{Here, Tx};
use kernel::{Actor, Fault, Id};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    cancel_checkout::ExpireHold,
    open_checkout::{Shipping, must_see},
};
use crate::{
    fault::Refusal,
    model::{checkout::Checkout, terms},
    ops::must_be_open,
    store::{checkouts, holds, offers},
};

/// What to change; an empty body renews.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub struct ChangeCheckout {
    /// Gives another quarter of an hour, once.
    #[garde(skip)]
    #[schema(example = true)]
    pub renew: Option<bool>,
    #[garde(dive)]
    pub shipping: Option<Shipping>,
}

impl ChangeCheckout {
    fn renews(&self) -> bool {
        self.renew.unwrap_or(self.shipping.is_none())
    }
}

pub async fn change_checkout(here: &Here, actor: &Actor, id: Id<ids::Checkout>, cmd: &ChangeCheckout) -> Result<(), Fault> {
    let buyer = actor.user()?;
    if cmd.renews()
        && let Some(seller) = checkouts::seller_of_open(&here.db, id, buyer).await?
    {
        must_see(here, buyer, seller).await?;
    }
    host::write!(here.db, async |tx| {
        must_be_open(tx, buyer).await?;
        let found = checkouts::lock(tx, id).await?.filter(|checkout| checkout.buyer == buyer);
        let mut checkout = found.ok_or_else(Fault::not_found)?;
        // Who asks for neither asks for this: a checkout that is over says so.
        if cmd.shipping.is_some() || !cmd.renews() {
            checkout.take("readdress", tx.now())?;
        }
        if let Some(shipping) = &cmd.shipping {
            // A way of shipping alone leaves the address as it is.
            checkout.address = shipping.address.clone().or(checkout.address);
        }
        if cmd.renews() {
            renew_in(tx, &mut checkout).await?;
        }
        checkouts::save(tx, &checkout).await
    })
}

async fn renew_in(tx: &mut Tx, checkout: &mut Checkout) -> Result<(), Fault> {
    checkout.take("renew", tx.now())?;
    if checkout.renewals > 0 {
        return Err(Refusal::AlreadyRenewed.into());
    }
    let offer = offers::find(tx, checkout.variant).await?.ok_or_else(Fault::not_found)?;
    if !offer.is_there_for(checkout.buyer) {
        return Err(Refusal::NotOnSale.into());
    }
    (checkout.renewals, checkout.expires_at) = (1, tx.now().plus(terms::HOLD));
    if !holds::set_end(tx, checkout.id, Some(checkout.expires_at)).await? {
        return Err(Refusal::CheckoutExpired.into());
    }
    tx.enqueue(&ExpireHold { checkout: checkout.id }, checkout.expires_at)
}
