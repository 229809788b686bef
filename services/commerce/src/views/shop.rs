//! Shops, as anybody sees them.

use contracts::ids::Shop;
use host::Here;
use kernel::{Fault, Id, Timestamp, User};
use serde::Serialize;
use utoipa::ToSchema;

/// A shop.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShopView {
    pub id: Id<Shop>,
    #[schema(example = "amina_fabrics")]
    pub handle: String,
    #[schema(example = "Amina Fabrics")]
    pub name: String,
    #[schema(example = "Kitenge from Kariakoo.")]
    pub description: String,
    /// Who sells here.
    pub owner: Id<User>,
    /// Whether anything can be bought now.
    pub open: bool,
    pub opened_at: Timestamp,
}

/// A shop in passing: who one buys from.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShopCard {
    pub id: Id<Shop>,
    #[schema(example = "amina_fabrics")]
    pub handle: String,
    #[schema(example = "Amina Fabrics")]
    pub name: String,
    pub owner: Id<User>,
}

pub async fn by_id(here: &Here, id: Id<Shop>) -> Result<ShopView, Fault> {
    let found = sqlx::query_as!(
        ShopView,
        r#"select id, handle, name, description, owner, commerce.is_open(shop.state, shop.owner) as "open!", opened_at
             from commerce.shop
            where id = $1
              and state <> 'erased'"#,
        id.uuid(),
    );
    found.fetch_optional(here.db.reader()).await?.ok_or_else(Fault::not_found)
}

/// With or without the `$`, in any case.
pub async fn by_handle(here: &Here, handle: &str) -> Result<ShopView, Fault> {
    let found = sqlx::query_as!(
        ShopView,
        r#"select id, handle, name, description, owner, commerce.is_open(shop.state, shop.owner) as "open!", opened_at
             from commerce.shop
            where handle = $1
              and state <> 'erased'"#,
        handle.trim_start_matches('$').to_lowercase(),
    );
    found.fetch_optional(here.db.reader()).await?.ok_or_else(Fault::not_found)
}
