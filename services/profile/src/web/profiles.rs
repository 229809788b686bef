//! Somebody's page, and the places of one's own account.

use std::borrow::Cow;

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use host::{
    Here,
    http::{Answer, Path},
};
use ui::{Page, askama::Template};

use super::Shell;
use crate::views::profiles::{self, ProfileView};

#[derive(Template)]
#[template(path = "profile.html")]
struct ProfilePage {
    shell: Shell,
    profile: ProfileView,
}

impl ProfilePage {
    /// Whether somebody looks at themselves.
    fn is_own(&self) -> bool {
        self.shell.viewer == Some(self.profile.id)
    }

    fn followers(&self) -> Cow<'static, str> {
        self.shell.count("profile-followers", self.profile.followers)
    }

    fn following(&self) -> Cow<'static, str> {
        self.shell.count("profile-following", self.profile.following)
    }

    fn follow(&self) -> &'static str {
        if self.profile.private { "profile-ask" } else { "profile-follow" }
    }

    fn unfollow(&self) -> &'static str {
        if self.profile.requested { "profile-withdraw" } else { "profile-unfollow" }
    }

    /// What can be done to see less of them, as (address, words).
    fn mute(&self) -> (&'static str, &'static str) {
        if self.profile.muting.is_empty() { ("mute", "profile-mute") } else { ("unmute", "profile-unmute") }
    }

    /// The address that outlives a change of the username (X9).
    fn address(&self) -> String {
        self.shell.absolute(&format!("/users/{}", self.profile.id))
    }
}

#[derive(Template)]
#[template(path = "me.html")]
struct MePage {
    shell: Shell,
    profile: ProfileView,
}

/// Shows somebody to whoever may see them, by id or username.
pub async fn show(shell: Shell, State(here): State<Here>, Path(user): Path<String>) -> Answer<Response> {
    let profile = profiles::find(&here, shell.viewer, &user).await?;
    Ok(Page(ProfilePage { shell, profile }).into_response())
}

/// Shows where everything of one's own is.
pub async fn me(shell: Shell, State(here): State<Here>) -> Answer<Response> {
    let user = shell.user()?;
    let profile = profiles::by_id(&here, Some(user), user).await?;
    Ok(Page(MePage { shell, profile }).into_response())
}
