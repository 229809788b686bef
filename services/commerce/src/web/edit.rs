//! A product that is on the shelf: its words, its price, its pictures, how many there are, and taking it off again.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use contracts::ids::{Product, Variant};
use host::{
    Here,
    http::{Answer, Caller, Path, Query, checked},
};
use kernel::{Actor, Fault, Id};
use serde::Deserialize;
use ui::{Chosen, Form, OnceForm, Page, Pressed, Wrong, askama::Template};

use super::{
    Shell,
    shelf::{Filled, NAMES, Sent, number},
};
use crate::{
    ops::products::{
        change_product::{self, ChangeProduct},
        change_stock::{self, ChangeStock},
    },
    views::products::{self, ProductView},
};

/// How many came or went.
#[derive(Debug, Default, Deserialize)]
pub struct Counted {
    change: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "product_edit.html")]
struct EditPage {
    shell: Shell,
    product: ProductView,
    filled: Filled,
    chosen: Chosen,
    counted: Counted,
    wrong: Wrong,
}

impl EditPage {
    async fn of(here: &Here, shell: Shell, product: ProductView, filled: Filled) -> Self {
        let chosen = Chosen::of(here, product.shop.owner, &filled.media, address(product.id)).await;
        Self { shell, product, filled, chosen, counted: Counted::default(), wrong: Wrong::default() }
    }

    fn page(&self) -> String {
        address(self.product.id)
    }
}

fn address(product: Id<Product>) -> String {
    format!("/products/{product}/edit")
}

/// The product for its owner; for everybody else nothing is there.
async fn own(here: &Here, actor: &Actor, id: Id<Product>) -> Result<ProductView, Fault> {
    let owner = actor.user()?;
    let product = products::by_id(here, Some(owner), id).await?;
    if product.shop.owner == owner { Ok(product) } else { Err(Fault::not_found()) }
}

/// As it is now, with the pictures the address names.
fn as_it_is(product: &ProductView, media: Option<String>) -> Filled {
    let now: Vec<String> = product.media_ids.iter().map(ToString::to_string).collect();
    Filled {
        name: product.name.clone(),
        description: product.description.clone(),
        price: product.price.short(),
        media: media.unwrap_or_else(|| now.join(",")),
        ..Filled::default()
    }
}

/// Shows the forms to its seller.
pub async fn form(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Product>>,
    Query(sent): Query<Sent>,
) -> Answer<Response> {
    let product = own(&here, &actor, id).await?;
    let filled = as_it_is(&product, sent.media);
    Ok(Page(EditPage::of(&here, shell, product, filled).await).into_response())
}

/// Changes words, price and pictures.
pub async fn change(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Product>>,
    Form(filled): Form<Filled>,
) -> Answer<Response> {
    let product = own(&here, &actor, id).await?;
    match changed(&here, &actor, id, &filled).await {
        Ok(()) => Ok(shell.go_saying(&format!("/products/{id}"), &shell.say("product-changed"))),
        Err(fault) => {
            let page = EditPage::of(&here, shell, product, filled).await;
            ui::again(fault, |wrong| EditPage { wrong: wrong.calling(NAMES), ..page })
        }
    }
}

async fn changed(here: &Here, actor: &Actor, id: Id<Product>, filled: &Filled) -> Result<(), Fault> {
    let cmd = ChangeProduct {
        name: Some(filled.name.trim().to_owned()),
        description: Some(filled.description.trim().to_owned()),
        price: Some(filled.price()?),
        media_ids: Some(filled.media_ids()?),
    };
    change_product::change_product(here, actor, id, checked(cmd)?).await
}

/// Counts more or fewer.
pub async fn count(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Product>>,
    once: OnceForm<Counted>,
) -> Answer<Response> {
    let product = own(&here, &actor, id).await?;
    let (variant, mut counted) = (product.variant()?, Counted::default());
    let done = once.0.run(&here, async |typed| {
        counted = typed;
        recounted(&here, &actor, variant, &counted).await
    });
    match done.await {
        Ok(_) => Ok(shell.go_saying(&format!("/products/{id}"), &shell.say("product-counted"))),
        Err(fault) => {
            let filled = as_it_is(&product, None);
            let page = EditPage::of(&here, shell, product, filled).await;
            ui::again(fault, |wrong| EditPage { counted, wrong, ..page })
        }
    }
}

async fn recounted(here: &Here, actor: &Actor, id: Id<Variant>, counted: &Counted) -> Result<Id<Variant>, Fault> {
    let cmd = ChangeStock { change: number(&counted.change, "/change")?, reason: counted.reason.trim().to_owned() };
    change_stock::change_stock(here, actor, id, &checked(cmd)?).await
}

/// Puts it back on the shelf.
pub async fn publish(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Product>>,
    Form(_): Form<Pressed>,
) -> Answer<Response> {
    change_product::publish_product(&here, &actor, id).await?;
    Ok(shell.go_saying(&format!("/products/{id}"), &shell.say("product-published")))
}

/// Takes it off the shelf.
pub async fn archive(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Product>>,
    Form(_): Form<Pressed>,
) -> Answer<Response> {
    change_product::archive_product(&here, &actor, id).await?;
    Ok(shell.go_saying(&format!("/products/{id}"), &shell.say("product-archived")))
}
