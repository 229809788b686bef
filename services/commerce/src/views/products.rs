//! What a shop has on its shelves, newest first.

use contracts::{
    commerce::ProductCard,
    ids::{Product, Shop},
};
use host::Here;
use kernel::{Fault, Id, Page, PageQuery, User};

use super::{cards::product_cards, sellers::must_be_visible};

/// 404 where there is no such shop for the viewer.
pub async fn of_shop(
    here: &Here,
    viewer: Option<Id<User>>,
    shop: Id<Shop>,
    query: &PageQuery,
) -> Result<Page<ProductCard>, Fault> {
    must_be_visible(here, viewer, owner_of(here, shop).await?.ok_or_else(Fault::not_found)?).await?;
    let (limit, key, name) = (query.limit()?, here.config.keys.cursors(), format!("commerce.products.{shop}"));
    let after = query.after::<Id<Product>>(&key, &name)?;
    let ids: Vec<Id<Product>> = sqlx::query_scalar!(
        "select id
           from commerce.product
          where shop = $1
            and state = 'active'
            and id < coalesce($2, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
          order by id desc
          limit $3",
        shop.uuid(),
        after.map(Id::uuid),
        i64::from(limit) + 1,
    )
    .fetch_all(here.db.reader())
    .await?;
    let page = Page::cut(ids, limit, &key, &name, |id| *id)?;
    Ok(Page { items: product_cards(here, &page.items).await?, next_cursor: page.next_cursor })
}

async fn owner_of(here: &Here, shop: Id<Shop>) -> Result<Option<Id<User>>, Fault> {
    let owner = sqlx::query_scalar!("select owner from commerce.shop where id = $1 and state <> 'erased'", shop.uuid());
    Ok(owner.fetch_optional(here.db.reader()).await?)
}
