//! Buying.

use axum::{Json, extract::State, http::StatusCode};
use contracts::ids::Checkout;
use host::{
    Here,
    http::{Answer, Body, Caller, Created, IdempotencyKey, MoneyOnce, Path},
};
use kernel::Id;

use crate::{
    ops::checkouts::{
        cancel_checkout,
        change_checkout::{self, ChangeCheckout},
        open_checkout::{self, OpenCheckout},
        pay_checkout::{self, PayCheckout},
    },
    views::{
        self,
        checkouts::{CheckoutView, PaidView},
    },
};

/// Open a checkout: a price, and units held for 15 minutes. Too late is 409 `commerce.sold_out`; what is withheld isn't there.
/// Refused with `commerce.account_locked`, `commerce.not_on_sale`, `commerce.own_shop`, `commerce.shop_closed`,
/// `commerce.too_many_holds`.
#[utoipa::path(post, path = "/checkouts", tag = "commerce", params(IdempotencyKey), request_body = OpenCheckout,
    responses((status = 201, body = CheckoutView)))]
pub async fn open(
    State(here): State<Here>,
    Caller(actor): Caller,
    once: MoneyOnce<OpenCheckout>,
) -> Answer<Created<CheckoutView>> {
    let id = once.run(&here, async |cmd| open_checkout::open_checkout(&here, &actor, &cmd).await).await?;
    Ok(Created(views::checkouts::by_id(&here, actor.user()?, id).await?))
}

/// My checkout.
#[utoipa::path(get, path = "/checkouts/{id}", tag = "commerce", params(("id" = Id<Checkout>, Path)),
    responses((status = 200, body = CheckoutView)))]
pub async fn show(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<Checkout>>) -> Answer<Json<CheckoutView>> {
    Ok(Json(views::checkouts::by_id(&here, actor.user()?, id).await?))
}

/// Renew my checkout, once, or say where the goods go.
/// Refused with `commerce.account_locked`, `commerce.already_renewed`, `commerce.checkout_expired`, `commerce.checkout_over`,
/// `commerce.not_on_sale`.
#[utoipa::path(patch, path = "/checkouts/{id}", tag = "commerce", params(("id" = Id<Checkout>, Path)), request_body = ChangeCheckout,
    responses((status = 200, body = CheckoutView)))]
pub async fn change(
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Checkout>>,
    Body(cmd): Body<ChangeCheckout>,
) -> Answer<Json<CheckoutView>> {
    change_checkout::change_checkout(&here, &actor, id, &cmd).await?;
    Ok(Json(views::checkouts::by_id(&here, actor.user()?, id).await?))
}

/// Cancel my checkout; its units are free again.
/// Refused with `commerce.account_locked`, `commerce.checkout_over`, `commerce.checkout_paying`.
#[utoipa::path(delete, path = "/checkouts/{id}", tag = "commerce", params(("id" = Id<Checkout>, Path)), responses((status = 204)))]
pub async fn cancel(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<Checkout>>) -> Answer<StatusCode> {
    cancel_checkout::cancel_checkout(&here, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Pay my checkout: the money is held, and the order stands. 503 means that the payment goes on: ask again. Physical goods
/// without an address are 409 `commerce.address_missing`.
/// Refused with `commerce.account_locked`, `commerce.checkout_expired`, `commerce.checkout_over`, `commerce.not_on_sale`,
/// `commerce.shop_closed`, `payment.insufficient_funds`.
#[utoipa::path(post, path = "/checkouts/{id}/pay", tag = "commerce", params(IdempotencyKey, ("id" = Id<Checkout>, Path)), request_body = PayCheckout,
    responses((status = 200, body = PaidView)))]
pub async fn pay(
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Checkout>>,
    once: MoneyOnce<PayCheckout>,
) -> Answer<Json<PaidView>> {
    let id = once.run(&here, async |cmd| pay_checkout::pay_checkout(&here, &actor, id, cmd).await).await?;
    Ok(Json(views::checkouts::paid(&here, actor.user()?, id).await?))
}
