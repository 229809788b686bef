//! Where one is logged in, and ending it: here, there, or everywhere else.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use host::{
    Here,
    http::{Answer, Caller, Path, Query, session},
};
use kernel::{Id, PageQuery, Session};
use ui::{Form, Page, Pressed, askama::Template};

use super::Shell;
use crate::{
    ops::sessions::end_session,
    views::sessions::{self, SessionView},
};

#[derive(Template)]
#[template(path = "sessions.html")]
struct SessionsPage {
    shell: Shell,
    sessions: kernel::Page<SessionView>,
}

/// Shows them, newest first.
pub async fn list(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Query(page): Query<PageQuery>,
) -> Answer<Response> {
    let sessions = sessions::list(&here, &actor, &page).await?;
    Ok(Page(SessionsPage { shell, sessions }).into_response())
}

/// Ends one of them.
pub async fn end(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Session>>,
    Form(_): Form<Pressed>,
) -> Answer<Response> {
    end_session::end_session(&here, &actor, id).await?;
    Ok(shell.go_saying("/sessions", &shell.say("session-ended")))
}

/// Ends all but this one.
pub async fn end_others(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Form(_): Form<Pressed>,
) -> Answer<Response> {
    end_session::end_others(&here, &actor).await?;
    Ok(shell.go_saying("/sessions", &shell.say("others-ended")))
}

/// Ends this one.
pub async fn log_out(shell: Shell, State(here): State<Here>, Caller(actor): Caller, Form(_): Form<Pressed>) -> Answer<Response> {
    end_session::log_out(&here, &actor).await?;
    // Phones are lent: what a browser kept of the pages goes, too (Clear-Site-Data, W3C).
    let forget = [("clear-site-data", "\"cache\"")];
    Ok((session::signed_out(&here.config), forget, shell.go("/")).into_response())
}
