//! One's own sessions and devices.

use axum::{Json, extract::State, http::StatusCode};
use host::{
    Here,
    http::{Answer, Caller, Path, Query},
};
use kernel::{Id, Page, PageQuery, Session};

use crate::{
    ops::sessions::end_session,
    views::{
        devices::{self, DeviceView},
        sessions::{self, SessionView},
    },
};

/// Where I am logged in, newest first.
#[utoipa::path(get, path = "/auth/sessions", tag = "auth", params(PageQuery), responses((status = 200, body = Page<SessionView>)))]
pub async fn list(
    State(here): State<Here>,
    Caller(actor): Caller,
    Query(page): Query<PageQuery>,
) -> Answer<Json<Page<SessionView>>> {
    Ok(Json(sessions::list(&here, &actor, &page).await?))
}

/// Sign out one of my sessions. Its refresh token dies at once, its access token within ten minutes.
#[utoipa::path(delete, path = "/auth/sessions/{id}", tag = "auth", params(("id" = Id<Session>, Path)), responses((status = 204)))]
pub async fn end(State(here): State<Here>, Caller(actor): Caller, Path(id): Path<Id<Session>>) -> Answer<StatusCode> {
    end_session::end_session(&here, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sign out everywhere but here.
#[utoipa::path(delete, path = "/auth/sessions", tag = "auth", responses((status = 204)))]
pub async fn end_others(State(here): State<Here>, Caller(actor): Caller) -> Answer<StatusCode> {
    end_session::end_others(&here, &actor).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Devices I have logged in on, newest first.
#[utoipa::path(get, path = "/auth/devices", tag = "auth", params(PageQuery), responses((status = 200, body = Page<DeviceView>)))]
pub async fn devices(
    State(here): State<Here>,
    Caller(actor): Caller,
    Query(page): Query<PageQuery>,
) -> Answer<Json<Page<DeviceView>>> {
    Ok(Json(devices::list(&here, actor.user()?, &page).await?))
}
