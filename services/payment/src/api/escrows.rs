//! Escrows.

use axum::{Json, extract::State};
use contracts::ids::Escrow;
use host::{
    Here,
    http::{Answer, Caller, Path, Query},
};
use kernel::{Id, Page, PageQuery};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::views::escrows::{self, EscrowView, Side};

/// Whose side is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Only those where I am this; both where it isn't given.
    role: Option<Side>,
}

/// My escrows, newest first.
#[utoipa::path(get, path = "/escrows", tag = "payment", params(Filter, PageQuery),
    responses((status = 200, body = Page<EscrowView>)))]
pub async fn list(
    State(here): State<Here>,
    Caller(actor): Caller,
    Query(filter): Query<Filter>,
    Query(page): Query<PageQuery>,
) -> Answer<Json<Page<EscrowView>>> {
    Ok(Json(escrows::list(&here, actor.user()?, filter.role, &page).await?))
}

/// An escrow I am a party of.
#[utoipa::path(get, path = "/escrows/{id}", tag = "payment", params(("id" = Id<Escrow>, Path)),
    responses((status = 200, body = EscrowView)))]
pub async fn show(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<Escrow>>) -> Answer<Json<EscrowView>> {
    Ok(Json(escrows::by_id(&here, actor.user()?, id).await?))
}
