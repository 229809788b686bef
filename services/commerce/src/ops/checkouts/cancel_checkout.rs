//! Gives up a checkout: because its buyer says so, or because its time has run out.

use contracts::ids;
use host::{Here, Tx};
use kernel::{Actor, Fault, Id, Job};
use serde::{Deserialize, Serialize};

use crate::{
    fault::Refusal,
    model::checkout::{Checkout, CheckoutState},
    ops::must_be_open,
    store::{
        checkouts, holds,
        stock::{self, Movement},
    },
};

/// Gives the units of a checkout back when its time is over.
#[derive(Debug, Serialize, Deserialize)]
pub struct ExpireHold {
    pub checkout: Id<ids::Checkout>,
}
impl Job for ExpireHold {
    const NAME: &'static str = "expire_hold";
}

/// Cancels it; what is over already stays as it is.
pub async fn cancel_checkout(here: &Here, actor: &Actor, id: Id<ids::Checkout>) -> Result<(), Fault> {
    let buyer = actor.user()?;
    host::write!(here.db, async |tx| {
        must_be_open(tx, buyer).await?;
        let found = checkouts::lock(tx, id).await?.filter(|checkout| checkout.buyer == buyer);
        let mut checkout = found.ok_or_else(Fault::not_found)?;
        match checkout.take("cancel", tx.now()) {
            Ok(()) => end_in(tx, &mut checkout).await,
            Err(Refusal::CheckoutExpired) => Ok(()),
            Err(Refusal::CheckoutOver) if checkout.state == CheckoutState::Cancelled => Ok(()),
            Err(refusal) => Err(refusal.into()),
        }
    })
}

/// A renewed, paid or cancelled checkout is left alone.
pub async fn expire_hold(here: &Here, job: &ExpireHold) -> Result<(), Fault> {
    host::write!(here.db, async |tx| {
        let Some(mut checkout) = checkouts::lock(tx, job.checkout).await? else { return Ok(()) };
        let state = checkout.state.at(tx.now(), checkout.expires_at);
        if state == checkout.state {
            return Ok(());
        }
        checkout.state = state;
        end_in(tx, &mut checkout).await
    })
}

/// Saves a checkout that ended without an order, and gives its units back unless somebody's purchase did so already. Nothing
/// goes anywhere any more, so its address goes.
pub(super) async fn end_in(tx: &mut Tx, checkout: &mut Checkout) -> Result<(), Fault> {
    checkout.address = None;
    checkouts::save(tx, checkout).await?;
    let before = stock::lock(tx, checkout.variant).await?;
    let Some(units) = holds::end(tx, checkout.id).await? else { return Ok(()) };
    let after = before.release(units).map_err(Fault::internal)?;
    stock::save(tx, checkout.variant, Movement { verb: "release", before, after, reason: "" }).await
}
