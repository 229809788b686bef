//! One's own avatar and cover.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
    routing::{MethodRouter, get},
};
use contracts::files::PictureView;
use host::{
    Here,
    http::{Answer, Caller, Query},
};
use kernel::{Actor, Fault, Id, User};
use serde::Deserialize;
use ui::{Chosen, Form, Page, Wrong, askama::Template};

use super::Shell;
use crate::{
    fault::Refusal,
    ops::faces::{
        change_profile::{self, ChangeProfile},
        show_portrait::Choice,
    },
    views::profiles,
};

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Avatar,
    Cover,
}

/// The picture somebody chose, or came with.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Filled {
    media: String,
    /// There where they want none.
    none: Option<String>,
}

#[derive(Template)]
#[template(path = "portrait.html")]
struct PortraitPage {
    shell: Shell,
    place: Place,
    /// What shows them now.
    now: Option<PictureView>,
    chosen: Chosen,
    wrong: Wrong,
}

impl Place {
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
pub fn portrait(place: Place) -> MethodRouter<Here> {
    get(move |shell: Shell, State(here): State<Here>, Query(filled): Query<Filled>| form(place, shell, here, filled)).post(
        move |shell: Shell, State(here): State<Here>, Caller(actor): Caller, Form(filled): Form<Filled>| {
            submit(place, shell, here, actor, filled)
        },
    )
}

/// Shows the picture that is seen now, and the form with those that were sent.
async fn form(place: Place, shell: Shell, here: Here, filled: Filled) -> Answer<Response> {
    let user = shell.user()?;
    let now = now(&here, user, place).await?;
    let chosen = Chosen::of(&here, user, &filled.media, place.path()).await;
    Ok(Page(PortraitPage { shell, place, now, chosen, wrong: Wrong::default() }).into_response())
}

async fn now(here: &Here, user: Id<User>, place: Place) -> Result<Option<PictureView>, Fault> {
    let profile = profiles::by_id(here, Some(user), user).await?;
    Ok(if place == Place::Avatar { profile.avatar } else { profile.cover })
}

/// Keeps the one that was sent last, or takes away what is there.
async fn submit(place: Place, shell: Shell, here: Here, actor: Actor, filled: Filled) -> Answer<Response> {
    let Err(fault) = change(place, &here, &actor, &filled).await else {
        let said = if filled.none.is_some() { "profile-changed" } else { "portrait-soon" };
        return Ok(shell.go_saying("/me", &shell.say(said)));
    };
    let now = now(&here, actor.user()?, place).await?;
    let chosen = Chosen::of(&here, actor.user()?, &filled.media, place.path()).await;
    ui::again(fault, |wrong| PortraitPage { shell, place, now, chosen, wrong: wrong.calling(NAMES) })
}

async fn change(place: Place, here: &Here, actor: &Actor, filled: &Filled) -> Result<(), Fault> {
    let last = ui::media_ids(&filled.media).and_then(|ids| ids.last().copied());
    let chosen = match last {
        _ if filled.none.is_some() => Choice::Nothing,
        Some(last) => Choice::Picture(last),
        None => return Err(Refusal::AvatarUnknown.into()),
    };
    let cmd = match place {
        Place::Avatar => ChangeProfile { avatar: chosen, ..ChangeProfile::default() },
        Place::Cover => ChangeProfile { cover: chosen, ..ChangeProfile::default() },
    };
    change_profile::change_profile(here, actor, cmd).await
}
