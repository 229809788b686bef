//! Logging in and out.

use axum::{Json, extract::State, http::StatusCode};
use host::{
    Here,
    http::{Accepted, Answer, Body, Caller},
};

use crate::ops::{
    flows::{
        begin_login::{self, BeginLogin},
        issue_code::Begun,
    },
    sessions::{
        Origin, end_session,
        log_in::{self, LogIn},
        open_session::Tokens,
        refresh_session::{self, RefreshSession},
    },
};

/// Log in with a password. 401 `auth.wrong_credentials` whatever was wrong; 429 `auth.throttled` after too many tries.
#[utoipa::path(post, path = "/auth/login", tag = "auth", request_body = LogIn, responses((status = 200, body = Tokens)), security(()))]
pub async fn with_password(State(here): State<Here>, origin: Origin, Body(cmd): Body<LogIn>) -> Answer<Json<Tokens>> {
    Ok(Json(log_in::log_in(&here, cmd, &origin).await?))
}

/// Ask for a code to log in with; `auth/verify` takes it. The answer is the same whether or not there is an account.
#[utoipa::path(post, path = "/auth/login/code", tag = "auth", request_body = BeginLogin, responses((status = 202, body = Begun)), security(()))]
pub async fn with_code(State(here): State<Here>, origin: Origin, Body(cmd): Body<BeginLogin>) -> Answer<Accepted<Begun>> {
    Ok(Accepted(begin_login::begin_login(&here, cmd, &origin).await?))
}

/// Exchange a refresh token for its successor and a new access token. Asking again with the same token gives the same
/// successor; an older one ends the session (401 `auth.refresh_reused`).
#[utoipa::path(post, path = "/auth/token/refresh", tag = "auth", request_body = RefreshSession, responses((status = 200, body = Tokens)), security(()))]
pub async fn refresh(State(here): State<Here>, Body(cmd): Body<RefreshSession>) -> Answer<Json<Tokens>> {
    Ok(Json(refresh_session::refresh_session(&here, cmd).await?))
}

/// Log out here. The refresh token dies at once, the access token within ten minutes.
#[utoipa::path(post, path = "/auth/logout", tag = "auth", responses((status = 204)))]
pub async fn log_out(State(here): State<Here>, Caller(actor): Caller) -> Answer<StatusCode> {
    end_session::log_out(&here, &actor).await?;
    Ok(StatusCode::NO_CONTENT)
}
