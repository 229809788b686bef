//! What somebody has, and what happened to it.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use host::{
    Here,
    http::{Answer, Query},
};
use kernel::{Money, PageQuery};
use ui::{Page, askama::Template};

use super::Shell;
use crate::views::{
    transactions::{self, TransactionView},
    wallet::{self, WalletView},
};

#[derive(Template)]
#[template(path = "wallet.html")]
struct WalletPage {
    shell: Shell,
    wallet: WalletView,
    history: kernel::Page<TransactionView>,
}

impl WalletPage {
    /// `+TZS 5,000` or `−TZS 5,000`: the sign stands in front, where it is seen first.
    fn change(&self, amount: &Money) -> String {
        let plain = Money::new(amount.minor().saturating_abs(), amount.currency());
        format!("{}{}", if amount.is_negative() { "−" } else { "+" }, self.shell.money(&plain))
    }

    /// Where more is said of it, if anywhere.
    fn place(line: &TransactionView) -> Option<String> {
        let of = |prefix: &str| line.reference.starts_with(prefix);
        match () {
            () if of("ord_") => Some(format!("/orders/{}", line.reference)),
            () if of("top_") => Some(format!("/wallet/top-ups/{}", line.reference)),
            () => None,
        }
    }
}

/// One sentence for pages of others that take money.
#[derive(Template)]
#[template(path = "balance.html")]
struct BalancePart {
    shell: Shell,
    wallet: WalletView,
}

/// Shows the wallet and its history, newest first.
pub async fn show(shell: Shell, State(here): State<Here>, Query(page): Query<PageQuery>) -> Answer<Response> {
    let user = shell.user()?;
    let wallet = wallet::wallet(&here, user).await?;
    let history = transactions::list(&here, user, &page).await?;
    Ok(Page(WalletPage { shell, wallet, history }).into_response())
}

/// Says what can be spent.
pub async fn balance(shell: Shell, State(here): State<Here>) -> Answer<Response> {
    let wallet = wallet::wallet(&here, shell.user()?).await?;
    Ok(Page(BalancePart { shell, wallet }).into_response())
}
