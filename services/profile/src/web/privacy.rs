//! Who sees what of one's own account.

use std::collections::HashMap;

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
    ops::change_privacy::{self, ChangePrivacy},
    views::privacy::{self, PrivacyView},
};

/// Refusals of the whole that are about one field.
const ABOUT: &[(&str, &str)] = &[("profile.requests_waiting", "waiting")];

/// What somebody chose.
#[derive(Debug, Default, Deserialize)]
pub struct Filled {
    /// There where the box is ticked.
    private: Option<String>,
    #[serde(default)]
    waiting: String,
    /// For whom each part is.
    #[serde(flatten)]
    audiences: HashMap<String, String>,
}

impl Filled {
    fn audience(&self, part: &str) -> &str {
        self.audiences.get(part).map_or("", String::as_str)
    }
}

#[derive(Template)]
#[template(path = "privacy.html")]
struct PrivacyPage {
    shell: Shell,
    privacy: PrivacyView,
    /// As it is, or as it was wished.
    private: bool,
    wrong: Wrong,
}

/// Shows the form with how it is now.
pub async fn form(shell: Shell, State(here): State<Here>) -> Answer<Response> {
    let privacy = privacy::privacy(&here, shell.user()?).await?;
    let private = privacy.private;
    Ok(Page(PrivacyPage { shell, privacy, private, wrong: Wrong::default() }).into_response())
}

/// Keeps it.
pub async fn submit(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Form(filled): Form<Filled>,
) -> Answer<Response> {
    let Err(fault) = change(&here, &actor, &filled).await else {
        return Ok(shell.go_saying("/me/privacy", &shell.say("privacy-changed")));
    };
    let privacy = privacy::privacy(&here, actor.user()?).await?.wishing(|part| filled.audience(part));
    let private = filled.private.is_some();
    ui::again(fault, |wrong| PrivacyPage { shell, privacy, private, wrong: wrong.about(ABOUT) })
}

async fn change(here: &Here, actor: &Actor, filled: &Filled) -> Result<(), Fault> {
    let cmd = ChangePrivacy::chosen(filled.private.is_some(), &filled.waiting, |part| filled.audience(part));
    change_privacy::change_privacy(here, actor, checked(cmd)?).await
}
