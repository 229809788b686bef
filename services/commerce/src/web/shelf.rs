//! What a seller puts on the shelf: a new product with its words, its price, its pictures, and how many there are.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use contracts::ids::{Media, Product, Shop};
use host::{
    Here,
    http::{Answer, Caller, Path, Query, checked},
};
use kernel::{Actor, Currency, Fault, Id, Money};
use serde::Deserialize;
use ui::{Chosen, OnceForm, Page, Wrong, askama::Template};

use super::{Shell, shops::owned};
use crate::{
    fault::Refusal,
    ops::products::add_product::{self, AddProduct, kind_named},
    views::shops::ShopView,
};

/// What a product is, as its seller typed it.
#[derive(Debug, Default, Deserialize)]
pub struct Filled {
    pub name: String,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub kind: String,
    pub price: String,
    #[serde(default)]
    pub stock: String,
    /// Ids with commas between them.
    #[serde(default)]
    pub media: String,
}

/// The command has pictures where the form has a text that is filled in by itself.
pub const NAMES: &[(&str, &str)] = &[("media_ids", "media")];

/// What comes in the address: the pictures of the product, where some were just sent without JavaScript.
#[derive(Debug, Deserialize)]
pub struct Sent {
    pub media: Option<String>,
}

impl Filled {
    pub fn price(&self) -> Result<Money, Fault> {
        ui::amount(&self.price, Currency::TZS).ok_or_else(|| Fault::field("/price", "wrong_type", "Type in an amount."))
    }

    pub fn media_ids(&self) -> Result<Vec<Id<Media>>, Fault> {
        ui::media_ids(&self.media).ok_or_else(|| Refusal::MediaUnknown.into())
    }
}

pub fn number(typed: &str, pointer: &str) -> Result<i64, Fault> {
    typed
        .trim()
        .trim_start_matches('+')
        .replace([',', ' '], "")
        .parse()
        .map_err(|_| Fault::field(pointer, "wrong_type", "Type in a number."))
}

#[derive(Template)]
#[template(path = "product_new.html")]
struct NewPage {
    shell: Shell,
    page: String,
    filled: Filled,
    chosen: Chosen,
    wrong: Wrong,
}

impl NewPage {
    async fn of(here: &Here, shell: Shell, shop: &ShopView, filled: Filled) -> Self {
        let page = format!("/sell/{}/products/new", shop.handle);
        let chosen = Chosen::of(here, shop.owner, &filled.media, page.as_str()).await;
        Self { shell, page, filled, chosen, wrong: Wrong::default() }
    }
}

/// Shows the form to the shop's owner.
pub async fn form(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(handle): Path<String>,
    Query(sent): Query<Sent>,
) -> Answer<Response> {
    let shop = owned(&here, &actor, &handle).await?;
    let filled =
        Filled { media: sent.media.unwrap_or_default(), kind: "physical".into(), stock: "1".into(), ..Filled::default() };
    Ok(Page(NewPage::of(&here, shell, &shop, filled).await).into_response())
}

/// Puts it on the shelf, and leads to it.
pub async fn add(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(handle): Path<String>,
    form: OnceForm<Filled>,
) -> Answer<Response> {
    let shop = owned(&here, &actor, &handle).await?;
    let mut filled = Filled::default();
    let added = form.0.run(&here, async |typed| {
        filled = typed;
        added(&here, &actor, shop.id, &filled).await
    });
    match added.await {
        Ok(id) => Ok(shell.go_saying(&format!("/products/{id}"), &shell.say("product-added"))),
        Err(fault) => {
            let page = NewPage::of(&here, shell, &shop, filled).await;
            ui::again(fault, |wrong| NewPage { wrong: wrong.calling(NAMES), ..page })
        }
    }
}

async fn added(here: &Here, actor: &Actor, shop: Id<Shop>, filled: &Filled) -> Result<Id<Product>, Fault> {
    let cmd = AddProduct {
        name: filled.name.trim().to_owned(),
        description: filled.description.trim().to_owned(),
        kind: kind_named(&filled.kind).ok_or_else(|| Fault::field("/kind", "wrong_type", "Choose one of the two."))?,
        price: filled.price()?,
        stock: number(&filled.stock, "/stock")?,
        media_ids: filled.media_ids()?,
    };
    add_product::add_product(here, actor, shop, checked(cmd)?).await
}
