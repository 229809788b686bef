//! Signing up: who somebody is, and where their code goes.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use host::{
    Here,
    http::{Answer, Query, checked},
};
use jiff::civil::Date;
use kernel::{Fault, Locale};
use serde::Deserialize;
use ui::{Form, Page, Wrong, askama::Template};

use super::{Shell, Then, private::Private, verify};
use crate::{
    fault::Refusal,
    ops::{
        flows::{
            issue_code::Begun,
            register::{self, Register},
        },
        sessions::Origin,
    },
};

/// What somebody filled in.
#[derive(Debug, Default, Deserialize)]
pub struct Filled {
    display_name: Private,
    contact: Private,
    birth_date: Private,
    password: Private,
    #[serde(default)]
    then: String,
}

#[derive(Template)]
#[template(path = "signup.html")]
struct SignUpPage {
    shell: Shell,
    filled: Filled,
    wrong: Wrong,
}

/// The command has two fields for what the form asks for in one.
const NAMES: &[(&str, &str)] = &[("email", "contact"), ("phone", "contact"), ("identifier", "contact")];

const ABOUT: &[(&str, &str)] = &[("auth.password_weak", "password"), ("auth.too_young", "birth_date")];

/// Shows the form; who is in already goes on.
pub async fn form(shell: Shell, Query(to): Query<Then>) -> Response {
    if shell.viewer.is_some() {
        return shell.go(to.place());
    }
    let filled = Filled { then: to.then, ..Filled::default() };
    Page(SignUpPage { shell, filled, wrong: Wrong::default() }).into_response()
}

/// Sends the code, and asks for it.
pub async fn submit(shell: Shell, State(here): State<Here>, origin: Origin, Form(filled): Form<Filled>) -> Answer<Response> {
    match begin(&here, &filled, shell.reader.locale, &origin).await {
        Ok(begun) => Ok(verify::ask_for_code(&shell, begun.flow_id, &filled.then)),
        Err(fault) => ui::again(fault, |wrong| SignUpPage { shell, filled, wrong: wrong.calling(NAMES).about(ABOUT) }),
    }
}

async fn begin(here: &Here, filled: &Filled, locale: Locale, origin: &Origin) -> Result<Begun, Fault> {
    let birth_date: Date = filled.birth_date.as_str().parse().map_err(|_| Refusal::BirthDateInvalid)?;
    let contact = || Some(filled.contact.as_str().trim().to_owned().into());
    let is_email = filled.contact.as_str().contains('@');
    let cmd = Register {
        email: contact().filter(|_| is_email),
        phone: contact().filter(|_| !is_email),
        password: Some(filled.password.as_str().to_owned()).filter(|typed| !typed.is_empty()).map(Into::into),
        display_name: filled.display_name.as_str().trim().to_owned(),
        birth_date,
        username: None,
        locale,
    };
    register::register(here, checked(cmd)?, origin).await
}
