//! Following somebody, and who follows whom.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use contracts::profile::Card;
use host::{
    Here,
    http::{Answer, Caller, Path, Query},
};
use kernel::{Id, PageQuery, User};
use ui::{Form, Page, Pressed, askama::Template};

use super::Shell;
use crate::{
    ops::{
        follow,
        unfollow::{self, Unfollow},
    },
    views::{
        follows::{self, Side},
        profiles::{self, ProfileView},
    },
};

#[derive(Template)]
#[template(path = "people.html")]
struct PeoplePage {
    shell: Shell,
    profile: ProfileView,
    side: Side,
    people: kernel::Page<Card>,
}

impl PeoplePage {
    /// Whether it is a list of the reader's own.
    fn is_own(&self) -> bool {
        self.shell.viewer == Some(self.profile.id)
    }

    /// This list, to which a cursor is added.
    fn base(&self) -> String {
        let side = if self.side == Side::Followers { "followers" } else { "following" };
        format!("/users/{}/{side}?", self.profile.id)
    }
}

/// Follows somebody.
pub async fn follow(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<User>>,
    Form(_): Form<Pressed>,
) -> Answer<Response> {
    follow::follow(&here, &actor, id).await?;
    Ok(shell.go(&format!("/users/{id}")))
}

/// Stops following somebody.
pub async fn unfollow(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<User>>,
    Form(_): Form<Pressed>,
) -> Answer<Response> {
    unfollow::unfollow(&here, &actor, Unfollow::Followee(id)).await?;
    Ok(shell.go(&format!("/users/{id}")))
}

/// Shows who follows somebody, newest first.
pub async fn followers(
    shell: Shell,
    State(here): State<Here>,
    Path(id): Path<Id<User>>,
    Query(page): Query<PageQuery>,
) -> Answer<Response> {
    list(shell, &here, (id, Side::Followers), &page).await
}

/// Shows whom somebody follows, newest first.
pub async fn following(
    shell: Shell,
    State(here): State<Here>,
    Path(id): Path<Id<User>>,
    Query(page): Query<PageQuery>,
) -> Answer<Response> {
    list(shell, &here, (id, Side::Following), &page).await
}

async fn list(shell: Shell, here: &Here, (of, side): (Id<User>, Side), page: &PageQuery) -> Answer<Response> {
    let profile = profiles::by_id(here, shell.viewer, of).await?;
    let people = follows::list(here, shell.viewer, of, side, page).await?;
    Ok(Page(PeoplePage { shell, profile, side, people }).into_response())
}
