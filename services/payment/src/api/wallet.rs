//! The wallet.

use axum::{Json, extract::State};
use host::{
    Here,
    http::{Answer, Caller, Query},
};
use kernel::{Page, PageQuery};

use crate::views::{
    self,
    transactions::{self, TransactionView},
    wallet::WalletView,
};

/// What I have, available and held.
#[utoipa::path(get, path = "/wallet", tag = "payment", responses((status = 200, body = WalletView)))]
pub async fn show(State(here): State<Here>, Caller(actor): Caller) -> Answer<Json<WalletView>> {
    Ok(Json(views::wallet::wallet(&here, actor.user()?).await?))
}

/// What happened to my money, newest first.
#[utoipa::path(get, path = "/wallet/transactions", tag = "payment", params(PageQuery),
    responses((status = 200, body = Page<TransactionView>)))]
pub async fn transactions(
    State(here): State<Here>,
    Caller(actor): Caller,
    Query(page): Query<PageQuery>,
) -> Answer<Json<Page<TransactionView>>> {
    Ok(Json(transactions::list(&here, actor.user()?, &page).await?))
}
