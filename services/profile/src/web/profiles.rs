//! Somebody's page, and the places of one's own account.

use std::borrow::Cow;

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use host::{
    Here,
    http::{Answer, Caller, Path},
};
use kernel::{Fault, Id, User};
use ui::{Page, askama::Template};

use super::Shell;
use crate::views::{
    profiles::{self, Eyes, ProfileView},
    queue,
};

#[derive(Template)]
#[template(path = "profile.html")]
struct ProfilePage {
    shell: Shell,
    profile: ProfileView,
    /// In whose place somebody looks at their own.
    eyes: Option<Eyes>,
}

impl ProfilePage {
    /// What this is a preview of, and another one: words of both, and where that is.
    fn preview(&self) -> Option<(&'static str, &'static str, &'static str)> {
        self.eyes.map(|eyes| match eyes {
            Eyes::Everyone => ("preview-everyone", "/me/as/followers", "preview-as-follower"),
            Eyes::Followers => ("preview-follower", "/me/as/everyone", "preview-as-everyone"),
        })
    }

    /// The bio in pieces: words, and those that lead to somebody.
    fn bio(&self) -> Vec<(&str, Option<Id<User>>)> {
        pieces(&self.profile)
    }

    /// Whether there is more of them elsewhere.
    fn leads(&self) -> bool {
        !self.profile.shops.is_empty() || self.profile.trust.is_some() || !self.profile.links.is_empty()
    }

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
    /// How many cases can't wait; for moderators.
    urgent: Option<i64>,
}

/// A link as it is read: without what goes without saying.
pub(super) fn short(link: &str) -> &str {
    link.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/')
}

fn pieces(profile: &ProfileView) -> Vec<(&str, Option<Id<User>>)> {
    let (bio, mut done, mut pieces) = (profile.bio.as_str(), 0, Vec::new());
    for (start, end) in profiles::spans(bio) {
        let (Some(before), Some(name)) = (bio.get(done..start), bio.get(start..end)) else { continue };
        let written = name.trim_start_matches('@').to_lowercase();
        let Some(mention) = profile.mentions.iter().find(|one| one.written == written) else { continue };
        pieces.extend([(before, None), (name, Some(mention.user))]);
        done = end;
    }
    pieces.push((bio.get(done..).unwrap_or_default(), None));
    pieces
}

/// Shows somebody to whoever may see them, by id or username.
pub async fn show(shell: Shell, State(here): State<Here>, Path(user): Path<String>) -> Answer<Response> {
    let profile = profiles::find(&here, shell.viewer, &user).await?;
    let is_here = user.parse::<Id<User>>().is_ok() || user.eq_ignore_ascii_case(&profile.username);
    if !is_here {
        // They were called so until a while ago.
        return Ok(shell.go(&format!("/users/{}", profile.username)));
    }
    Ok(Page(ProfilePage { shell, profile, eyes: None }).into_response())
}

/// Shows one's own as others see it.
pub async fn preview(shell: Shell, State(here): State<Here>, Path(eyes): Path<String>) -> Answer<Response> {
    let user = shell.user()?;
    let eyes = Eyes::named(&eyes).ok_or_else(Fault::not_found)?;
    let profile = profiles::preview(&here, user, eyes).await?;
    Ok(Page(ProfilePage { shell, profile, eyes: Some(eyes) }).into_response())
}

/// Shows where everything of one's own is.
pub async fn me(shell: Shell, State(here): State<Here>, Caller(actor): Caller) -> Answer<Response> {
    let user = shell.user()?;
    let profile = profiles::by_id(&here, Some(user), user).await?;
    let urgent = queue::urgent(&here, &actor).await?;
    Ok(Page(MePage { shell, profile, urgent }).into_response())
}
