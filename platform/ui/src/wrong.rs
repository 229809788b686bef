//! What was wrong with a form: said beside the field it is about, or above the form.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use host::http::{Answer, status};
use kernel::{Fault, Kind};

use crate::{page::Page, shell::Shell, words::Words};

/// A refusal to be shown in the form it answers; nothing before anything was sent.
#[derive(Debug, Default)]
pub struct Wrong {
    fault: Option<Fault>,
    /// Fields of the command that this form asks for under another name, as (theirs, ours).
    names: &'static [(&'static str, &'static str)],
    /// Refusals of the whole that are about one field, as (code, field).
    about: &'static [(&'static str, &'static str)],
}

impl Wrong {
    /// A form asks for a field under a name of its own: `("email", "contact")`.
    #[must_use]
    pub fn calling(self, names: &'static [(&'static str, &'static str)]) -> Self {
        Self { names, ..self }
    }

    /// Some refusals of the whole are about one field of this form: `("auth.password_weak", "password")`.
    #[must_use]
    pub fn about(self, about: &'static [(&'static str, &'static str)]) -> Self {
        Self { about, ..self }
    }

    /// What is wrong with this field, in the reader's words.
    pub fn at<W: Words>(&self, shell: &Shell<W>, name: &str) -> Option<String> {
        let fault = self.fault.as_ref()?;
        if self.field_of(fault.code()) == Some(name) {
            return Some(shell.why(fault.code(), fault.detail()));
        }
        Some(shell.why_not(fault.fields().iter().find(|field| self.called(&field.pointer) == name)?))
    }

    /// What is wrong with the whole.
    pub fn whole<W: Words>(&self, shell: &Shell<W>) -> Option<String> {
        let fault = self.fault.as_ref().filter(|fault| self.field_of(fault.code()).is_none())?;
        Some(shell.why(fault.code(), fault.detail()))
    }

    fn field_of(&self, code: &str) -> Option<&'static str> {
        self.about.iter().find(|(theirs, _)| *theirs == code).map(|(_, field)| *field)
    }

    /// What the form calls the field a pointer leads to: its last part, unless it has a name of its own.
    fn called<'a>(&self, pointer: &'a str) -> &'a str {
        let last = pointer.rsplit('/').next().unwrap_or_default();
        self.names.iter().find(|(theirs, _)| *theirs == last).map_or(last, |(_, ours)| ours)
    }
}

/// The form once more, saying what was wrong with it. What isn't about a form (we are busy, there is no such thing) goes on as it is.
pub fn again<T: Template>(fault: impl Into<Fault>, page: impl FnOnce(Wrong) -> T) -> Answer<Response> {
    let fault = fault.into();
    let status = match fault.kind() {
        Kind::NotFound | Kind::Internal | Kind::Unavailable | Kind::Repeat => return Err(fault.into()),
        // Nobody is asked for a header that a browser would send.
        Kind::Unauthenticated if fault.code() == "unauthenticated" => return Err(fault.into()),
        Kind::Unauthenticated => StatusCode::UNPROCESSABLE_ENTITY,
        kind => status(kind),
    };
    Ok((status, Page(page(Wrong { fault: Some(fault), ..Wrong::default() }))).into_response())
}
