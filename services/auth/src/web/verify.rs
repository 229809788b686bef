//! The code that was sent: typed in, it opens the account or logs in.

use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use contracts::ids::Flow;
use host::{
    Here,
    http::{Answer, Query, checked, session},
};
use kernel::{Fault, Id};
use serde::Deserialize;
use ui::{Form, Page, Wrong, askama::Template};

use super::{Shell, place, private::Private};
use crate::ops::{
    flows::{
        resend_code::{self, ResendCode},
        verify_code::{self, VerifyCode},
    },
    sessions::{Origin, open_session::Tokens},
};

/// Which code is asked for, and where the reader goes then.
#[derive(Debug, Deserialize)]
pub struct Wanted {
    flow: Id<Flow>,
    #[serde(default)]
    then: String,
}

/// What somebody typed in.
#[derive(Debug, Deserialize)]
pub struct Filled {
    flow: Id<Flow>,
    #[serde(default)]
    then: String,
    code: Private,
}

#[derive(Template)]
#[template(path = "verify.html")]
struct VerifyPage {
    shell: Shell,
    flow: Id<Flow>,
    then: String,
    wrong: Wrong,
}

/// Leads to the page that asks for the code.
pub fn ask_for_code(shell: &Shell, flow: Id<Flow>, then: &str) -> Response {
    shell.go(&ui::path("/verify", &[("flow", &flow.to_string()), ("then", then)]))
}

/// Asks for the code; who is in already goes on.
pub async fn form(shell: Shell, Query(wanted): Query<Wanted>) -> Response {
    if shell.viewer.is_some() {
        return shell.go(place(&wanted.then));
    }
    Page(VerifyPage { shell, flow: wanted.flow, then: wanted.then, wrong: Wrong::default() }).into_response()
}

/// Takes the code, and lets its owner in.
pub async fn submit(
    shell: Shell,
    State(here): State<Here>,
    origin: Origin,
    headers: HeaderMap,
    Form(filled): Form<Filled>,
) -> Answer<Response> {
    match verify(&here, &filled, &headers, &origin).await {
        Ok(tokens) => Ok(let_in(&here, &tokens, shell.go(place(&filled.then)))),
        Err(fault) => ui::again(fault, |wrong| VerifyPage { shell, flow: filled.flow, then: filled.then, wrong }),
    }
}

async fn verify(here: &Here, filled: &Filled, headers: &HeaderMap, origin: &Origin) -> Result<Tokens, Fault> {
    let typed: String = filled.code.as_str().chars().filter(|c| !c.is_whitespace()).collect();
    let device = session::device(&here.config, headers).map(Into::into);
    verify_code::verify_code(here, checked(VerifyCode { flow_id: filled.flow, code: typed.into(), device })?, origin).await
}

/// Sends another code.
pub async fn resend(shell: Shell, State(here): State<Here>, origin: Origin, Form(wanted): Form<Wanted>) -> Answer<Response> {
    match resend_code::resend_code(&here, ResendCode { flow_id: wanted.flow }, &origin).await {
        Ok(begun) => {
            let to = ui::path("/verify", &[("flow", &begun.flow_id.to_string()), ("then", &wanted.then)]);
            Ok(shell.go_saying(&to, &shell.say("code-sent-again")))
        }
        Err(fault) => ui::again(fault, |wrong| VerifyPage { shell, flow: wanted.flow, then: wanted.then, wrong }),
    }
}

/// The session's cookies with the way on.
pub fn let_in(here: &Here, tokens: &Tokens, response: Response) -> Response {
    let cookies =
        session::signed_in(&here.config, &tokens.access_token, tokens.expires_in, &tokens.refresh_token, &tokens.device);
    (cookies, response).into_response()
}
