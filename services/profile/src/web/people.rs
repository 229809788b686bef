//! Who follows whom.

use std::borrow::Cow;

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use contracts::profile::Card;
use host::{
    Here,
    http::{Answer, Path, Query},
};
use kernel::{Id, PageQuery, User};
use ui::{Page, askama::Template};

use super::Shell;
use crate::views::{
    lists::{self, Side},
    profiles::{self, ProfileView},
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

    fn title(&self) -> Cow<'static, str> {
        let key = match self.side {
            Side::Followers => "people-followers",
            Side::Following => "people-following",
            Side::Mutuals => "people-mutuals",
        };
        self.shell.tell(key, &[("name", &self.profile.display_name)])
    }

    /// This list, to which a cursor is added.
    fn base(&self) -> String {
        let side = match self.side {
            Side::Followers => "followers",
            Side::Following => "following",
            Side::Mutuals => "mutuals",
        };
        format!("/users/{}/{side}?", self.profile.id)
    }
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

/// Shows who of somebody's followers the reader follows, newest first.
pub async fn mutuals(
    shell: Shell,
    State(here): State<Here>,
    Path(id): Path<Id<User>>,
    Query(page): Query<PageQuery>,
) -> Answer<Response> {
    shell.user()?;
    list(shell, &here, (id, Side::Mutuals), &page).await
}

async fn list(shell: Shell, here: &Here, (of, side): (Id<User>, Side), page: &PageQuery) -> Answer<Response> {
    let profile = profiles::by_id(here, shell.viewer, of).await?;
    let people = lists::list(here, shell.viewer, of, side, page).await?;
    Ok(Page(PeoplePage { shell, profile, side, people }).into_response())
}
