//! Products in passing.

use contracts::{
    commerce::ProductCard,
    files::Picture,
    ids::{Product, Variant},
};
use host::Here;
use kernel::{Currency, Fault, Id, Money, User};
use sqlx::types::{Json, Uuid};

struct Row {
    id: Id<Product>,
    variant: Id<Variant>,
    name: String,
    price: i64,
    currency: Currency,
    available: i64,
    on_sale: bool,
    seller: Id<User>,
    shop_handle: String,
    shop_name: String,
    picture: Option<Json<Picture>>,
}

/// Cards in the order asked, in one statement; unknown ids are left out, and so is what is withheld, unless it is the viewer's: its name and
/// picture may be why.
///
/// Pictures are looked for only where there may be any, and all pictures of a product only where its first one isn't there.
pub async fn product_cards(here: &Here, viewer: Option<Id<User>>, products: &[Id<Product>]) -> Result<Vec<ProductCard>, Fault> {
    let products: Vec<Uuid> = products.iter().map(|product| product.uuid()).collect();
    let rows = sqlx::query_as!(
        Row,
        r#"select product.id, variant.id as variant, product.name, product.price, product.currency,
                  shelf.available as "available!",
                  product.state = 'active' and product.withheld_at is null and trade.is_open as "on_sale!",
                  shop.owner as seller, shop.handle as shop_handle, shop.name as shop_name,
                  case when product.pictures <> '{}' then coalesce(
                      (select known.picture
                         from commerce.picture known
                        where known.media_id = product.pictures[1]
                          and known.owner = shop.owner),
                      (select known.picture
                         from unnest(product.pictures) with ordinality as named (media_id, place)
                         join commerce.picture known on known.media_id = named.media_id
                        where known.owner = shop.owner
                          and known.picture is not null
                        order by named.place
                        limit 1)) end as "picture: Json<Picture>"
             from unnest($1::uuid[]) with ordinality as asked (product, place)
             join commerce.product on product.id = asked.product
             join commerce.variant on variant.product = product.id
             join commerce.shop on shop.id = product.shop
            cross join lateral commerce.shelf(variant, $2) as shelf
            cross join lateral commerce.trade(shop.state, shop.owner, shop.withheld_at) as trade
            where (product.withheld_at is null and shop.withheld_at is null or shop.owner = $3)
            order by asked.place"#,
        &products,
        here.clock.now(),
        viewer.map(Id::uuid),
    )
    .fetch_all(here.db.reader())
    .await?;
    Ok(rows.into_iter().map(|row| card(row, &here.config.media_url)).collect())
}

fn card(row: Row, media_url: &str) -> ProductCard {
    ProductCard {
        id: row.id,
        variant: row.variant,
        name: row.name,
        price: Money::new(row.price, row.currency),
        available: row.available,
        on_sale: row.on_sale,
        seller: row.seller,
        shop_handle: row.shop_handle,
        shop_name: row.shop_name,
        picture: row.picture.map(|picture| picture.shown(media_url)),
    }
}
