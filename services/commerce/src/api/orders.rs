//! Orders, for both of their sides.

use axum::{Json, extract::State};
use contracts::ids::Order;
use host::{
    Here,
    http::{Answer, Body, Caller, IdempotencyKey, MoneyOnce, NoBody, Path, Query},
};
use kernel::{Id, Page, PageQuery};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    ops::orders::{
        accept_order, cancel_order, confirm_order,
        deliver_order::{self, DeliverOrder},
        extend_order, renew_code,
        ship_order::{self, ShipOrder},
    },
    views::{
        self,
        orders::{OrderLine, OrderView, Party},
    },
};

/// Which orders are listed.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct As {
    /// As whom: the buyer, unless said otherwise.
    #[serde(default)]
    #[param(inline)]
    role: Party,
}

/// My orders, newest first.
#[utoipa::path(get, path = "/orders", tag = "commerce", params(As, PageQuery), responses((status = 200, body = Page<OrderLine>)))]
pub async fn list(
    State(here): State<Here>,
    Caller(actor): Caller,
    Query(as_whom): Query<As>,
    Query(page): Query<PageQuery>,
) -> Answer<Json<Page<OrderLine>>> {
    Ok(Json(views::orders::list(&here, actor.user()?, as_whom.role, &page).await?))
}

/// My order, bought or sold.
#[utoipa::path(get, path = "/orders/{id}", tag = "commerce", params(("id" = Id<Order>, Path)), responses((status = 200, body = OrderView)))]
pub async fn show(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<Order>>) -> Answer<Json<OrderView>> {
    Ok(Json(views::orders::by_id(&here, actor.user()?, id).await?))
}

/// Take an order on, as its seller.
/// Refused with `commerce.not_your_move`, `commerce.order_moved_on`.
#[utoipa::path(post, path = "/orders/{id}/accept", tag = "commerce", params(("id" = Id<Order>, Path)),
    responses((status = 200, body = OrderView)))]
pub async fn accept(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<Order>>) -> Answer<Json<OrderView>> {
    accept_order::accept_order(&here, &actor, id).await?;
    Ok(Json(views::orders::by_id(&here, actor.user()?, id).await?))
}

/// Send the goods, as the seller; the buyer gets a hand-over code.
/// Refused with `commerce.not_your_move`, `commerce.order_moved_on`.
#[utoipa::path(post, path = "/orders/{id}/ship", tag = "commerce", params(("id" = Id<Order>, Path)), request_body = ShipOrder,
    responses((status = 200, body = OrderView)))]
pub async fn ship(
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Order>>,
    Body(cmd): Body<ShipOrder>,
) -> Answer<Json<OrderView>> {
    ship_order::ship_order(&here, &actor, id, &cmd).await?;
    Ok(Json(views::orders::by_id(&here, actor.user()?, id).await?))
}

/// Hand the goods over, as the seller, with the buyer's code. After 5 misses: 409 `commerce.handover_locked`.
/// Refused with `commerce.handover_wrong`, `commerce.not_your_move`.
#[utoipa::path(post, path = "/orders/{id}/deliver", tag = "commerce", params(IdempotencyKey, ("id" = Id<Order>, Path)), request_body = DeliverOrder,
    responses((status = 200, body = OrderView)))]
pub async fn deliver(
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Order>>,
    once: MoneyOnce<DeliverOrder>,
) -> Answer<Json<OrderView>> {
    let id = once.run(&here, async |cmd| deliver_order::deliver_order(&here, &actor, id, &cmd).await).await?;
    Ok(Json(views::orders::by_id(&here, actor.user()?, id).await?))
}

/// Say that the goods arrived, as the buyer; the money goes to the seller.
/// Refused with `commerce.not_your_move`, `commerce.order_moved_on`.
#[utoipa::path(post, path = "/orders/{id}/confirm", tag = "commerce", params(IdempotencyKey, ("id" = Id<Order>, Path)),
    responses((status = 200, body = OrderView)))]
pub async fn confirm(
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Order>>,
    once: MoneyOnce<NoBody>,
) -> Answer<Json<OrderView>> {
    let id = once.run(&here, async |_| confirm_order::confirm_order(&here, &actor, id).await).await?;
    Ok(Json(views::orders::by_id(&here, actor.user()?, id).await?))
}

/// Call an order off before it is shipped, as either side; money and goods go back.
/// Refused with `commerce.order_moved_on`.
#[utoipa::path(post, path = "/orders/{id}/cancel", tag = "commerce", params(IdempotencyKey, ("id" = Id<Order>, Path)),
    responses((status = 200, body = OrderView)))]
pub async fn cancel(
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Order>>,
    once: MoneyOnce<NoBody>,
) -> Answer<Json<OrderView>> {
    let id = once.run(&here, async |_| cancel_order::cancel_order(&here, &actor, id).await).await?;
    Ok(Json(views::orders::by_id(&here, actor.user()?, id).await?))
}

/// Make a new hand-over code, as the buyer; the old one and its misses are gone.
/// Refused with `commerce.not_your_move`.
#[utoipa::path(post, path = "/orders/{id}/handover-code", tag = "commerce", params(("id" = Id<Order>, Path)),
    responses((status = 200, body = OrderView)))]
pub async fn renew_code(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<Order>>) -> Answer<Json<OrderView>> {
    renew_code::renew_code(&here, &actor, id).await?;
    Ok(Json(views::orders::by_id(&here, actor.user()?, id).await?))
}

/// Ask for a week more before the order counts as delivered, as the buyer, once.
/// Refused with `commerce.already_extended`, `commerce.not_your_move`, `commerce.order_moved_on`.
#[utoipa::path(post, path = "/orders/{id}/extend", tag = "commerce", params(("id" = Id<Order>, Path)),
    responses((status = 200, body = OrderView)))]
pub async fn extend(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<Order>>) -> Answer<Json<OrderView>> {
    extend_order::extend_order(&here, &actor, id).await?;
    Ok(Json(views::orders::by_id(&here, actor.user()?, id).await?))
}
