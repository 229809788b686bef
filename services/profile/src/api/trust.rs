//! How far somebody can be trusted.

use axum::{Json, extract::State};
use host::{
    Here,
    http::{Answer, Caller, Path},
};
use kernel::{Id, User};

use crate::views::trust::{self, TrustView};

/// How far a seller can be trusted, and what that is made of.
#[utoipa::path(get, path = "/users/{id}/trust", tag = "profile", params(("id" = Id<User>, Path)),
    responses((status = 200, body = TrustView)), security((), ("bearer" = [])))]
pub async fn show(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<User>>) -> Answer<Json<TrustView>> {
    Ok(Json(trust::trust(&here, actor.viewer(), id).await?))
}
