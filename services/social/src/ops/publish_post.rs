//! Publishes a post.

use contracts::{
    commerce::ProductCards,
    ids::{Post, Product},
    profile::{Relationships, sees},
    social::PostPublished,
};
use garde::Validate;
use host::Here;
use kernel::{Actor, Fault, Id, User};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    fault::Refusal,
    model::draft::{Draft, PostType},
    ops::must_be_open,
    store::posts,
};

/// What is posted.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[schema(example = json!({"type": "product", "text": "New dresses!", "product_id": "prd_01ja7krygge008000000000001"}))]
pub struct PublishPost {
    #[garde(skip)]
    #[serde(rename = "type")]
    pub kind: PostType,
    /// 1 to 5,000 characters; a product post may leave it out.
    #[garde(skip)]
    #[serde(default)]
    #[schema(max_length = 5000)]
    pub text: String,
    /// What a product post shows. Anybody may recommend any product.
    #[garde(skip)]
    pub product_id: Option<Id<Product>>,
}

pub async fn publish_post(here: &Here, actor: &Actor, cmd: PublishPost) -> Result<Id<Post>, Fault> {
    let author = actor.user()?;
    let draft = Draft::new(cmd.kind, &cmd.text, cmd.product_id)?;
    if let Some(product) = draft.product {
        must_be_for_sale(here, author, product).await?;
    }
    let post = here.ids.next();
    host::write!(here.db, async |tx| {
        must_be_open(tx, author).await?;
        posts::insert(tx, post, author, &draft).await?;
        tx.publish(&PostPublished { post, version: 1, author, product: draft.product, at: tx.now() })?;
        Ok(post)
    })
}

/// A product whose seller the author may not know of isn't there for them (X6).
async fn must_be_for_sale(here: &Here, author: Id<User>, product: Id<Product>) -> Result<(), Fault> {
    let cards = here.peers.ask(ProductCards { products: vec![product] }).await?;
    let card = cards.iter().find(|card| card.id == product).ok_or(Refusal::ProductUnknown)?;
    let related = here.peers.ask(Relationships { viewer: Some(author), targets: vec![card.seller] }).await?;
    if sees(&related, card.seller) { Ok(()) } else { Err(Refusal::ProductUnknown.into()) }
}
