//! Pays a checkout: an intent is committed, payment is asked with no connection held, and the order is placed.
//!
//! Money is never held without an order. Every attempt has the id of the order it would become as its reference; whatever
//! is lost on the way, `ResumePayment` asks again with the same reference and gets the same answer. An attempt that ended
//! without an order is closed for good by refunding its reference, so that a twin still on its way can hold nothing later.

use contracts::{
    commerce::{OrderPlaced, PaymentReceived},
    ids,
    payment::HoldEscrow,
};
use garde::Validate;
use host::{Here, Tx};
use kernel::{Actor, Fault, Id, Job};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{cancel_checkout::end_in, open_checkout::must_see};
use crate::{
    fault::Refusal,
    model::{
        checkout::{By, CHECKOUT, Checkout, CheckoutState},
        terms,
    },
    ops::{
        must_be_open,
        orders::{cancel_order::CancelUnaccepted, settle_money::RefundOrder},
    },
    store::{
        checkouts, holds, offers, orders,
        stock::{self, Movement},
    },
};

/// What a checkout is paid with.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub struct PayCheckout {
    #[garde(skip)]
    pub method: Method,
}

/// Money from outside lands in the wallet first (M4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    Wallet,
}

/// Finds out how an attempt to pay ended, where nobody has seen its answer.
#[derive(Debug, Serialize, Deserialize)]
pub struct ResumePayment {
    pub checkout: Id<ids::Checkout>,
    pub order: Id<ids::Order>,
}
impl Job for ResumePayment {
    const NAME: &'static str = "resume_payment";
    const TRIES: u16 = terms::MONEY_TRIES;
}

/// Paying twice is paying once: whoever comes second joins the attempt that is on its way, or finds it done.
pub async fn pay_checkout(
    here: &Here,
    actor: &Actor,
    id: Id<ids::Checkout>,
    cmd: PayCheckout,
) -> Result<Id<ids::Checkout>, Fault> {
    let PayCheckout { method: Method::Wallet } = cmd;
    let (buyer, order) = (actor.user()?, here.ids.next());
    if let Some(seller) = checkouts::seller_of_open(&here.db, id, buyer).await? {
        must_see(here, buyer, seller).await?;
    }
    let attempt = host::write!(here.db, async |tx| {
        must_be_open(tx, buyer).await?;
        let found = checkouts::lock(tx, id).await?.filter(|checkout| checkout.buyer == buyer);
        begin_in(tx, found.ok_or_else(Fault::not_found)?, order).await
    })?;
    match attempt {
        Some(checkout) => attempt_to_pay(here, checkout).await.map(|()| id),
        None => Ok(id),
    }
}

/// What is no longer being paid is left alone.
pub async fn resume_payment(here: &Here, job: &ResumePayment) -> Result<(), Fault> {
    let awaited = host::write!(here.db, async |tx| {
        Ok(checkouts::lock(tx, job.checkout).await?.filter(|checkout| checkout.awaits(job.order)))
    })?;
    match awaited {
        Some(checkout) => match attempt_to_pay(here, checkout).await {
            Err(fault) if fault.is_transient() => Err(fault),
            // Refused for good: the checkout is open again, or over.
            _ => Ok(()),
        },
        None => Ok(()),
    }
}

/// Commits the intent; `None` where the checkout is paid already.
async fn begin_in(tx: &mut Tx, mut checkout: Checkout, order: Id<ids::Order>) -> Result<Option<Checkout>, Fault> {
    match checkout.state {
        CheckoutState::Paid => {
            tx.done(checkout.id).await?;
            return Ok(None);
        }
        CheckoutState::Paying => return Ok(Some(checkout)),
        _ => checkout.take("pay", tx.now())?,
    }
    let offer = offers::find(tx, checkout.variant).await?.ok_or_else(Fault::not_found)?;
    offer.on_sale()?;
    offer.goes_to(checkout.address.as_ref())?;
    checkout.order_id = Some(order);
    checkouts::save(tx, &checkout).await?;
    if !holds::set_end(tx, checkout.id, None).await? {
        return Err(Refusal::CheckoutExpired.into());
    }
    tx.enqueue(&ResumePayment { checkout: checkout.id, order }, tx.now().plus(terms::RESUME_AFTER))?;
    Ok(Some(checkout))
}

/// Asks payment, and settles its answer. An unknown end is 503: the attempt stays on its way.
async fn attempt_to_pay(here: &Here, checkout: Checkout) -> Result<(), Fault> {
    let order = checkout.order_id.ok_or_else(|| Fault::internal("an attempt to pay has no order"))?;
    let hold = HoldEscrow {
        reference: order.to_string(),
        payer: checkout.buyer,
        payee: checkout.seller,
        amount: checkout.quote.total,
        fee_base: checkout.quote.fee_base()?,
        domain: "commerce".into(),
        title: checkout.title,
    };
    let id = checkout.id;
    match here.peers.ask(hold).await {
        Ok(_) => {
            let placed: Result<(), Refusal> = host::write!(here.db, async |tx| { place_in(tx, id, order).await })?;
            placed.map_err(Fault::from)
        }
        Err(fault) if fault.is_transient() => Err(Fault::unavailable(2, fault)),
        Err(refused) => {
            host::write!(here.db, async |tx| { refused_in(tx, id, order).await })?;
            Err(refused)
        }
    }
}

/// The money is held: places the order, or sends the money back where that can't be any more.
async fn place_in(tx: &mut Tx, id: Id<ids::Checkout>, order: Id<ids::Order>) -> Result<Result<(), Refusal>, Fault> {
    let mut checkout = checkouts::lock(tx, id).await?.ok_or_else(Fault::not_found)?;
    if checkout.state == CheckoutState::Paid && checkout.order_id == Some(order) {
        tx.done(id).await?;
        return Ok(Ok(()));
    }
    if !checkout.awaits(order) {
        tx.enqueue(&RefundOrder { order }, tx.now())?;
        return Ok(Err(Refusal::CheckoutOver));
    }
    let offer = offers::find(tx, checkout.variant).await?.ok_or_else(Fault::not_found)?;
    if let Err(refusal) = offer.on_sale() {
        end_attempt_in(tx, &mut checkout, order, "give_up").await?;
        return Ok(Err(refusal));
    }
    step(&mut checkout, "place")?;
    sell_in(tx, &checkout).await?;
    let accept_by = tx.now().plus(terms::ACCEPT_WITHIN);
    // The order takes its address first: saving the checkout removes an erased buyer's.
    orders::insert(tx, order, &checkout, accept_by).await?;
    checkouts::save(tx, &checkout).await?;
    tx.enqueue(&CancelUnaccepted { order }, accept_by)?;
    tell_in(tx, &checkout, order).await?;
    tx.done(id).await?;
    Ok(Ok(()))
}

/// Held units become sold ones.
async fn sell_in(tx: &mut Tx, checkout: &Checkout) -> Result<(), Fault> {
    let before = stock::lock(tx, checkout.variant).await?;
    let units = holds::end(tx, checkout.id).await?.ok_or_else(|| Fault::internal("a checkout being paid has no hold"))?;
    let after = before.sell(units).map_err(Fault::internal)?;
    stock::save(tx, checkout.variant, Movement { verb: "sell", before, after, reason: "" }).await
}

async fn tell_in(tx: &mut Tx, checkout: &Checkout, order: Id<ids::Order>) -> Result<(), Fault> {
    let head = orders::lock(tx, order).await?.ok_or_else(|| Fault::internal("a placed order is gone"))?.head();
    let (product, post, at) = (checkout.product, checkout.post, tx.now());
    tx.publish(&OrderPlaced { head: head.clone(), product, post, at })?;
    tx.publish(&PaymentReceived { head })
}

/// The money was refused: the buyer may try again while there is time.
async fn refused_in(tx: &mut Tx, id: Id<ids::Checkout>, order: Id<ids::Order>) -> Result<(), Fault> {
    let mut checkout = checkouts::lock(tx, id).await?.ok_or_else(Fault::not_found)?;
    if !checkout.awaits(order) {
        return Ok(());
    }
    if checkout.expires_at <= tx.now() {
        return end_attempt_in(tx, &mut checkout, order, "expire").await;
    }
    step(&mut checkout, "reopen")?;
    checkout.order_id = None;
    holds::set_end(tx, id, Some(checkout.expires_at)).await?;
    tx.enqueue(&RefundOrder { order }, tx.now())?;
    checkouts::save(tx, &checkout).await
}

/// Ends a checkout whose attempt makes no order: the units go back, and so does whatever was or will be held for it.
async fn end_attempt_in(tx: &mut Tx, checkout: &mut Checkout, order: Id<ids::Order>, verb: &str) -> Result<(), Fault> {
    step(checkout, verb)?;
    checkout.order_id = None;
    tx.enqueue(&RefundOrder { order }, tx.now())?;
    end_in(tx, checkout).await
}

/// Takes a move of payment's.
fn step(checkout: &mut Checkout, verb: &str) -> Result<(), Fault> {
    let next = CHECKOUT.step(checkout.state, verb, By::Payment);
    checkout.state = next.ok_or_else(|| Fault::internal(format_args!("{:?} can't {verb}", checkout.state)))?;
    Ok(())
}
