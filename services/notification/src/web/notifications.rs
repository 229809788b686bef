//! What somebody was told: read, opened, thrown away.

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use contracts::ids::Notification;
use host::{
    Here,
    http::{Answer, Caller, Path, Query},
};
use kernel::{Id, PageQuery};
use serde::Deserialize;
use ui::{Form, Page, Pressed, askama::Template};

use super::Shell;
use crate::{
    ops::{delete_notification, mark_read},
    views::notifications::{self, NotificationView},
};

#[derive(Template)]
#[template(path = "notifications.html")]
struct NotificationsPage {
    shell: Shell,
    notices: kernel::Page<NotificationView>,
}

/// Beyond this nobody counts.
const COUNTED: i64 = 99;

/// Where the notice leads; its form says so.
#[derive(Debug, Deserialize)]
pub struct Opened {
    #[serde(default)]
    link: String,
}

/// Shows them, newest first, in the language of the page around them.
pub async fn list(shell: Shell, State(here): State<Here>, Query(page): Query<PageQuery>) -> Answer<Response> {
    let (user, locale) = (shell.user()?, Some(shell.reader.locale));
    let notices = notifications::list(&here, user, locale, &page).await?;
    Ok(Page(NotificationsPage { shell, notices }).into_response())
}

/// How many are unread, for every page's navigation: a number, or nothing.
pub async fn unread(shell: Shell, State(here): State<Here>) -> Answer<Response> {
    let fresh = [(header::CACHE_CONTROL, "no-store")];
    let Some(user) = shell.viewer else {
        return Ok((StatusCode::NO_CONTENT, fresh).into_response());
    };
    let shown = match notifications::unread_count(&here, user).await?.count {
        0 => String::new(),
        count if count > COUNTED => format!("{COUNTED}+"),
        count => count.to_string(),
    };
    Ok((fresh, Html(shown)).into_response())
}

/// Marks one as read and leads to what it is about.
pub async fn open(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Notification>>,
    Form(opened): Form<Opened>,
) -> Answer<Response> {
    mark_read::mark_read(&here, &actor, id).await?;
    Ok(shell.go(&opened.link))
}

/// Marks all as read.
pub async fn read_all(shell: Shell, State(here): State<Here>, Caller(actor): Caller, Form(_): Form<Pressed>) -> Answer<Response> {
    mark_read::mark_all_read(&here, &actor).await?;
    Ok(shell.go_saying("/notifications", &shell.say("notices-all-read")))
}

/// Throws one away.
pub async fn delete(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Notification>>,
    Form(_): Form<Pressed>,
) -> Answer<Response> {
    delete_notification::delete_notification(&here, &actor, id).await?;
    Ok(shell.go_saying("/notifications", &shell.say("notice-deleted")))
}
