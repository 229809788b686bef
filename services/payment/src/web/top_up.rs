//! Bringing money into the wallet, and what became of it.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use contracts::ids::TopUp;
use host::{
    Here,
    http::{Answer, Caller, Path, Query, checked},
};
use kernel::{Actor, Currency, Fault, Id};
use serde::Deserialize;
use ui::{MoneyForm, Page, Wrong, askama::Template};

use super::Shell;
use crate::{
    ops::open_top_up::{self, OpenTopUp},
    views::top_ups::{self, TopUpView},
};

/// How much the reader needs, and where they go on with it.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    then: String,
    #[serde(default)]
    amount: String,
}

/// What somebody filled in.
#[derive(Debug, Default, Deserialize)]
pub struct Filled {
    #[serde(default)]
    amount: String,
    #[serde(default)]
    method: String,
}

/// The command has two fields for what the form asks for in one.
const NAMES: &[(&str, &str)] = &[("minor", "amount"), ("currency", "amount")];

#[derive(Template)]
#[template(path = "top_up.html")]
struct TopUpForm {
    shell: Shell,
    then: String,
    filled: Filled,
    methods: Vec<&'static str>,
    wrong: Wrong,
}

impl TopUpForm {
    /// Where somebody goes who changed their mind.
    fn back(&self) -> &str {
        if self.then.is_empty() { "/wallet" } else { ui::inner(&self.then) }
    }
}

#[derive(Template)]
#[template(path = "top_up_state.html")]
struct TopUpPage {
    shell: Shell,
    top_up: TopUpView,
    then: String,
}

impl TopUpPage {
    /// This very page.
    fn place(&self) -> String {
        place(self.top_up.id, &self.then)
    }
}

fn place(id: Id<TopUp>, then: &str) -> String {
    ui::path(&format!("/wallet/top-ups/{id}"), &[("then", then)])
}

/// Shows the form, with the amount somebody came for.
pub async fn form(shell: Shell, State(here): State<Here>, Query(wanted): Query<Wanted>) -> Answer<Response> {
    shell.user()?;
    let amount = ui::amount(&wanted.amount, Currency::TZS).map(|amount| shell.money(&amount)).unwrap_or_default();
    let filled = Filled { amount, method: String::new() };
    Ok(Page(TopUpForm { shell, then: wanted.then, filled, methods: open_top_up::methods(&here), wrong: Wrong::default() })
        .into_response())
}

/// Asks the provider for the money, and leads to where its answer is shown.
pub async fn submit(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Query(wanted): Query<Wanted>,
    once: MoneyForm<Filled>,
) -> Answer<Response> {
    let mut filled = Filled::default();
    let opened = once.0.run(&here, async |typed: Filled| {
        filled = typed;
        open(&here, &actor, &filled).await
    });
    match opened.await {
        Ok(id) => Ok(shell.go(&place(id, &wanted.then))),
        Err(fault) => ui::again(fault, |wrong| TopUpForm {
            shell,
            then: wanted.then,
            filled,
            methods: open_top_up::methods(&here),
            wrong: wrong.calling(NAMES),
        }),
    }
}

async fn open(here: &Here, actor: &Actor, filled: &Filled) -> Result<Id<TopUp>, Fault> {
    let unreadable = || Fault::field("/amount", "wrong_type", "Write an amount like 12,500.");
    let amount = ui::amount(&filled.amount, Currency::TZS).ok_or_else(unreadable)?;
    let method = open_top_up::method(here, &filled.method)?;
    open_top_up::open_top_up(here, actor, checked(OpenTopUp { amount, method })?).await
}

/// Shows what became of it, and leads on.
pub async fn show(
    shell: Shell,
    State(here): State<Here>,
    Path(id): Path<Id<TopUp>>,
    Query(wanted): Query<Wanted>,
) -> Answer<Response> {
    let top_up = top_ups::by_id(&here, shell.user()?, id).await?;
    Ok(Page(TopUpPage { shell, top_up, then: wanted.then }).into_response())
}
