//! Writing a post: words, pictures that were sent before, and the product it shows.

use std::collections::HashMap;

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use contracts::ids::{Media, Product};
use host::{
    Here,
    http::{Answer, Caller, Query, checked},
};
use kernel::{Fault, Id};
use serde::Deserialize;
use ui::{Chosen, OnceForm, Page, Wrong, askama::Template};

use super::Shell;
use crate::{
    fault::Refusal,
    ops::publish_post::{self, Attached, PublishPost},
    views::cards::{self, CardView},
};

/// What somebody wrote, or came with.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Filled {
    text: String,
    product: String,
    /// The ids of pictures, with commas between them.
    media: String,
    /// What each of them shows: `alt-med_…`.
    #[serde(flatten)]
    more: HashMap<String, String>,
}

#[derive(Template)]
#[template(path = "compose.html")]
struct ComposePage {
    shell: Shell,
    filled: Filled,
    chosen: Chosen,
    card: Option<CardView>,
    wrong: Wrong,
}

/// The command's names for what the form calls otherwise.
const NAMES: &[(&str, &str)] = &[("product_id", "product")];

/// Shows the form.
pub async fn form(shell: Shell, State(here): State<Here>, Query(filled): Query<Filled>) -> Answer<Response> {
    let (card, chosen) = filled.shown(&here, &shell).await?;
    Ok(Page(ComposePage { shell, filled, chosen, card, wrong: Wrong::default() }).into_response())
}

/// Publishes, and leads to the feed, where it is seen.
pub async fn submit(shell: Shell, State(here): State<Here>, Caller(actor): Caller, form: OnceForm<Filled>) -> Answer<Response> {
    let mut filled = Filled::default();
    let published = form.0.run(&here, async |typed| {
        filled = typed;
        publish_post::publish_post(&here, &actor, filled.command()?).await
    });
    let Err(fault) = published.await else { return Ok(shell.go_saying("/feed", &shell.say("post-published"))) };
    let (card, chosen) = filled.shown(&here, &shell).await?;
    ui::again(fault, |wrong| ComposePage { shell, filled, chosen, card, wrong: wrong.calling(NAMES) })
}

impl Filled {
    fn command(&self) -> Result<PublishPost, Fault> {
        let product = self.product().map_err(|()| Refusal::ProductUnknown)?;
        let ids = ui::media_ids(&self.media).ok_or(Refusal::MediaUnknown)?;
        let media = ids.into_iter().map(|id| Attached { id, alt: self.alt(id) }).collect();
        checked(PublishPost::showing(product, self.text.clone(), media))
    }

    fn product(&self) -> Result<Option<Id<Product>>, ()> {
        let named = Some(self.product.as_str()).filter(|id| !id.is_empty());
        named.map(str::parse).transpose().map_err(|_| ())
    }

    fn alt(&self, id: Id<Media>) -> String {
        self.more.get(&format!("alt-{id}")).cloned().unwrap_or_default()
    }

    /// The product's card and the pictures; an address that names no product leads nowhere.
    async fn shown(&self, here: &Here, shell: &Shell) -> Result<(Option<CardView>, Chosen), Fault> {
        let viewer = shell.user()?;
        let card = match self.product().map_err(|()| Fault::not_found())? {
            Some(product) => Some(cards::card(here, viewer, product).await?),
            None => None,
        };
        let page = ui::path("/compose", &[("product", &self.product)]);
        Ok((card, Chosen::of(here, viewer, &self.media, page).await.saying(|id| self.alt(id))))
    }
}
