//! What the two sides of an order do, a form each; what is refused is said on the order's page.

use std::fmt;

use axum::{extract::State, response::Response};
use contracts::ids::Order;
use host::{
    Here,
    http::{Answer, Caller, Path, checked},
};
use kernel::{Actor, Fault, Id};
use serde::Deserialize;
use ui::{Form, MoneyForm, Pressed};

use super::{Shell, orders::OrderPage};
use crate::{
    ops::orders::{
        accept_order, cancel_order, confirm_order,
        deliver_order::{self, DeliverOrder},
        extend_order, renew_code as renewal,
        ship_order::{self, ShipOrder},
    },
    views::orders,
};

/// Who carries the goods, as it was typed.
#[derive(Debug, Default, Deserialize)]
pub struct Parcel {
    pub carrier: String,
    #[serde(default)]
    pub tracking: String,
}

/// The code the buyer read out.
#[derive(Deserialize)]
pub struct Told {
    handover_code: String,
}

/// The code may reach no log (X14).
impl fmt::Debug for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Told(…)")
    }
}

/// Back to the order's page: with a word about what was done, or with what was wrong.
struct Move<'a> {
    shell: Shell,
    here: &'a Here,
    actor: &'a Actor,
    id: Id<Order>,
}

impl Move<'_> {
    async fn ends<T>(self, done: Result<T, Fault>, said: &str, parcel: Parcel) -> Answer<Response> {
        let Self { shell, here, actor, id } = self;
        let Err(fault) = done else { return Ok(shell.go_saying(&format!("/orders/{id}"), &shell.say(said))) };
        let order = orders::by_id(here, actor.user()?, id).await?;
        ui::again(fault, |wrong| OrderPage { shell, order, parcel, wrong })
    }
}

/// The seller takes it on.
pub async fn accept(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Order>>,
    Form(_): Form<Pressed>,
) -> Answer<Response> {
    let done = accept_order::accept_order(&here, &actor, id).await;
    Move { shell, here: &here, actor: &actor, id }.ends(done, "order-accepted-now", Parcel::default()).await
}

/// The seller sends the goods.
pub async fn ship(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Order>>,
    Form(parcel): Form<Parcel>,
) -> Answer<Response> {
    let tracking = Some(parcel.tracking.trim().to_owned()).filter(|typed| !typed.is_empty());
    let done = match checked(ShipOrder { carrier: parcel.carrier.trim().to_owned(), tracking }) {
        Ok(cmd) => ship_order::ship_order(&here, &actor, id, &cmd).await,
        Err(fault) => Err(fault),
    };
    Move { shell, here: &here, actor: &actor, id }.ends(done, "order-shipped-now", parcel).await
}

/// The seller hands the goods over, with the buyer's code.
pub async fn deliver(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Order>>,
    form: MoneyForm<Told>,
) -> Answer<Response> {
    let done = form.0.run(&here, async |told| {
        // Read out and typed in groups.
        let handover_code = told.handover_code.chars().filter(|c| !c.is_whitespace()).collect();
        deliver_order::deliver_order(&here, &actor, id, &checked(DeliverOrder { handover_code })?).await
    });
    let done = done.await;
    Move { shell, here: &here, actor: &actor, id }.ends(done, "order-delivered-now", Parcel::default()).await
}

/// The buyer has the goods.
pub async fn confirm(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Order>>,
    form: MoneyForm<Pressed>,
) -> Answer<Response> {
    let done = form.0.run(&here, async |_| confirm_order::confirm_order(&here, &actor, id).await).await;
    Move { shell, here: &here, actor: &actor, id }.ends(done, "order-confirmed-now", Parcel::default()).await
}

/// Either side calls it off.
pub async fn cancel(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Order>>,
    form: MoneyForm<Pressed>,
) -> Answer<Response> {
    let done = form.0.run(&here, async |_| cancel_order::cancel_order(&here, &actor, id).await).await;
    Move { shell, here: &here, actor: &actor, id }.ends(done, "order-cancelled-now", Parcel::default()).await
}

/// The buyer asks for a week more, once.
pub async fn extend(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Order>>,
    Form(_): Form<Pressed>,
) -> Answer<Response> {
    let done = extend_order::extend_order(&here, &actor, id).await;
    Move { shell, here: &here, actor: &actor, id }.ends(done, "order-extended-now", Parcel::default()).await
}

/// The buyer makes a new code.
pub async fn renew_code(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Order>>,
    Form(_): Form<Pressed>,
) -> Answer<Response> {
    let done = renewal::renew_code(&here, &actor, id).await;
    Move { shell, here: &here, actor: &actor, id }.ends(done, "order-code-made", Parcel::default()).await
}
