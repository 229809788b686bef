//! Flows: a code proves a contact, and signs up or logs in.

use axum::{Json, extract::State};
use host::{
    Here,
    http::{Accepted, Answer, Body},
};

use crate::ops::{
    flows::{
        begin_login::{self, BeginLogin},
        issue_code::Begun,
        register::{self, Register},
        resend_code::{self, ResendCode},
        verify_code::{self, VerifyCode},
    },
    sessions::{Origin, open_session::Tokens},
};

/// Sign up with an e-mail address or a phone number. The answer is the same whether or not it has an account: its owner
/// then gets a code that logs in.
/// Refused with `auth.birth_date_invalid`, `auth.busy`, `auth.code_too_soon`, `auth.contact_invalid`,
/// `auth.one_contact_expected`, `auth.password_weak`, `auth.too_young`.
#[utoipa::path(post, path = "/auth/register", tag = "auth", request_body = Register, responses((status = 202, body = Begun)), security(()))]
pub async fn register(State(here): State<Here>, origin: Origin, Body(cmd): Body<Register>) -> Answer<Accepted<Begun>> {
    Ok(Accepted(register::register(&here, cmd, &origin).await?))
}

/// Ask for a code to log in with; `auth/verify` takes it. The answer is the same whether or not there is an account.
/// Refused with `auth.code_too_soon`, `auth.contact_invalid`.
#[utoipa::path(post, path = "/auth/login/code", tag = "auth", request_body = BeginLogin, responses((status = 202, body = Begun)), security(()))]
pub async fn begin_login(State(here): State<Here>, origin: Origin, Body(cmd): Body<BeginLogin>) -> Answer<Accepted<Begun>> {
    Ok(Accepted(begin_login::begin_login(&here, cmd, &origin).await?))
}

/// Type in the code: opens the account of a sign-up, and logs in. 422 `auth.code_wrong`, `auth.code_expired` or
/// `auth.code_locked`; 409 `auth.code_used`.
/// Refused with `auth.account_locked`, `auth.throttled`.
#[utoipa::path(post, path = "/auth/verify", tag = "auth", request_body = VerifyCode, responses((status = 200, body = Tokens)), security(()))]
pub async fn verify(State(here): State<Here>, origin: Origin, Body(cmd): Body<VerifyCode>) -> Answer<Json<Tokens>> {
    Ok(Json(verify_code::verify_code(&here, cmd, &origin).await?))
}

/// Send another code: after 30, 60, then 120 seconds, at most five in ten minutes (429 `auth.code_too_soon`).
#[utoipa::path(post, path = "/auth/code/resend", tag = "auth", request_body = ResendCode, responses((status = 202, body = Begun)), security(()))]
pub async fn resend(State(here): State<Here>, origin: Origin, Body(cmd): Body<ResendCode>) -> Answer<Accepted<Begun>> {
    Ok(Accepted(resend_code::resend_code(&here, cmd, &origin).await?))
}
