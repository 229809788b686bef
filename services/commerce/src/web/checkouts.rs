//! A checkout: what it costs, where it goes, and the button that pays while the units are held.

use std::fmt;

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use contracts::ids::Checkout;
use host::{
    Here,
    http::{Answer, Caller, Path, checked},
};
use kernel::{Actor, Fault, Id, Kind};
use serde::{Deserialize, Serialize};
use serde_json::json;
use ui::{Form, MoneyForm, Page, Pressed, Wrong, askama::Template};

use super::Shell;
use crate::{
    ops::checkouts::{
        cancel_checkout,
        change_checkout::{self, ChangeCheckout},
        pay_checkout::{self, Method, PayCheckout},
    },
    views::{
        checkouts::{self, CheckoutView},
        products,
    },
};

/// Where the goods go, as it was typed. What was left empty isn't said.
#[derive(Default, Serialize, Deserialize)]
pub struct Filled {
    name: String,
    phone: String,
    region: String,
    district: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    ward: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    landmark: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
}

/// Nothing of it may reach a log (X14).
impl fmt::Debug for Filled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Filled(…)")
    }
}

#[derive(Template)]
#[template(path = "checkout.html")]
struct CheckoutPage {
    shell: Shell,
    checkout: CheckoutView,
    filled: Filled,
    /// The wallet had too little.
    short: bool,
    wrong: Wrong,
}

impl CheckoutPage {
    /// To the wallet, and back.
    fn top_up(&self) -> String {
        let (total, here) = (&self.checkout.quote.total, format!("/checkouts/{}", self.checkout.id));
        ui::path("/wallet/top-up", &[("then", &here), ("amount", &total.short())])
    }
}

/// Shows it to its buyer.
pub async fn show(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Checkout>>,
) -> Answer<Response> {
    let checkout = checkouts::by_id(&here, actor.user()?, id).await?;
    let filled = saved(&checkout);
    Ok(Page(CheckoutPage { shell, checkout, filled, short: false, wrong: Wrong::default() }).into_response())
}

/// The address it has, so that it can be corrected.
fn saved(checkout: &CheckoutView) -> Filled {
    let Some(address) = checkout.address.clone() else { return Filled::default() };
    Filled {
        name: address.name,
        phone: address.phone,
        region: address.region,
        district: address.district,
        ward: address.ward.unwrap_or_default(),
        landmark: address.landmark.unwrap_or_default(),
        note: address.note.unwrap_or_default(),
    }
}

/// Keeps where the goods go.
pub async fn address(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Checkout>>,
    Form(filled): Form<Filled>,
) -> Answer<Response> {
    let Err(fault) = readdress(&here, &actor, id, &filled).await else {
        return Ok(shell.go_saying(&format!("/checkouts/{id}"), &shell.say("checkout-address-saved")));
    };
    let checkout = checkouts::by_id(&here, actor.user()?, id).await?;
    ui::again(fault, |wrong| CheckoutPage { shell, checkout, filled, short: false, wrong })
}

async fn readdress(here: &Here, actor: &Actor, id: Id<Checkout>, filled: &Filled) -> Result<(), Fault> {
    // The form's fields are those of the address in the API, so what isn't said there isn't here.
    let shipping = serde_json::from_value(json!({ "address": filled }))?;
    let cmd = checked(ChangeCheckout { renew: None, shipping: Some(shipping) })?;
    change_checkout::change_checkout(here, actor, id, &cmd).await
}

/// Pays it from the wallet, and leads to the order.
pub async fn pay(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Checkout>>,
    form: MoneyForm<Pressed>,
) -> Answer<Response> {
    let cmd = PayCheckout { method: Method::Wallet };
    let paid = form.0.run(&here, async |_| pay_checkout::pay_checkout(&here, &actor, id, cmd).await).await;
    let checkout = checkouts::by_id(&here, actor.user()?, id).await?;
    let to = format!("/checkouts/{id}");
    match (paid, checkout.order_id) {
        (Ok(_), Some(order)) => Ok(shell.go_saying(&format!("/orders/{order}"), &shell.say("order-placed"))),
        (Ok(_), None) => Ok(shell.go(&to)),
        // Nobody knows yet how it ended: the checkout's own page says so until somebody does.
        (Err(fault), _) if fault.kind() == Kind::Unavailable && checkout.is_paying() => Ok(shell.go(&to)),
        (Err(fault), _) => refused(shell, checkout, fault),
    }
}

/// Gives another quarter of an hour, once.
pub async fn renew(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Checkout>>,
    Form(_): Form<Pressed>,
) -> Answer<Response> {
    let cmd = checked(ChangeCheckout { renew: Some(true), shipping: None })?;
    let Err(fault) = change_checkout::change_checkout(&here, &actor, id, &cmd).await else {
        return Ok(shell.go_saying(&format!("/checkouts/{id}"), &shell.say("checkout-renewed")));
    };
    refused(shell, checkouts::by_id(&here, actor.user()?, id).await?, fault)
}

/// Gives the units back, and leads to the product, or to the feed where it isn't there for its buyer any more.
pub async fn cancel(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Checkout>>,
    Form(_): Form<Pressed>,
) -> Answer<Response> {
    let done = cancel_checkout::cancel_checkout(&here, &actor, id).await;
    let checkout = checkouts::by_id(&here, actor.user()?, id).await?;
    match done {
        Ok(()) => {
            let product = products::by_id(&here, actor.viewer(), checkout.product_id).await;
            let to = product.map_or_else(|_| "/feed".to_owned(), |product| format!("/products/{}", product.id));
            Ok(shell.go_saying(&to, &shell.say("checkout-cancelled")))
        }
        Err(fault) => refused(shell, checkout, fault),
    }
}

/// The page once more, as it is now.
fn refused(shell: Shell, checkout: CheckoutView, fault: Fault) -> Answer<Response> {
    let (filled, short) = (saved(&checkout), fault.code() == "payment.insufficient_funds");
    ui::again(fault, |wrong| CheckoutPage { shell, checkout, filled, short, wrong })
}
