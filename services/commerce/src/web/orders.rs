//! Orders as their two sides see them: a list, and one in full with what happened and what comes next.

use std::borrow::Cow;

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use contracts::ids::Order;
use host::{
    Here,
    http::{Answer, Caller, Path, Query},
};
use kernel::{Id, PageQuery};
use serde::Deserialize;
use ui::{Page, Wrong, askama::Template};

use super::{Shell, moves::Parcel, words};
use crate::views::{
    checkouts::{self, Waiting},
    orders::{self, OrderLine, OrderView, Party},
};

/// As whom: the buyer, unless said otherwise.
#[derive(Debug, Deserialize)]
pub struct As {
    #[serde(default)]
    role: Party,
}

#[derive(Template)]
#[template(path = "orders.html")]
struct OrdersPage {
    shell: Shell,
    role: Party,
    orders: kernel::Page<OrderLine>,
    /// What the buyer hasn't paid yet, above the first page.
    waiting: Vec<Waiting>,
}

#[derive(Template)]
#[template(path = "order.html")]
pub struct OrderPage {
    pub shell: Shell,
    pub order: OrderView,
    pub parcel: Parcel,
    pub wrong: Wrong,
}

impl OrdersPage {
    fn stage(&self, order: &OrderLine) -> Cow<'static, str> {
        self.shell.say(words::stage(order.stage(), self.role == Party::Buyer))
    }
}

impl OrderPage {
    fn stage(&self) -> Cow<'static, str> {
        self.shell.say(words::stage(self.order.stage(), self.is_buyer()))
    }

    fn is_buyer(&self) -> bool {
        self.shell.viewer == Some(self.order.buyer)
    }
}

/// Lists them, newest first.
pub async fn list(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Query(As { role }): Query<As>,
    Query(page): Query<PageQuery>,
) -> Answer<Response> {
    let viewer = actor.user()?;
    let orders = orders::list(&here, viewer, role, &page).await?;
    let waiting = match (role, &page.cursor) {
        (Party::Buyer, None) => checkouts::waiting_of(&here, viewer).await?,
        _ => Vec::new(),
    };
    Ok(Page(OrdersPage { shell, role, orders, waiting }).into_response())
}

/// Shows one.
pub async fn show(shell: Shell, State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<Order>>) -> Answer<Response> {
    let order = orders::by_id(&here, actor.user()?, id).await?;
    Ok(Page(OrderPage { shell, order, parcel: Parcel::default(), wrong: Wrong::default() }).into_response())
}
