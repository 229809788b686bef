//! Changing one's own profile.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use host::{
    Here,
    http::{Answer, Caller, checked},
};
use kernel::{Actor, Fault};
use serde::Deserialize;
use ui::{Form, Page, Wrong, askama::Template};

use super::Shell;
use crate::{
    fault::Refusal,
    ops::change_profile::{self, ChangeProfile},
    views::profiles,
};

/// What somebody filled in.
#[derive(Debug, Deserialize)]
pub struct Filled {
    display_name: String,
    username: String,
    bio: String,
}

#[derive(Template)]
#[template(path = "edit.html")]
struct EditPage {
    shell: Shell,
    filled: Filled,
    /// Usernames that can be had, where the wanted one can't.
    free: Vec<String>,
    wrong: Wrong,
}

/// Shows the form with what stands there now.
pub async fn form(shell: Shell, State(here): State<Here>) -> Answer<Response> {
    let user = shell.user()?;
    let now = profiles::by_id(&here, Some(user), user).await?;
    let filled = Filled { display_name: now.display_name, username: now.username, bio: now.bio };
    Ok(Page(EditPage { shell, filled, free: Vec::new(), wrong: Wrong::default() }).into_response())
}

/// Keeps it.
pub async fn submit(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Form(filled): Form<Filled>,
) -> Answer<Response> {
    let Err(fault) = change(&here, &actor, &filled).await else {
        return Ok(shell.go_saying("/me", &shell.say("profile-changed")));
    };
    let taken = Fault::from(Refusal::UsernameTaken);
    if fault.code() != taken.code() {
        return ui::again(fault, |wrong| EditPage { shell, filled, free: Vec::new(), wrong });
    }
    // It is about one field, and there it is said, with others that are free.
    let fault = Fault::field("/username", taken.code().to_owned(), taken.detail().to_owned());
    let free = profiles::username(&here, &filled.username).await?.suggestions;
    ui::again(fault, |wrong| EditPage { shell, filled, free, wrong })
}

async fn change(here: &Here, actor: &Actor, filled: &Filled) -> Result<(), Fault> {
    let cmd = ChangeProfile {
        username: Some(filled.username.trim().to_owned()),
        display_name: Some(filled.display_name.trim().to_owned()),
        bio: Some(filled.bio.trim().to_owned()),
    };
    change_profile::change_profile(here, actor, checked(cmd)?).await
}
