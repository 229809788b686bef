//! Changes a product, puts it on the shelf or takes it off.

use contracts::{
    files::Owned,
    ids::{Media, Product},
};
use garde::Validate;
use host::Here;
use kernel::{
    Actor, Fault, Id, Money,
    text::{line, plain},
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::pictures_of;
use crate::{
    model::product::ProductState,
    ops::{copy_picture, must_be_open},
    store::products::{self, Changes},
};

/// What to change; what isn't given stays. Checkouts and orders keep the price they were quoted.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub struct ChangeProduct {
    #[garde(inner(length(chars, min = 1, max = 120), custom(line)))]
    #[schema(example = "Kitenge dress")]
    pub name: Option<String>,
    #[garde(inner(length(chars, max = 5000), custom(plain)))]
    #[schema(example = "Cotton, all sizes")]
    pub description: Option<String>,
    #[garde(skip)]
    pub price: Option<Money>,
    /// Pictures the seller uploaded, in the order they are shown; they take the place of all it had.
    #[garde(inner(length(max = 10)))]
    pub media_ids: Option<Vec<Id<Media>>>,
}

pub async fn change_product(here: &Here, actor: &Actor, id: Id<Product>, cmd: ChangeProduct) -> Result<(), Fault> {
    if let Some(price) = cmd.price {
        price.must_be_positive("/price")?;
    }
    let owned = pictures_of(here, actor.user()?, cmd.media_ids.as_deref().unwrap_or_default()).await?;
    let ChangeProduct { name, description, price, media_ids } = cmd;
    change(here, actor, id, Changes { name, description, price, pictures: media_ids, state: None }, &owned).await
}

/// Puts it on the shelf; doing it twice is doing it once.
pub async fn publish_product(here: &Here, actor: &Actor, id: Id<Product>) -> Result<(), Fault> {
    change(here, actor, id, Changes { state: Some(ProductState::Active), ..Changes::default() }, &[]).await
}

/// Takes it off the shelf; doing it twice is doing it once.
pub async fn archive_product(here: &Here, actor: &Actor, id: Id<Product>) -> Result<(), Fault> {
    change(here, actor, id, Changes { state: Some(ProductState::Archived), ..Changes::default() }, &[]).await
}

async fn change(here: &Here, actor: &Actor, id: Id<Product>, changes: Changes, owned: &[Owned]) -> Result<(), Fault> {
    let owner = actor.user()?;
    host::write!(here.db, async |tx| {
        must_be_open(tx, owner).await?;
        copy_picture::answered_in(tx, owner, owned).await?;
        if products::change(tx, id, owner, &changes).await? { Ok(()) } else { Err(Fault::not_found()) }
    })
}
