//! Shops, as anybody sees them.

use contracts::ids::Shop;
use host::Here;
use kernel::{Fault, Id, Page, PageQuery, Timestamp, User};
use serde::Serialize;
use utoipa::ToSchema;

use super::sellers::must_be_visible;

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
    /// Whether a moderator keeps it and what it sells from everybody but its owner; not said where nobody does.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(example = false)]
    pub withheld: bool,
    /// Whether its owner has it open, whatever else keeps it from selling.
    #[serde(skip)]
    pub is_meant_open: bool,
}

/// A shop in passing: who one buys from.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShopCard {
    pub id: Id<Shop>,
    #[schema(example = "amina_fabrics")]
    pub handle: String,
    /// Whoever bought there is told its handle instead while a moderator keeps the shop from everybody but its owner.
    #[schema(example = "Amina Fabrics")]
    pub name: String,
    pub owner: Id<User>,
    /// Whether nobody but its owner finds it.
    #[serde(skip)]
    pub withheld: bool,
}

/// A shop; 404 where the viewer may not know of its owner, or it is withheld from them.
pub async fn by_id(here: &Here, viewer: Option<Id<User>>, id: Id<Shop>) -> Result<ShopView, Fault> {
    let found = sqlx::query_as!(
        ShopView,
        r#"select id, handle, name, description, owner, trade.is_open as "open!", opened_at,
                  withheld_at is not null as "withheld!", state = 'open' as "is_meant_open!"
             from commerce.shop
            cross join lateral commerce.trade(shop.state, shop.owner, shop.withheld_at) as trade
            where id = $1
              and state <> 'erased'"#,
        id.uuid(),
    );
    shown(here, viewer, found.fetch_optional(here.db.reader()).await?).await
}

/// The same by its handle: with or without the `$`, in any case.
pub async fn by_handle(here: &Here, viewer: Option<Id<User>>, handle: &str) -> Result<ShopView, Fault> {
    let found = sqlx::query_as!(
        ShopView,
        r#"select id, handle, name, description, owner, trade.is_open as "open!", opened_at,
                  withheld_at is not null as "withheld!", state = 'open' as "is_meant_open!"
             from commerce.shop
            cross join lateral commerce.trade(shop.state, shop.owner, shop.withheld_at) as trade
            where handle = $1
              and state <> 'erased'"#,
        handle.trim_start_matches('$').to_lowercase(),
    );
    shown(here, viewer, found.fetch_optional(here.db.reader()).await?).await
}

/// The shop `name` means: an id or a handle.
pub async fn find(here: &Here, viewer: Option<Id<User>>, name: &str) -> Result<ShopView, Fault> {
    match name.parse() {
        Ok(id) => by_id(here, viewer, id).await,
        Err(_) => by_handle(here, viewer, name).await,
    }
}

/// The shops of `owner`, newest first.
pub async fn of_owner(here: &Here, owner: Id<User>, query: &PageQuery) -> Result<Page<ShopView>, Fault> {
    let (limit, key, name) = (query.limit()?, here.config.keys.cursors(), format!("commerce.shops.{owner}"));
    let after = query.after::<Id<Shop>>(&key, &name)?;
    let rows = sqlx::query_as!(
        ShopView,
        r#"select id, handle, name, description, owner, trade.is_open as "open!", opened_at,
                  withheld_at is not null as "withheld!", state = 'open' as "is_meant_open!"
             from commerce.shop
            cross join lateral commerce.trade(shop.state, shop.owner, shop.withheld_at) as trade
            where owner = $1
              and state <> 'erased'
              and id < coalesce($2, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
            order by id desc
            limit $3"#,
        owner.uuid(),
        after.map(Id::uuid),
        i64::from(limit) + 1,
    )
    .fetch_all(here.db.reader())
    .await?;
    Page::cut(rows, limit, &key, &name, |row| row.id)
}

async fn shown(here: &Here, viewer: Option<Id<User>>, found: Option<ShopView>) -> Result<ShopView, Fault> {
    let shop = found.filter(|shop| !shop.withheld || viewer == Some(shop.owner)).ok_or_else(Fault::not_found)?;
    must_be_visible(here, viewer, shop.owner).await?;
    Ok(shop)
}
