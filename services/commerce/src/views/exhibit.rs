//! A product or a shop as whoever takes reports keeps it: what it says and shows at that moment, whoever may see it.

use contracts::{
    files::Picture,
    ids::{Product, Shop},
    profile::Exhibit,
};
use host::Here;
use kernel::{Fault, Id, User};
use sqlx::types::Json;

struct Row {
    owner: Id<User>,
    title: String,
    words: String,
    pictures: Option<Json<Vec<Picture>>>,
}

/// With its pictures, ten at most; `None` where nobody but its seller could see it anyway.
pub async fn of_product(here: &Here, id: Id<Product>) -> Result<Option<Exhibit>, Fault> {
    let found = sqlx::query_as!(
        Row,
        r#"select shop.owner, product.name as title, product.description as words,
                  (select json_agg(known.picture order by named.place)
                     from unnest(product.pictures) with ordinality as named (media_id, place)
                     join commerce.picture known on known.media_id = named.media_id
                    where known.owner = shop.owner
                      and known.picture is not null) as "pictures: Json<Vec<Picture>>"
             from commerce.product
             join commerce.shop on shop.id = product.shop
            where product.id = $1
              and product.state = 'active'
              and product.withheld_at is null
              and shop.state <> 'erased'
              and shop.withheld_at is null"#,
        id.uuid(),
    );
    Ok(found.fetch_optional(here.db.reader()).await?.map(|row| exhibit(row, &here.config.media_url)))
}

/// A shop has no pictures of its own, and is known by its handle; `None` where nobody but its owner could see it anyway.
pub async fn of_shop(here: &Here, id: Id<Shop>) -> Result<Option<Exhibit>, Fault> {
    let found = sqlx::query_as!(
        Row,
        r#"select owner, name as title, '$' || handle || case when description = '' then '' else e'\n' || description end as "words!",
                  null::json as "pictures: Json<Vec<Picture>>"
             from commerce.shop
            where id = $1
              and state <> 'erased'
              and withheld_at is null"#,
        id.uuid(),
    );
    Ok(found.fetch_optional(here.db.reader()).await?.map(|row| exhibit(row, &here.config.media_url)))
}

fn exhibit(row: Row, media_url: &str) -> Exhibit {
    let pictures = row.pictures.map(|pictures| pictures.0).unwrap_or_default();
    let pictures = pictures.iter().map(|picture| picture.shown(media_url)).collect();
    Exhibit { owner: row.owner, title: row.title, words: row.words, pictures }
}
