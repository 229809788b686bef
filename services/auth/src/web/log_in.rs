//! Logging in, with a password or with a code.

use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use host::{
    Here,
    http::{Answer, Query, checked, session},
};
use kernel::{Fault, Locale};
use serde::Deserialize;
use ui::{Form, Page, Wrong, askama::Template};

use super::{Shell, Then, place, private::Private, verify};
use crate::ops::{
    flows::{
        begin_login::{self, BeginLogin},
        issue_code::Begun,
    },
    sessions::{
        Origin,
        log_in::{self, LogIn},
        open_session::Tokens,
    },
};

/// What somebody filled in.
#[derive(Debug, Default, Deserialize)]
pub struct Filled {
    identifier: Private,
    #[serde(default)]
    password: Private,
    #[serde(default)]
    then: String,
}

#[derive(Template)]
#[template(path = "login.html")]
struct LogInPage {
    shell: Shell,
    filled: Filled,
    wrong: Wrong,
}

/// Shows the form; who is in already goes on.
pub async fn form(shell: Shell, Query(to): Query<Then>) -> Response {
    if shell.viewer.is_some() {
        return shell.go(to.place());
    }
    let filled = Filled { then: to.then, ..Filled::default() };
    Page(LogInPage { shell, filled, wrong: Wrong::default() }).into_response()
}

/// Lets in whoever knows the password.
pub async fn submit(
    shell: Shell,
    State(here): State<Here>,
    origin: Origin,
    headers: HeaderMap,
    Form(filled): Form<Filled>,
) -> Answer<Response> {
    match enter(&here, &filled, &headers, &origin).await {
        Ok(tokens) => Ok(verify::let_in(&here, &tokens, shell.go(place(&filled.then)))),
        Err(fault) => ui::again(fault, |wrong| LogInPage { shell, filled, wrong }),
    }
}

async fn enter(here: &Here, filled: &Filled, headers: &HeaderMap, origin: &Origin) -> Result<Tokens, Fault> {
    let cmd = LogIn {
        identifier: filled.identifier.as_str().trim().to_owned().into(),
        password: filled.password.as_str().to_owned().into(),
        device: session::device(&here.config, headers).map(Into::into),
    };
    log_in::log_in(here, checked(cmd)?, origin).await
}

/// Sends a code instead, and asks for it.
pub async fn send_code(
    shell: Shell,
    State(here): State<Here>,
    origin: Origin,
    headers: HeaderMap,
    Form(filled): Form<Filled>,
) -> Answer<Response> {
    match begin(&here, &filled, &headers, (shell.reader.locale, &origin)).await {
        Ok(begun) => Ok(verify::ask_for_code(&shell, begun.flow_id, &filled.then)),
        Err(fault) => ui::again(fault, |wrong| LogInPage { shell, filled, wrong }),
    }
}

async fn begin(here: &Here, filled: &Filled, headers: &HeaderMap, from: (Locale, &Origin)) -> Result<Begun, Fault> {
    let (locale, origin) = from;
    let identifier = filled.identifier.as_str().trim().to_owned().into();
    let device = session::device(&here.config, headers).map(Into::into);
    begin_login::begin_login(here, checked(BeginLogin { identifier, device, locale })?, origin).await
}
