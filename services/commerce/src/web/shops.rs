//! A shop as anybody sees it, and what its owner says of it.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use contracts::commerce::ProductCard;
use host::{
    Here,
    http::{Answer, Caller, Path, Query, checked},
};
use kernel::{Actor, Fault, PageQuery};
use serde::Deserialize;
use ui::{Form, Offered, Page, Room, Wrong, askama::Template};

use super::Shell;
use crate::{
    ops::shops::change_shop::{self, ChangeShop},
    views::{
        products::{self, Aside},
        shops::{self, ShopView},
    },
};

#[derive(Template)]
#[template(path = "shop.html")]
struct ShopPage {
    shell: Shell,
    shop: ShopView,
    products: kernel::Page<ProductCard>,
}

impl ShopPage {
    /// Whoever is signed in may report what isn't theirs.
    fn may_report(&self) -> bool {
        self.shell.viewer.is_some() && !self.is_mine()
    }

    fn is_mine(&self) -> bool {
        self.shell.viewer == Some(self.shop.owner)
    }

    fn address(&self) -> String {
        format!("/shops/{}", self.shop.handle)
    }

    fn image(&self, product: &ProductCard) -> Option<Offered> {
        Room::Cell.offers(&self.shell, product.picture.as_ref()?)
    }

    /// The newest product that has a picture stands for the shop.
    fn preview(&self) -> Option<String> {
        let picture = self.products.items.iter().find_map(|product| product.picture.as_ref())?;
        ui::preview(&self.shell, picture)
    }
}

/// Shows it with what is on its shelves.
pub async fn show(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(handle): Path<String>,
    Query(page): Query<PageQuery>,
) -> Answer<Response> {
    let shop = shops::find(&here, actor.viewer(), &handle).await?;
    let products = products::on_shelves(&here, actor.viewer(), shop.id, &page).await?;
    Ok(Page(ShopPage { shell, shop, products }).into_response())
}

/// A shop for its owner; for everybody else nothing is there.
pub async fn owned(here: &Here, actor: &Actor, handle: &str) -> Result<ShopView, Fault> {
    let owner = actor.user()?;
    let shop = shops::by_handle(here, Some(owner), handle).await?;
    if shop.owner == owner { Ok(shop) } else { Err(Fault::not_found()) }
}

/// What the owner says of it.
#[derive(Debug, Default, Deserialize)]
pub struct Filled {
    name: String,
    #[serde(default)]
    description: String,
    /// There where the box is ticked.
    open: Option<String>,
}

#[derive(Template)]
#[template(path = "shop_edit.html")]
struct ShopForm {
    shell: Shell,
    handle: String,
    filled: Filled,
    /// What isn't on its shelves any more, and can be put back.
    aside: kernel::Page<Aside>,
    withheld: bool,
    wrong: Wrong,
}

impl ShopForm {
    fn base(&self) -> String {
        format!("/sell/{}?", self.handle)
    }
}

/// Shows the form to the owner.
pub async fn form(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(handle): Path<String>,
    Query(page): Query<PageQuery>,
) -> Answer<Response> {
    let shop = owned(&here, &actor, &handle).await?;
    let aside = products::off_shelves(&here, shop.owner, shop.id, &page).await?;
    let filled = Filled { name: shop.name, description: shop.description, open: shop.is_meant_open.then(String::new) };
    let (handle, withheld) = (shop.handle, shop.withheld);
    Ok(Page(ShopForm { shell, handle, filled, aside, withheld, wrong: Wrong::default() }).into_response())
}

/// Changes it.
pub async fn change(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(handle): Path<String>,
    Form(filled): Form<Filled>,
) -> Answer<Response> {
    let shop = owned(&here, &actor, &handle).await?;
    let cmd = ChangeShop {
        name: Some(filled.name.trim().to_owned()),
        description: Some(filled.description.trim().to_owned()),
        open: Some(filled.open.is_some()),
    };
    let changed = match checked(cmd) {
        Ok(cmd) => change_shop::change_shop(&here, &actor, shop.id, cmd).await,
        Err(fault) => Err(fault),
    };
    match changed {
        Ok(()) => Ok(shell.go_saying(&format!("/shops/{}", shop.handle), &shell.say("shop-changed"))),
        Err(fault) => {
            let aside = products::off_shelves(&here, shop.owner, shop.id, &PageQuery::default()).await?;
            ui::again(fault, |wrong| ShopForm { shell, handle: shop.handle, filled, aside, withheld: shop.withheld, wrong })
        }
    }
}
