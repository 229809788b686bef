//! Lists nobody else reads: who asks to follow, and whom somebody keeps away.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
    routing::{MethodRouter, get},
};
use contracts::profile::Card;
use host::{
    Here,
    http::{Answer, Query},
};
use kernel::PageQuery;
use ui::{Page, askama::Template};

use super::Shell;
use crate::views::lists::{self, Own};

#[derive(Template)]
#[template(path = "own.html")]
struct OwnPage {
    shell: Shell,
    list: Own,
    people: kernel::Page<Card>,
}

/// A list, where it is, and what it is called.
type Place = (Own, &'static str, &'static str);

const REQUESTS: [Place; 2] = [(Own::Asking, "/me/requests", "own-asking"), (Own::Asked, "/me/requested", "own-asked")];
const AWAY: [Place; 2] = [(Own::Blocks, "/me/blocks", "own-blocks"), (Own::Mutes, "/me/mutes", "own-mutes")];

impl OwnPage {
    /// The lists that are shown beside each other, and whether it is this one.
    fn places(&self) -> impl Iterator<Item = (&'static str, &'static str, bool)> {
        let places: &[Place] = if matches!(self.list, Own::Asking | Own::Asked) { &REQUESTS } else { &AWAY };
        places.iter().map(|(list, path, words)| (*path, *words, *list == self.list))
    }

    /// Where this one is.
    fn base(&self) -> String {
        self.places().find(|(.., is_here)| *is_here).map_or_else(String::new, |(path, ..)| format!("{path}?"))
    }

    fn title(&self) -> &'static str {
        if matches!(self.list, Own::Asking | Own::Asked) { "own-requests" } else { "own-away" }
    }

    /// What this list is for.
    fn about(&self) -> &'static str {
        match self.list {
            Own::Asking => "own-asking-about",
            Own::Asked => "own-asked-about",
            Own::Blocks => "own-blocks-about",
            Own::Mutes | Own::Restricts => "own-mutes-about",
        }
    }

    /// What can be done about each of them, as (address, words).
    fn deeds(&self) -> &'static [(&'static str, &'static str)] {
        match self.list {
            Own::Asking => &[("accept", "own-accept"), ("decline", "own-decline")],
            Own::Asked => &[("unfollow", "profile-withdraw")],
            Own::Blocks => &[("unblock", "profile-unblock")],
            Own::Mutes | Own::Restricts => &[("unmute", "profile-unmute")],
        }
    }
}

/// Shows the list, newest first.
pub fn list(list: Own) -> MethodRouter<Here> {
    get(move |shell: Shell, State(here): State<Here>, Query(page): Query<PageQuery>| show(list, shell, here, page))
}

async fn show(list: Own, shell: Shell, here: Here, page: PageQuery) -> Answer<Response> {
    let people = lists::own(&here, shell.user()?, list, &page).await?;
    Ok(Page(OwnPage { shell, list, people }).into_response())
}
