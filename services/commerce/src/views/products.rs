//! Products: one in full, its shelf, or what a shop has on its shelves.

use std::collections::HashSet;

use contracts::{
    commerce::ProductCard,
    files::{Picture, PictureView},
    ids::{Media, Product, Shop, Variant},
};
use host::Here;
use kernel::{Currency, Fault, Id, Money, Page, PageQuery, User};
use serde::Serialize;
use sqlx::types::Json;
use utoipa::ToSchema;

use super::{cards::product_cards, sellers::must_be_visible, shops::ShopCard};
use crate::model::product::{ProductKind, ProductState};

/// A product as it can be bought.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProductView {
    pub id: Id<Product>,
    #[schema(example = "Kitenge dress")]
    pub name: String,
    #[schema(example = "Cotton, all sizes")]
    pub description: String,
    pub kind: ProductKind,
    pub price: Money,
    pub variants: Vec<VariantView>,
    /// Prices by quantity: the deepest rung reached prices the whole line.
    pub ladder: Vec<Rung>,
    pub media_ids: Vec<Id<Media>>,
    /// Those of them that are ready, in their order.
    pub pictures: Vec<PictureView>,
    pub shop: ShopCard,
    pub status: ProductState,
    /// Whether it can be bought now: it is on the shelf, and its shop is open.
    pub on_sale: bool,
    /// Whether a moderator keeps it from everybody but its seller; not said where nobody does.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(example = false)]
    pub withheld: bool,
}

impl ProductView {
    /// Units that can be bought now.
    pub fn left(&self) -> i64 {
        self.variants.iter().map(|variant| variant.available).sum()
    }

    /// The variant that is bought; there is one yet.
    pub fn variant(&self) -> Result<Id<Variant>, Fault> {
        self.variants.first().map(|variant| variant.id).ok_or_else(Fault::not_found)
    }

    pub fn is_digital(&self) -> bool {
        self.kind == ProductKind::Digital
    }

    /// Whether it is on the shelf, be the shop open or not.
    pub fn is_active(&self) -> bool {
        self.status == ProductState::Active
    }

    /// Whether anybody but its seller finds it.
    pub fn is_public(&self) -> bool {
        self.is_active() && !self.withheld && !self.shop.withheld
    }
}

/// What is on the shelf.
#[derive(Debug, Serialize, ToSchema)]
pub struct VariantView {
    pub id: Id<Variant>,
    /// Units that can be bought now.
    #[schema(example = 12)]
    pub available: i64,
}

/// From so many units on, each costs so much.
#[derive(Debug, Serialize, ToSchema)]
pub struct Rung {
    #[schema(example = 1)]
    pub min_quantity: u32,
    pub price: Money,
}

struct Row {
    name: String,
    description: String,
    kind: ProductKind,
    price: i64,
    currency: Currency,
    media_ids: Vec<Id<Media>>,
    pictures: Option<Json<Vec<Picture>>>,
    state: ProductState,
    variant: Id<Variant>,
    available: i64,
    shop: Id<Shop>,
    handle: String,
    shop_name: String,
    owner: Id<User>,
    open: bool,
    withheld: bool,
    shop_withheld: bool,
}

/// A product; one that isn't on the shelf or is withheld is there for its owner only, and none for whom the seller isn't there.
pub async fn by_id(here: &Here, viewer: Option<Id<User>>, id: Id<Product>) -> Result<ProductView, Fault> {
    let row = load(here, id).await?.ok_or_else(Fault::not_found)?;
    let owner = row.owner;
    let product = view(id, row, &here.config.media_url);
    if viewer != Some(owner) && !product.is_public() {
        return Err(Fault::not_found());
    }
    must_be_visible(here, viewer, owner).await?;
    Ok(product)
}

fn view(id: Id<Product>, row: Row, media_url: &str) -> ProductView {
    let price = Money::new(row.price, row.currency);
    let pictures = row.pictures.map(|pictures| pictures.0).unwrap_or_default();
    ProductView {
        id,
        name: row.name,
        description: row.description,
        kind: row.kind,
        price,
        variants: vec![VariantView { id: row.variant, available: row.available }],
        ladder: vec![Rung { min_quantity: 1, price }],
        media_ids: row.media_ids,
        pictures: pictures.iter().map(|picture| picture.shown(media_url)).collect(),
        shop: ShopCard { id: row.shop, handle: row.handle, name: row.shop_name, owner: row.owner, withheld: row.shop_withheld },
        status: row.state,
        on_sale: row.state == ProductState::Active && row.open && !row.withheld,
        withheld: row.withheld,
    }
}

async fn load(here: &Here, id: Id<Product>) -> Result<Option<Row>, Fault> {
    Ok(sqlx::query_as!(
        Row,
        r#"select product.name, product.description, product.kind, product.price, product.currency,
                  product.pictures as media_ids, (select json_agg(known.picture order by named.place)
                     from unnest(product.pictures) with ordinality as named (media_id, place)
                     join commerce.picture known on known.media_id = named.media_id
                    where known.owner = shop.owner
                      and known.picture is not null) as "pictures: Json<Vec<Picture>>",
                  product.state, variant.id as variant, shelf.available as "available!",
                  shop.id as shop, shop.handle, shop.name as shop_name, shop.owner, trade.is_open as "open!",
                  product.withheld_at is not null as "withheld!", shop.withheld_at is not null as "shop_withheld!"
             from commerce.product
             join commerce.variant on variant.product = product.id
             join commerce.shop on shop.id = product.shop
            cross join lateral commerce.shelf(variant, $2) as shelf
            cross join lateral commerce.trade(shop.state, shop.owner, shop.withheld_at) as trade
            where product.id = $1
              and shop.state <> 'erased'"#,
        id.uuid(),
        here.clock.now(),
    )
    .fetch_optional(here.db.reader())
    .await?)
}

/// What is on a shelf, as its seller sees it after a count.
#[derive(Debug, Serialize, ToSchema)]
pub struct StockView {
    pub id: Id<Variant>,
    #[schema(example = 12)]
    pub available: i64,
    /// Everything that was ever put on the shelf, less what was taken out.
    #[schema(example = 20)]
    pub capacity: i64,
    #[schema(example = 1)]
    pub held: i64,
    #[schema(example = 7)]
    pub sold: i64,
}

/// The shelf of a variant of `owner`'s.
pub async fn stock(here: &Here, owner: Id<User>, id: Id<Variant>) -> Result<StockView, Fault> {
    let found = sqlx::query_as!(
        StockView,
        r#"select variant.id, shelf.available as "available!", capacity, held, sold
             from commerce.variant
             join commerce.product on product.id = variant.product
             join commerce.shop on shop.id = product.shop
            cross join lateral commerce.shelf(variant, $3) as shelf
            where variant.id = $1
              and shop.owner = $2"#,
        id.uuid(),
        owner.uuid(),
        here.clock.now(),
    );
    found.fetch_optional(here.db.reader()).await?.ok_or_else(Fault::not_found)
}

/// What a shop has on its shelves, newest first; 404 where there is no such shop for the viewer.
pub async fn of_shop(
    here: &Here,
    viewer: Option<Id<User>>,
    shop: Id<Shop>,
    query: &PageQuery,
) -> Result<Page<ProductCard>, Fault> {
    must_be_visible(here, viewer, owner_of(here, viewer, shop).await?.ok_or_else(Fault::not_found)?).await?;
    on_shelves(here, viewer, shop, query).await
}

/// The same, for whoever has seen the shop already. What is withheld stands on no shelf, not even for its seller.
pub async fn on_shelves(
    here: &Here,
    viewer: Option<Id<User>>,
    shop: Id<Shop>,
    query: &PageQuery,
) -> Result<Page<ProductCard>, Fault> {
    let (limit, key, name) = (query.limit()?, here.config.keys.cursors(), format!("commerce.products.{shop}"));
    let after = query.after::<Id<Product>>(&key, &name)?;
    let ids: Vec<Id<Product>> = sqlx::query_scalar!(
        "select id
           from commerce.product
          where shop = $1
            and state = 'active'
            and withheld_at is null
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
    Ok(Page { items: product_cards(here, viewer, &page.items).await?, next_cursor: page.next_cursor })
}

/// A product that stands on no shelf.
#[derive(Debug)]
pub struct Aside {
    pub card: ProductCard,
    pub withheld: bool,
}

struct AsideRow {
    id: Id<Product>,
    withheld: bool,
}

/// What its seller has taken off them, or a moderator withholds, newest first.
pub async fn off_shelves(here: &Here, owner: Id<User>, shop: Id<Shop>, query: &PageQuery) -> Result<Page<Aside>, Fault> {
    let (limit, key, name) = (query.limit()?, here.config.keys.cursors(), format!("commerce.archived.{shop}"));
    let after = query.after::<Id<Product>>(&key, &name)?;
    let rows = sqlx::query_as!(
        AsideRow,
        r#"select product.id, product.withheld_at is not null as "withheld!"
             from commerce.product
             join commerce.shop on shop.id = product.shop
            where product.shop = $1
              and shop.owner = $2
              and (product.state = 'archived' or product.withheld_at is not null)
              and product.id < coalesce($3, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
            order by product.id desc
            limit $4"#,
        shop.uuid(),
        owner.uuid(),
        after.map(Id::uuid),
        i64::from(limit) + 1,
    )
    .fetch_all(here.db.reader())
    .await?;
    let page = Page::cut(rows, limit, &key, &name, |row| row.id)?;
    let ids: Vec<_> = page.items.iter().map(|row| row.id).collect();
    let withheld: HashSet<_> = page.items.iter().filter(|row| row.withheld).map(|row| row.id).collect();
    let cards = product_cards(here, Some(owner), &ids).await?;
    let items = cards.into_iter().map(|card| Aside { withheld: withheld.contains(&card.id), card }).collect();
    Ok(Page { items, next_cursor: page.next_cursor })
}

/// Who has a shop that is there for the viewer.
async fn owner_of(here: &Here, viewer: Option<Id<User>>, shop: Id<Shop>) -> Result<Option<Id<User>>, Fault> {
    let owner = sqlx::query_scalar!(
        "select owner
           from commerce.shop
          where id = $1
            and state <> 'erased'
            and (withheld_at is null or owner = $2)",
        shop.uuid(),
        viewer.map(Id::uuid),
    );
    Ok(owner.fetch_optional(here.db.reader()).await?)
}
