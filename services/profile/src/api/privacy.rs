//! Who sees what of me.

use axum::{Json, extract::State};
use host::{
    Here,
    http::{Answer, Body, Caller},
};

use crate::{
    ops::change_privacy::{self, ChangePrivacy},
    views::privacy::{self, PrivacyView},
};

/// Who sees what of me.
#[utoipa::path(get, path = "/users/me/privacy", tag = "profile", responses((status = 200, body = PrivacyView)))]
pub async fn show(State(here): State<Here>, Caller(actor): Caller) -> Answer<Json<PrivacyView>> {
    Ok(Json(privacy::privacy(&here, actor.user()?).await?))
}

/// Change it. Going public while people wait for an answer needs a word about them: 409 `profile.requests_waiting`.
/// Refused with `profile.account_locked`.
#[utoipa::path(put, path = "/users/me/privacy", tag = "profile", request_body = ChangePrivacy, responses((status = 200, body = PrivacyView)))]
pub async fn change(
    State(here): State<Here>,
    Caller(actor): Caller,
    Body(cmd): Body<ChangePrivacy>,
) -> Answer<Json<PrivacyView>> {
    change_privacy::change_privacy(&here, &actor, cmd).await?;
    Ok(Json(privacy::privacy(&here, actor.user()?).await?))
}
