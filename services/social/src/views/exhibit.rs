//! A post as whoever takes reports keeps it: what it says and shows at that moment, whoever may see it.

use std::iter;

use contracts::{ids::Product, profile::Exhibit, social::PostExhibit};
use host::Here;
use kernel::{Fault, Id, User};
use sqlx::types::Json;

use super::posts::{Attachment, attached};

struct Row {
    owner: Id<User>,
    words: String,
    product: Option<Id<Product>>,
    media: Option<Json<Vec<Attachment>>>,
}

/// `None` where nobody but its author could see it anyway.
pub async fn of_post(here: &Here, ask: &PostExhibit) -> Result<Option<Exhibit>, Fault> {
    let found = sqlx::query_as!(
        Row,
        r#"select post.author as owner, post.text as words, post.product_id as product,
                  attached.media as "media: Json<Vec<Attachment>>"
             from social.post
             join social.person writer on writer.user_id = post.author
            cross join lateral social.attached(post) as attached
            where post.id = $1
              and post.deleted_at is null
              and ($2 or post.withheld_at is null)
              and writer.state = 'open'"#,
        ask.post.uuid(),
        ask.withheld_too,
    );
    Ok(found.fetch_optional(here.db.reader()).await?.map(|row| exhibit(row, &here.config.media_url)))
}

/// A post has no title, and ten pictures at most; what is said of them is said, too, and where the product is that it shows.
fn exhibit(row: Row, media_url: &str) -> Exhibit {
    let media = row.media.map(|media| attached(media.0, media_url)).unwrap_or_default();
    let product = row.product.map(|product| format!("/products/{product}"));
    let alts = media.iter().map(|one| one.alt.as_str());
    let words = iter::once(row.words.as_str()).chain(alts).chain(product.as_deref()).filter(|words| !words.is_empty());
    let words = words.collect::<Vec<_>>().join("\n");
    let pictures = media.into_iter().map(|one| one.picture).collect();
    Exhibit { owner: row.owner, title: String::new(), words, pictures }
}
