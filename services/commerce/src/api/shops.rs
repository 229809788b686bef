//! Shops.

use axum::{Json, extract::State};
use contracts::ids::Shop;
use host::{
    Here,
    http::{Answer, Body, Caller, Created, Path},
};
use kernel::Id;

use crate::{
    ops::shops::{
        change_shop::{self, ChangeShop},
        open_shop::{self, OpenShop},
    },
    views::{self, shops::ShopView},
};

/// Open a shop. A handle another shop has is 409 `commerce.handle_taken`.
/// Refused with `commerce.account_locked`, `commerce.handle_invalid`.
#[utoipa::path(post, path = "/shops", tag = "commerce", request_body = OpenShop, responses((status = 201, body = ShopView)))]
pub async fn open(State(here): State<Here>, Caller(actor): Caller, Body(cmd): Body<OpenShop>) -> Answer<Created<ShopView>> {
    let id = open_shop::open_shop(&here, &actor, cmd).await?;
    Ok(Created(views::shops::by_id(&here, actor.viewer(), id).await?))
}

/// A shop, by id or handle.
#[utoipa::path(get, path = "/shops/{shop}", tag = "commerce",
    params(("shop" = String, Path, description = "An id or a handle", example = "amina_fabrics")),
    responses((status = 200, body = ShopView)), security((), ("bearer" = [])))]
pub async fn show(State(here): State<Here>, Caller(actor): Caller, Path(shop): Path<String>) -> Answer<Json<ShopView>> {
    Ok(Json(views::shops::find(&here, actor.viewer(), &shop).await?))
}

/// Change my shop, or send it on holiday. One that is withheld keeps its name: 409 `commerce.shop_withheld`.
/// Refused with `commerce.account_locked`.
#[utoipa::path(patch, path = "/shops/{shop}", tag = "commerce", params(("shop" = Id<Shop>, Path)), request_body = ChangeShop,
    responses((status = 200, body = ShopView)))]
pub async fn change(
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Shop>>,
    Body(cmd): Body<ChangeShop>,
) -> Answer<Json<ShopView>> {
    change_shop::change_shop(&here, &actor, id, cmd).await?;
    Ok(Json(views::shops::by_id(&here, actor.viewer(), id).await?))
}
