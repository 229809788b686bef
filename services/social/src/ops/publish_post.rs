//! Publishes a post.

use std::collections::HashSet;

use contracts::{
    commerce::ProductCards,
    files::{Owned, PicturesOf},
    ids::{Media, Post, Product},
    profile::{Relationships, sees},
    social::PostPublished,
};
use garde::Validate;
use host::Here;
use kernel::{Actor, Fault, Id, User, text::plain};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    fault::Refusal,
    model::draft::{Draft, PostType, Shown},
    ops::{copy_picture, must_be_open},
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
    /// Up to 10 pictures the author uploaded, in the order they are shown.
    #[garde(length(max = 10), dive)]
    #[serde(default)]
    pub media: Vec<Attached>,
}

/// A picture of the post.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub struct Attached {
    #[garde(skip)]
    pub id: Id<Media>,
    /// What it shows, for whoever can't see it.
    #[garde(length(chars, max = 1000), custom(plain))]
    #[serde(default)]
    #[schema(example = "A red dress on a line")]
    pub alt: String,
}

impl PublishPost {
    /// A post that shows this product, if any.
    pub fn showing(product_id: Option<Id<Product>>, text: String, media: Vec<Attached>) -> Self {
        Self { kind: PostType::with(product_id), text, product_id, media }
    }
}

pub async fn publish_post(here: &Here, actor: &Actor, cmd: PublishPost) -> Result<Id<Post>, Fault> {
    let author = actor.user()?;
    let pictures = cmd.media.into_iter().map(|one| Shown { media: one.id, alt: one.alt.trim().to_owned() }).collect();
    let draft = Draft::new(cmd.kind, &cmd.text, cmd.product_id, pictures)?;
    let owned = pictures_of(here, author, &draft).await?;
    if let Some(product) = draft.product {
        must_be_for_sale(here, author, product).await?;
    }
    let post = here.ids.next();
    host::write!(here.db, async |tx| {
        must_be_open(tx, author).await?;
        copy_picture::answered_in(tx, author, &owned).await?;
        posts::insert(tx, post, author, &draft).await?;
        tx.publish(&PostPublished { post, version: 1, author, product: draft.product, at: tx.now() })?;
        // A page's form has a key; the API's route has none.
        tx.done(post).await?;
        Ok(post)
    })
}

/// The pictures the author names, as files knows them now; one that is still worked on appears by itself when it is ready.
async fn pictures_of(here: &Here, owner: Id<User>, draft: &Draft) -> Result<Vec<Owned>, Fault> {
    if draft.pictures.is_empty() {
        return Ok(Vec::new());
    }
    let media = draft.pictures.iter().map(|shown| shown.media).collect();
    let owned = here.peers.ask(PicturesOf { owner, media }).await?;
    let known: HashSet<_> = owned.iter().map(|one| one.media).collect();
    if known.len() == draft.pictures.len() { Ok(owned) } else { Err(Refusal::MediaUnknown.into()) }
}

/// A product whose seller the author may not know of isn't there for them (X6).
async fn must_be_for_sale(here: &Here, author: Id<User>, product: Id<Product>) -> Result<(), Fault> {
    let cards = here.peers.ask(ProductCards { products: vec![product] }).await?;
    let card = cards.iter().find(|card| card.id == product).ok_or(Refusal::ProductUnknown)?;
    let related = here.peers.ask(Relationships { viewer: Some(author), targets: vec![card.seller] }).await?;
    if sees(&related, card.seller) { Ok(()) } else { Err(Refusal::ProductUnknown.into()) }
}
