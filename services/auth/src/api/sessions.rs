//! Sessions: logging in with a password, staying logged in, logging out, and where one is logged in.

use axum::{Json, extract::State, http::StatusCode};
use host::{
    Here,
    http::{Answer, Body, Caller, Path, Query},
};
use kernel::{Id, Page, PageQuery, Session};

use crate::{
    ops::sessions::{
        Origin, end_session,
        log_in::{self, LogIn},
        open_session::Tokens,
        refresh_session::{self, RefreshSession},
    },
    views::{
        devices::{self, DeviceView},
        sessions::{self, SessionView},
    },
};

/// Log in with a password. 401 `auth.wrong_credentials` whatever was wrong; 429 `auth.throttled` after too many tries.
/// Refused with `auth.account_locked`, `auth.busy`.
#[utoipa::path(post, path = "/auth/login", tag = "auth", request_body = LogIn, responses((status = 200, body = Tokens)), security(()))]
pub async fn log_in(State(here): State<Here>, origin: Origin, Body(cmd): Body<LogIn>) -> Answer<Json<Tokens>> {
    Ok(Json(log_in::log_in(&here, cmd, &origin).await?))
}

/// Exchange a refresh token for its successor and a new access token. Asking again with the same token gives the same
/// successor; an older one ends the session (401 `auth.refresh_reused`).
/// Refused with `auth.refresh_invalid`, `auth.session_revoked`.
#[utoipa::path(post, path = "/auth/token/refresh", tag = "auth", request_body = RefreshSession, responses((status = 200, body = Tokens)), security(()))]
pub async fn refresh(State(here): State<Here>, Body(cmd): Body<RefreshSession>) -> Answer<Json<Tokens>> {
    Ok(Json(refresh_session::refresh_session(&here, cmd).await?))
}

/// Log out here. The refresh token dies at once, the access token within seconds.
#[utoipa::path(post, path = "/auth/logout", tag = "auth", responses((status = 204)))]
pub async fn log_out(State(here): State<Here>, Caller(actor): Caller) -> Answer<StatusCode> {
    end_session::log_out(&here, &actor).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Where I am logged in, newest first.
#[utoipa::path(get, path = "/auth/sessions", tag = "auth", params(PageQuery), responses((status = 200, body = Page<SessionView>)))]
pub async fn list(
    State(here): State<Here>,
    Caller(actor): Caller,
    Query(page): Query<PageQuery>,
) -> Answer<Json<Page<SessionView>>> {
    Ok(Json(sessions::list(&here, &actor, &page).await?))
}

/// Sign out one of my sessions. Its refresh token dies at once, its access token within seconds.
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
