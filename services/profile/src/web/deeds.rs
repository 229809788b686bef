//! What one person does about another: a button each.

use axum::{
    extract::State,
    response::Response,
    routing::{MethodRouter, post},
};
use host::{
    Here,
    http::{Answer, Caller, Path},
};
use kernel::{Actor, Fault, Id, User};
use serde::Deserialize;
use ui::Form;

use super::Shell;
use crate::ops::ties::{
    answer_request::{self, Answer as Word},
    block, follow,
    mute::{self, Mute},
    unfollow::{self, Whose},
};

/// One of the buttons.
#[derive(Debug, Clone, Copy)]
pub enum Deed {
    Follow,
    Unfollow,
    RemoveFollower,
    Accept,
    Decline,
    Mute,
    Unmute,
    Block,
    Unblock,
}

/// What comes with a button.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct After {
    /// A list one goes on with.
    then: String,
}

/// Does it when its button is pressed.
pub fn by_post(deed: Deed) -> MethodRouter<Here> {
    post(
        move |shell: Shell,
              State(here): State<Here>,
              Caller(actor): Caller,
              Path(id): Path<Id<User>>,
              Form(after): Form<After>| { done(deed, (shell, after), here, actor, id) },
    )
}

async fn done(deed: Deed, (shell, after): (Shell, After), here: Here, actor: Actor, id: Id<User>) -> Answer<Response> {
    deed.act(&here, &actor, id).await?;
    let person = format!("/users/{id}");
    Ok(match deed {
        Deed::Follow if after.then == "suggestions" => shell.go("/me/suggestions"),
        Deed::Follow | Deed::Unfollow | Deed::Mute | Deed::Unmute => shell.go(&person),
        Deed::RemoveFollower => shell.go(&format!("/users/{}/followers", actor.user()?)),
        Deed::Accept | Deed::Decline => shell.go("/me/requests"),
        Deed::Block => shell.go_saying("/me/blocks", &shell.say("away-blocked")),
        Deed::Unblock => shell.go_saying(&person, &shell.say("away-unblocked")),
    })
}

impl Deed {
    async fn act(self, here: &Here, actor: &Actor, id: Id<User>) -> Result<(), Fault> {
        match self {
            Self::Follow => follow::follow(here, actor, id).await,
            Self::Unfollow => unfollow::unfollow(here, actor, Whose::Followee(id)).await,
            Self::RemoveFollower => unfollow::unfollow(here, actor, Whose::Follower(id)).await,
            Self::Accept => answer_request::answer_request(here, actor, id, Word::Accept).await,
            Self::Decline => answer_request::answer_request(here, actor, id, Word::Decline).await,
            Self::Mute => mute::mute(here, actor, id, Mute::default()).await,
            Self::Unmute => mute::unmute(here, actor, id).await,
            Self::Block => block::block(here, actor, id).await,
            Self::Unblock => block::unblock(here, actor, id).await,
        }
    }
}
