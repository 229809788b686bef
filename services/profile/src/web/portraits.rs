//! One's own avatar and cover.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
    routing::{MethodRouter, get},
};
use host::{
    Here,
    http::{Answer, Caller, Query},
};
use kernel::{Actor, Fault, Id};
use serde::Deserialize;
use ui::{Chosen, Form, Page, Wrong, askama::Template};

use super::Shell;
use crate::{
    fault::Refusal,
    ops::{
        change_profile::{self, ChangeProfile},
        show_portrait::Choice,
    },
    views::profiles,
};

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    Avatar,
    Cover,
}

/// The picture somebody chose, or came with.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Filled {
    media: Option<String>,
}

#[derive(Template)]
#[template(path = "portrait.html")]
struct PortraitPage {
    shell: Shell,
    shown: Shown,
    chosen: Chosen,
    wrong: Wrong,
}

impl Shown {
    fn path(self) -> &'static str {
        match self {
            Self::Avatar => "/me/avatar",
            Self::Cover => "/me/cover",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Avatar => "portrait-avatar",
            Self::Cover => "portrait-cover",
        }
    }
}

/// The command's names for what the form calls otherwise.
const NAMES: &[(&str, &str)] = &[("avatar", "media"), ("cover", "media")];

/// The page of one of them.
pub fn portrait(shown: Shown) -> MethodRouter<Here> {
    get(move |shell: Shell, State(here): State<Here>, Query(filled): Query<Filled>| form(shown, shell, here, filled)).post(
        move |shell: Shell, State(here): State<Here>, Caller(actor): Caller, Form(filled): Form<Filled>| {
            submit(shown, shell, here, actor, filled)
        },
    )
}

/// Shows the form with the picture that stands there now, or that was sent.
async fn form(shown: Shown, shell: Shell, here: Here, filled: Filled) -> Answer<Response> {
    let user = shell.user()?;
    let media = match filled.media {
        Some(media) => media,
        None => now(&here, user, shown).await?,
    };
    let chosen = Chosen::of(&here, user, &media, shown.path()).await;
    Ok(Page(PortraitPage { shell, shown, chosen, wrong: Wrong::default() }).into_response())
}

async fn now(here: &Here, user: Id<kernel::User>, shown: Shown) -> Result<String, Fault> {
    let profile = profiles::by_id(here, Some(user), user).await?;
    let picture = if shown == Shown::Avatar { profile.avatar } else { profile.cover };
    Ok(picture.map(|picture| picture.id.to_string()).unwrap_or_default())
}

/// Keeps the first; without one, none.
async fn submit(shown: Shown, shell: Shell, here: Here, actor: Actor, filled: Filled) -> Answer<Response> {
    let media = filled.media.unwrap_or_default();
    let Err(fault) = change(shown, &here, &actor, &media).await else {
        return Ok(shell.go_saying("/me", &shell.say("profile-changed")));
    };
    let chosen = Chosen::of(&here, actor.user()?, &media, shown.path()).await;
    ui::again(fault, |wrong| PortraitPage { shell, shown, chosen, wrong: wrong.calling(NAMES) })
}

async fn change(shown: Shown, here: &Here, actor: &Actor, media: &str) -> Result<(), Fault> {
    let ids = ui::media_ids(media).ok_or(Refusal::AvatarUnknown)?;
    let chosen = ids.first().map_or(Choice::Nothing, |first| Choice::Picture(*first));
    let cmd = match shown {
        Shown::Avatar => ChangeProfile { avatar: chosen, ..ChangeProfile::default() },
        Shown::Cover => ChangeProfile { cover: chosen, ..ChangeProfile::default() },
    };
    change_profile::change_profile(here, actor, cmd).await
}
