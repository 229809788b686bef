//! Publishes a post.

use contracts::{
    commerce::ProductCards,
    ids::{Post, Product},
    social::PostPublished,
};
use garde::Validate;
use host::Here;
use kernel::{Actor, Fault, Id};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    fault::Refusal,
    model::draft::{Draft, PostType},
    store::{authors, posts},
};

/// What is posted.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub struct PublishPost {
    #[garde(skip)]
    #[serde(rename = "type")]
    #[schema(example = "product")]
    pub kind: PostType,
    /// 1 to 5,000 characters; a product post may leave it out.
    #[garde(skip)]
    #[serde(default)]
    #[schema(example = "New dresses!", max_length = 5000)]
    pub text: String,
    /// What a product post shows. Anybody may recommend any product.
    #[garde(skip)]
    pub product_id: Option<Id<Product>>,
}

pub async fn publish_post(here: &Here, actor: &Actor, cmd: PublishPost) -> Result<Id<Post>, Fault> {
    let author = actor.user()?;
    let draft = Draft::new(cmd.kind, &cmd.text, cmd.product_id)?;
    if let Some(product) = draft.product {
        must_exist(here, product).await?;
    }
    let post = here.ids.next();
    host::write!(here.db, async |tx| {
        if !authors::lock_open(tx, author).await? {
            return Err(Refusal::AccountLocked.into());
        }
        posts::insert(tx, post, author, &draft).await?;
        tx.publish(&PostPublished { post, version: 1, author, product: draft.product, at: tx.now() })?;
        Ok(post)
    })
}

async fn must_exist(here: &Here, product: Id<Product>) -> Result<(), Fault> {
    let cards = here.peers.ask(ProductCards { products: vec![product] }).await?;
    if cards.iter().any(|card| card.id == product) { Ok(()) } else { Err(Refusal::ProductUnknown.into()) }
}
