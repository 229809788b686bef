//! Opens a shop.

use contracts::{commerce::ShopChanged, ids::Shop};
use garde::Validate;
use host::Here;
use kernel::{Actor, Fault, Id, text::line};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{model::handle::handle, ops::must_be_open, store::shops};

/// A new shop.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub struct OpenShop {
    #[garde(length(chars, min = 1, max = 80), custom(line))]
    #[schema(example = "Amina Fabrics")]
    pub name: String,
    /// 3 to 30 letters, digits and underscores.
    #[garde(skip)]
    #[schema(example = "amina_fabrics")]
    pub handle: String,
}

pub async fn open_shop(here: &Here, actor: &Actor, cmd: OpenShop) -> Result<Id<Shop>, Fault> {
    let (owner, handle, id) = (actor.user()?, handle(&cmd.handle)?, here.ids.next());
    host::write!(here.db, async |tx| {
        must_be_open(tx, owner).await?;
        shops::insert(tx, id, owner, &handle, &cmd.name).await?;
        tx.publish(&ShopChanged { shop: id, version: 1, owner, handle: handle.as_str().to_owned(), name: cmd.name.clone() })?;
        // A page's form has a key; the API's route has none.
        tx.done(id).await?;
        Ok(id)
    })
}
