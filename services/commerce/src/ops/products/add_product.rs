//! Adds a product to a shop, with its first stock.

use contracts::ids::{Media, Product, Shop};
use garde::Validate;
use host::Here;
use kernel::{
    Actor, Fault, Id, Money, Stock,
    text::{line, plain},
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::pictures_of;
use crate::{
    model::product::ProductKind,
    ops::{copy_picture, must_be_open},
    store::{
        products::{self, NewProduct},
        shops,
        stock::{self, Movement},
    },
};

/// A new product; it is on sale at once.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub struct AddProduct {
    #[garde(length(chars, min = 1, max = 120), custom(line))]
    #[schema(example = "Kitenge dress")]
    pub name: String,
    #[garde(length(chars, max = 5000), custom(plain))]
    #[schema(example = "Cotton, all sizes")]
    pub description: String,
    #[garde(skip)]
    pub kind: ProductKind,
    #[garde(skip)]
    pub price: Money,
    /// Units on the shelf.
    #[garde(range(min = 0, max = 1_000_000_000))]
    #[schema(example = 12)]
    pub stock: i64,
    /// Pictures the seller uploaded, in the order they are shown.
    #[garde(length(max = 10))]
    #[serde(default)]
    pub media_ids: Vec<Id<Media>>,
}

/// The kind of this name, for doors that get words.
pub fn kind_named(name: &str) -> Option<ProductKind> {
    ProductKind::named(name)
}

pub async fn add_product(here: &Here, actor: &Actor, shop: Id<Shop>, cmd: AddProduct) -> Result<Id<Product>, Fault> {
    let owner = actor.user()?;
    cmd.price.must_be_positive("/price")?;
    let owned = pictures_of(here, owner, &cmd.media_ids).await?;
    let AddProduct { name, description, kind, price, media_ids, .. } = cmd;
    let (id, variant) = (here.ids.next(), here.ids.next());
    let new = NewProduct { id, variant, shop, name, description, kind, price, pictures: media_ids };
    let before = Stock { capacity: 0, held: 0, sold: 0 };
    let first = Movement { verb: "stock", before, after: Stock { capacity: cmd.stock, ..before }, reason: "first stock" };
    host::write!(here.db, async |tx| {
        must_be_open(tx, owner).await?;
        if !shops::lock_owned(tx, shop, owner).await? {
            return Err(Fault::not_found());
        }
        copy_picture::answered_in(tx, owner, &owned).await?;
        products::insert(tx, &new).await?;
        stock::save(tx, variant, first).await?;
        tx.done(id).await?;
        Ok(id)
    })
}
