//! A product or a shop as whoever takes reports keeps it: what it says and shows at that moment, whoever may see it.

use contracts::{
    commerce::{ProductExhibit, ShopExhibit},
    files::Picture,
    profile::Exhibit,
};
use host::Here;
use kernel::{Currency, Fault, Id, Money, User};
use sqlx::types::Json;

struct ProductRow {
    owner: Id<User>,
    name: String,
    price: i64,
    currency: Currency,
    handle: String,
    description: String,
    pictures: Option<Json<Vec<Picture>>>,
}

/// With its pictures, ten at most, and what it costs where; `None` where nobody but its seller could see it anyway.
pub async fn of_product(here: &Here, ask: &ProductExhibit) -> Result<Option<Exhibit>, Fault> {
    let found = sqlx::query_as!(
        ProductRow,
        r#"select shop.owner, product.name, product.price, product.currency, shop.handle, product.description,
                  (select json_agg(known.picture order by named.place)
                     from unnest(product.pictures) with ordinality as named (media_id, place)
                     join commerce.picture known on known.media_id = named.media_id
                    where known.owner = shop.owner
                      and known.picture is not null) as "pictures: Json<Vec<Picture>>"
             from commerce.product
             join commerce.shop on shop.id = product.shop
            where product.id = $1
              and product.state = 'active'
              and shop.state <> 'erased'
              and ($2 or product.withheld_at is null and shop.withheld_at is null)"#,
        ask.product.uuid(),
        ask.withheld_too,
    );
    let Some(row) = found.fetch_optional(here.db.reader()).await? else { return Ok(None) };
    let price = Money::new(row.price, row.currency).short();
    let pictures = row.pictures.map(|pictures| pictures.0).unwrap_or_default();
    Ok(Some(Exhibit {
        owner: row.owner,
        title: row.name,
        words: format!("{price}\n${}\n{}", row.handle, row.description).trim_end().to_owned(),
        pictures: pictures.iter().map(|picture| picture.shown(&here.config.media_url)).collect(),
    }))
}

struct ShopRow {
    owner: Id<User>,
    name: String,
    handle: String,
    description: String,
}

/// A shop has no pictures of its own, and is known by its handle; `None` where nobody but its owner could see it anyway.
pub async fn of_shop(here: &Here, ask: &ShopExhibit) -> Result<Option<Exhibit>, Fault> {
    let found = sqlx::query_as!(
        ShopRow,
        "select owner, name, handle, description
           from commerce.shop
          where id = $1
            and state <> 'erased'
            and ($2 or withheld_at is null)",
        ask.shop.uuid(),
        ask.withheld_too,
    );
    Ok(found.fetch_optional(here.db.reader()).await?.map(|row| Exhibit {
        owner: row.owner,
        title: row.name,
        words: format!("${}\n{}", row.handle, row.description).trim_end().to_owned(),
        pictures: Vec::new(),
    }))
}
