//! The seller's desk: one's shops, and the form that opens another.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use contracts::ids::Shop;
use host::{
    Here,
    http::{Answer, Caller, Query, checked},
};
use kernel::{Actor, Fault, Id, PageQuery};
use serde::Deserialize;
use ui::{OnceForm, Page, Wrong, askama::Template};

use super::Shell;
use crate::{
    ops::shops::open_shop::{self, OpenShop},
    views::shops::{self, ShopView},
};

/// What a new shop is called.
#[derive(Debug, Default, Deserialize)]
pub struct Filled {
    name: String,
    handle: String,
}

#[derive(Template)]
#[template(path = "desk.html")]
struct DeskPage {
    shell: Shell,
    shops: kernel::Page<ShopView>,
    filled: Filled,
    wrong: Wrong,
}

/// Shows them, newest first.
pub async fn show(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Query(page): Query<PageQuery>,
) -> Answer<Response> {
    let shops = shops::of_owner(&here, actor.user()?, &page).await?;
    Ok(Page(DeskPage { shell, shops, filled: Filled::default(), wrong: Wrong::default() }).into_response())
}

/// Opens a shop, whose page then asks for its first product.
pub async fn open(shell: Shell, State(here): State<Here>, Caller(actor): Caller, form: OnceForm<Filled>) -> Answer<Response> {
    let mut filled = Filled::default();
    let opened = form.0.run(&here, async |typed| {
        filled = typed;
        opened(&here, &actor, &filled).await
    });
    match opened.await {
        Ok(id) => {
            let shop = shops::by_id(&here, actor.viewer(), id).await?;
            Ok(shell.go_saying(&format!("/shops/{}", shop.handle), &shell.say("shop-opened")))
        }
        Err(fault) => {
            let shops = shops::of_owner(&here, actor.user()?, &PageQuery::default()).await?;
            ui::again(fault, |wrong| DeskPage { shell, shops, filled, wrong })
        }
    }
}

async fn opened(here: &Here, actor: &Actor, filled: &Filled) -> Result<Id<Shop>, Fault> {
    let cmd = OpenShop { name: filled.name.trim().to_owned(), handle: filled.handle.trim().to_owned() };
    open_shop::open_shop(here, actor, checked(cmd)?).await
}
