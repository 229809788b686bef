//! Topping up.

use axum::{Json, extract::State};
use contracts::ids::TopUp;
use host::{
    Here,
    http::{Accepted, Answer, Caller, IdempotencyKey, MoneyOnce, Path},
};
use kernel::Id;

use crate::{
    ops::open_top_up::{self, OpenTopUp},
    views::top_ups::{self, TopUpView},
};

/// Bring money into my wallet. The provider's answer comes later: look again until the status isn't `pending`.
/// Refused with `payment.account_locked`, `payment.currency_unsupported`, `payment.method_unavailable`,
/// `payment.top_up_too_large`.
#[utoipa::path(post, path = "/wallet/top-ups", tag = "payment", request_body = OpenTopUp,
    params(IdempotencyKey), responses((status = 202, body = TopUpView)))]
pub async fn open(State(here): State<Here>, Caller(actor): Caller, once: MoneyOnce<OpenTopUp>) -> Answer<Accepted<TopUpView>> {
    let id = once.run(&here, async |cmd| open_top_up::open_top_up(&here, &actor, cmd).await).await?;
    Ok(Accepted(top_ups::by_id(&here, actor.user()?, id).await?))
}

/// One of my top-ups.
#[utoipa::path(get, path = "/wallet/top-ups/{id}", tag = "payment", params(("id" = Id<TopUp>, Path)),
    responses((status = 200, body = TopUpView)))]
pub async fn show(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<TopUp>>) -> Answer<Json<TopUpView>> {
    Ok(Json(top_ups::by_id(&here, actor.user()?, id).await?))
}
