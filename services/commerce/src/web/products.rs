//! A product as its buyers find it, and the way to its checkout; its seller sees the shelf instead.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use contracts::ids::{Checkout, Product};
use host::{
    Here,
    http::{Answer, Caller, Path, Query, checked},
};
use kernel::{Actor, Fault, Id};
use serde::Deserialize;
use ui::{MoneyForm, Page, Room, Wrong, askama::Template};

use super::Shell;
use crate::{
    ops::checkouts::open_checkout::{self, OpenCheckout, Source},
    views::products::{self, ProductView, StockView},
};

/// Characters of a description that a preview shows.
const SUMMARY: usize = 200;

/// How many, and the post it is bought from.
#[derive(Debug, Default, Deserialize)]
pub struct Filled {
    #[serde(default)]
    quantity: String,
    #[serde(default)]
    post: String,
}

#[derive(Template)]
#[template(path = "product.html")]
struct ProductPage {
    shell: Shell,
    product: ProductView,
    /// For its seller.
    stock: Option<StockView>,
    filled: Filled,
    wrong: Wrong,
}

impl ProductPage {
    fn address(&self) -> String {
        format!("/products/{}", self.product.id)
    }

    /// Whoever is signed in may report what isn't theirs.
    fn may_report(&self) -> bool {
        self.shell.viewer.is_some_and(|viewer| viewer != self.product.shop.owner)
    }

    /// Of the field that asks how many.
    fn limits(&self) -> String {
        format!("type=number inputmode=numeric required min=1 max={}", self.product.left())
    }

    fn quantity(&self) -> &str {
        if self.filled.quantity.is_empty() { "1" } else { &self.filled.quantity }
    }

    /// For previews: how it begins, or what holds for everything that is sold here.
    fn summary(&self) -> String {
        if self.product.description.is_empty() {
            return self.shell.say("product-escrow").into_owned();
        }
        self.product.description.chars().take(SUMMARY).collect()
    }

    fn preview(&self) -> Option<String> {
        ui::preview(&self.shell, self.product.pictures.first()?)
    }

    /// `12500.00`, as programs read it.
    fn amount(&self) -> String {
        let price = &self.product.price;
        price.to_string().trim_start_matches(price.currency().code()).trim().replace(',', "")
    }
}

/// Shows it to anybody who may know of its seller.
pub async fn show(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Product>>,
    Query(filled): Query<Filled>,
) -> Answer<Response> {
    let (product, stock) = seen(&here, &actor, id).await?;
    Ok(Page(ProductPage { shell, product, stock, filled, wrong: Wrong::default() }).into_response())
}

/// Opens a checkout and leads there.
pub async fn buy(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Product>>,
    form: MoneyForm<Filled>,
) -> Answer<Response> {
    let mut filled = Filled::default();
    let opened = form.0.run(&here, async |typed| {
        filled = typed;
        open(&here, &actor, id, &filled).await
    });
    match opened.await {
        Ok(checkout) => Ok(shell.go(&format!("/checkouts/{checkout}"))),
        Err(fault) => {
            let (product, stock) = seen(&here, &actor, id).await?;
            ui::again(fault, |wrong| ProductPage { shell, product, stock, filled, wrong })
        }
    }
}

async fn open(here: &Here, actor: &Actor, id: Id<Product>, filled: &Filled) -> Result<Id<Checkout>, Fault> {
    let quantity = filled.quantity.trim().parse();
    let quantity = quantity.map_err(|_| Fault::field("/quantity", "wrong_type", "Type in a number."))?;
    let variant_id = products::by_id(here, actor.viewer(), id).await?.variant()?;
    // A link that names no post of ours sells all the same.
    let post_id = filled.post.parse().ok();
    let cmd = OpenCheckout { source: Source { variant_id, quantity }, post_id, shipping: None };
    open_checkout::open_checkout(here, actor, &checked(cmd)?).await
}

async fn seen(here: &Here, actor: &Actor, id: Id<Product>) -> Result<(ProductView, Option<StockView>), Fault> {
    let product = products::by_id(here, actor.viewer(), id).await?;
    let owner = actor.viewer().filter(|viewer| *viewer == product.shop.owner);
    let stock = match owner {
        Some(owner) => Some(products::stock(here, owner, product.variant()?).await?),
        None => None,
    };
    Ok((product, stock))
}
