//! Writing a post: words, pictures that were sent before, and the product it shows.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use contracts::ids::Product;
use host::{
    Here,
    http::{Answer, Caller, Query, checked},
};
use kernel::{Fault, Id};
use serde::Deserialize;
use ui::{OnceForm, Page, Wrong, askama::Template};

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
    /// What the pictures show, a line each.
    alts: String,
    product: String,
    /// The ids of pictures, with commas between them.
    media: String,
}

#[derive(Template)]
#[template(path = "compose.html")]
struct ComposePage {
    shell: Shell,
    filled: Filled,
    card: Option<CardView>,
    wrong: Wrong,
}

impl ComposePage {
    /// How many pictures it has, in words; nothing of none.
    fn attached(&self) -> String {
        match self.filled.pictures() {
            0 => String::new(),
            count => self.shell.count("compose-has", count).into_owned(),
        }
    }
}

/// The command's names for what the form calls otherwise.
const NAMES: &[(&str, &str)] = &[("product_id", "product"), ("alt", "alts")];

/// Shows the form.
pub async fn form(shell: Shell, State(here): State<Here>, Query(filled): Query<Filled>) -> Answer<Response> {
    let card = filled.card(&here, &shell).await?;
    Ok(Page(ComposePage { shell, filled, card, wrong: Wrong::default() }).into_response())
}

/// Publishes, and leads to the feed, where it is seen.
pub async fn submit(shell: Shell, State(here): State<Here>, Caller(actor): Caller, form: OnceForm<Filled>) -> Answer<Response> {
    let mut filled = Filled::default();
    let published = form.0.run(&here, async |typed| {
        filled = typed;
        publish_post::publish_post(&here, &actor, filled.command()?).await
    });
    let Err(fault) = published.await else { return Ok(shell.go_saying("/feed", &shell.say("post-published"))) };
    let card = filled.card(&here, &shell).await?;
    ui::again(fault, |wrong| ComposePage { shell, filled, card, wrong: wrong.calling(NAMES) })
}

impl Filled {
    fn command(&self) -> Result<PublishPost, Fault> {
        let product = self.product().map_err(|()| Refusal::ProductUnknown)?;
        let mut alts = self.alts.lines();
        let attached = |id: &str| {
            let id = id.parse().map_err(|_| Refusal::MediaUnknown)?;
            Ok(Attached { id, alt: alts.next().unwrap_or_default().to_owned() })
        };
        let media = self.ids().map(attached).collect::<Result<_, Refusal>>()?;
        checked(PublishPost::showing(product, self.text.clone(), media))
    }

    fn product(&self) -> Result<Option<Id<Product>>, ()> {
        let named = Some(self.product.as_str()).filter(|id| !id.is_empty());
        named.map(str::parse).transpose().map_err(|_| ())
    }

    /// The product's card; an address that names none leads nowhere.
    async fn card(&self, here: &Here, shell: &Shell) -> Result<Option<CardView>, Fault> {
        let viewer = shell.user()?;
        match self.product().map_err(|()| Fault::not_found())? {
            Some(product) => Ok(Some(cards::card(here, viewer, product).await?)),
            None => Ok(None),
        }
    }

    fn ids(&self) -> impl Iterator<Item = &str> {
        self.media.split(',').filter(|id| !id.is_empty())
    }

    /// How many pictures it has.
    fn pictures(&self) -> i64 {
        i64::try_from(self.ids().count()).unwrap_or(i64::MAX)
    }

    /// This page with what was chosen so far, and with other pictures.
    fn address(&self, media: &str) -> String {
        ui::path("/compose", &[("product", &self.product), ("media", media)])
    }
}
