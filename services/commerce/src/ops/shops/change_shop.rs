//! Changes a shop, or sends it on holiday.

use contracts::ids::Shop;
use garde::Validate;
use host::Here;
use kernel::{
    Actor, Fault, Id,
    text::{line, plain},
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::retell_shops::changed;
use crate::{
    model::shop::ShopState,
    ops::must_be_open,
    store::shops::{self, Changes},
};

/// What to change; what isn't given stays.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub struct ChangeShop {
    #[garde(inner(length(chars, min = 1, max = 80), custom(line)))]
    #[schema(example = "Amina Fabrics")]
    pub name: Option<String>,
    #[garde(inner(length(chars, max = 1000), custom(plain)))]
    #[schema(example = "Kitenge from Kariakoo.")]
    pub description: Option<String>,
    /// False is holiday: everything stays to be seen, and nothing can be bought.
    #[garde(skip)]
    #[schema(example = true)]
    pub open: Option<bool>,
}

pub async fn change_shop(here: &Here, actor: &Actor, id: Id<Shop>, cmd: ChangeShop) -> Result<(), Fault> {
    let owner = actor.user()?;
    let state = cmd.open.map(|open| if open { ShopState::Open } else { ShopState::Holiday });
    let changes = Changes { name: cmd.name, description: cmd.description, state };
    host::write!(here.db, async |tx| {
        must_be_open(tx, owner).await?;
        if let Some(name) = &changes.name {
            shops::lock_named(tx, id, owner).await?.ok_or_else(Fault::not_found)?.may_be_called(name)?;
        }
        let face = shops::change(tx, id, owner, &changes).await?.ok_or_else(Fault::not_found)?;
        tx.publish(&changed(face))
    })
}
