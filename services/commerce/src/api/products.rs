//! Products and their shelves.

use axum::{Json, extract::State, http::StatusCode};
use contracts::{
    commerce::ProductCard,
    ids::{Product, Shop, Variant},
};
use host::{
    Here,
    http::{Answer, Body, Caller, Created, IdempotencyKey, Once, Path, Query},
};
use kernel::{Id, Page, PageQuery};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    ops::products::{
        add_product::{self, AddProduct},
        change_product::{self, ChangeProduct},
        change_stock::{self, ChangeStock},
    },
    views::{
        self,
        products::{ProductView, StockView},
    },
};

/// Add a product to my shop; it is on sale at once.
/// Refused with `commerce.account_locked`, `commerce.media_unknown`.
#[utoipa::path(post, path = "/shops/{id}/products", tag = "commerce", params(IdempotencyKey, ("id" = Id<Shop>, Path)), request_body = AddProduct,
    responses((status = 201, body = ProductView)))]
pub async fn add(
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(shop): Path<Id<Shop>>,
    once: Once<AddProduct>,
) -> Answer<Created<ProductView>> {
    let id = once.run(&here, async |cmd| add_product::add_product(&here, &actor, shop, cmd).await).await?;
    Ok(Created(views::products::by_id(&here, actor.viewer(), id).await?))
}

/// A product with its price and what is left of it.
#[utoipa::path(get, path = "/products/{id}", tag = "commerce", params(("id" = Id<Product>, Path)),
    responses((status = 200, body = ProductView)), security((), ("bearer" = [])))]
pub async fn show(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<Product>>) -> Answer<Json<ProductView>> {
    Ok(Json(views::products::by_id(&here, actor.viewer(), id).await?))
}

/// Change my product. Checkouts and orders keep the price they were quoted.
/// Refused with `commerce.account_locked`, `commerce.media_unknown`.
#[utoipa::path(patch, path = "/products/{id}", tag = "commerce", params(("id" = Id<Product>, Path)), request_body = ChangeProduct,
    responses((status = 200, body = ProductView)))]
pub async fn change(
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Product>>,
    Body(cmd): Body<ChangeProduct>,
) -> Answer<Json<ProductView>> {
    change_product::change_product(&here, &actor, id, cmd).await?;
    Ok(Json(views::products::by_id(&here, actor.viewer(), id).await?))
}

/// Put my product on the shelf.
/// Refused with `commerce.account_locked`.
#[utoipa::path(post, path = "/products/{id}/publish", tag = "commerce", params(("id" = Id<Product>, Path)), responses((status = 204)))]
pub async fn publish(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<Product>>) -> Answer<StatusCode> {
    change_product::publish_product(&here, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Take my product off the shelf.
/// Refused with `commerce.account_locked`.
#[utoipa::path(post, path = "/products/{id}/archive", tag = "commerce", params(("id" = Id<Product>, Path)), responses((status = 204)))]
pub async fn archive(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<Product>>) -> Answer<StatusCode> {
    change_product::archive_product(&here, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Whose products are listed.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OfShop {
    /// The shop's id.
    shop: Id<Shop>,
}

/// What a shop has on its shelves, newest first.
#[utoipa::path(get, path = "/products", tag = "commerce", params(OfShop, PageQuery),
    responses((status = 200, body = Page<ProductCard>)), security((), ("bearer" = [])))]
pub async fn list(
    State(here): State<Here>,
    Caller(actor): Caller,
    Query(of): Query<OfShop>,
    Query(page): Query<PageQuery>,
) -> Answer<Json<Page<ProductCard>>> {
    Ok(Json(views::products::of_shop(&here, actor.viewer(), of.shop, &page).await?))
}

/// Count more or fewer units; below what is held or sold is 409 `commerce.stock_short`.
/// Refused with `commerce.account_locked`.
#[utoipa::path(post, path = "/variants/{id}/stock", tag = "commerce", params(IdempotencyKey, ("id" = Id<Variant>, Path)), request_body = ChangeStock,
    responses((status = 200, body = StockView)))]
pub async fn change_stock(
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Variant>>,
    once: Once<ChangeStock>,
) -> Answer<Json<StockView>> {
    let id = once.run(&here, async |cmd| change_stock::change_stock(&here, &actor, id, &cmd).await).await?;
    Ok(Json(views::products::stock(&here, actor.user()?, id).await?))
}
