//! The product rows and their variants.

use contracts::ids::{Media, Product, Shop, Variant};
use host::Tx;
use kernel::{Fault, Id, Money, Timestamp, User};

use sqlx::types::Uuid;

use crate::model::product::{ProductKind, ProductState};

/// A product that is added, with the one variant it has.
#[derive(Debug)]
pub struct NewProduct {
    pub id: Id<Product>,
    pub variant: Id<Variant>,
    pub shop: Id<Shop>,
    pub name: String,
    pub description: String,
    pub kind: ProductKind,
    pub price: Money,
    pub pictures: Vec<Id<Media>>,
}

/// What changes; `None` stays as it is.
#[derive(Debug, Default)]
pub struct Changes {
    pub name: Option<String>,
    pub description: Option<String>,
    pub price: Option<Money>,
    pub pictures: Option<Vec<Id<Media>>>,
    pub state: Option<ProductState>,
}

/// Inserts the product and its empty shelf.
pub async fn insert(tx: &mut Tx, new: &NewProduct) -> Result<(), Fault> {
    sqlx::query!(
        "with product as (
             insert into commerce.product (id, shop, name, description, kind, price, currency, pictures)
             values ($1, $3, $4, $5, $6, $7, $8, $9)
             returning id
         )
         insert into commerce.variant (id, product, capacity)
         select $2, product.id, 0
           from product",
        new.id.uuid(),
        new.variant.uuid(),
        new.shop.uuid(),
        new.name,
        new.description,
        new.kind.name(),
        new.price.minor(),
        new.price.currency().code(),
        &uuids(&new.pictures),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Changes a product of a shop of `owner`'s; says whether there is one.
pub async fn change(tx: &mut Tx, id: Id<Product>, owner: Id<User>, changes: &Changes) -> Result<bool, Fault> {
    let pictures = changes.pictures.as_deref().map(uuids);
    let changed = sqlx::query!(
        "update commerce.product
            set name = coalesce($3, product.name),
                description = coalesce($4, product.description),
                price = coalesce($5, price),
                currency = coalesce($6, currency),
                state = coalesce($7, product.state),
                pictures = coalesce($8, product.pictures)
           from commerce.shop
          where product.id = $1
            and shop.id = product.shop
            and shop.owner = $2
            and shop.state <> 'erased'",
        id.uuid(),
        owner.uuid(),
        changes.name.as_deref(),
        changes.description.as_deref(),
        changes.price.map(Money::minor),
        changes.price.map(|price| price.currency().code()),
        changes.state.map(ProductState::name),
        pictures.as_deref(),
    )
    .execute(tx.conn())
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// Keeps since when only its owner sees a product, unless a newer decision is known. A product that isn't there stays so.
pub async fn withhold(tx: &mut Tx, id: Id<Product>, since: Option<Timestamp>, version: i64) -> Result<(), Fault> {
    sqlx::query!(
        "update commerce.product
            set withheld_at = $2, withheld_version = $3
          where id = $1
            and withheld_version < $3",
        id.uuid(),
        since,
        version,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

fn uuids(media: &[Id<Media>]) -> Vec<Uuid> {
    media.iter().map(|media| media.uuid()).collect()
}

/// Whether a variant is of a shop of `owner`'s.
pub async fn owns_variant(tx: &mut Tx, variant: Id<Variant>, owner: Id<User>) -> Result<bool, Fault> {
    let owned = sqlx::query_scalar!(
        "select 1
           from commerce.variant
           join commerce.product on product.id = variant.product
           join commerce.shop on shop.id = product.shop
          where variant.id = $1
            and shop.owner = $2
            and shop.state <> 'erased'",
        variant.uuid(),
        owner.uuid(),
    );
    Ok(owned.fetch_optional(tx.conn()).await?.is_some())
}
