//! One post: for everybody who has its address, and for its author to change.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use contracts::ids::Post;
use host::{
    Here,
    http::{Answer, Caller, Path, checked},
};
use kernel::{Fault, Id};
use serde::Deserialize;
use ui::{Form, Page, Pressed, Wrong, askama::Template};

use super::{Shell, words::beginning};
use crate::{
    ops::{
        delete_post,
        edit_post::{self, EditPost},
    },
    views::{
        cards::CardView,
        posts::{self, PostView},
    },
};

#[derive(Template)]
#[template(path = "post.html")]
pub struct PostPage {
    shell: Shell,
    post: PostView,
}

#[derive(Template)]
#[template(path = "edit.html")]
struct EditPage {
    shell: Shell,
    id: Id<Post>,
    filled: Filled,
    wrong: Wrong,
}

/// The words as somebody changed them.
#[derive(Debug, Deserialize)]
pub struct Filled {
    text: String,
}

/// Shows it.
pub async fn show(shell: Shell, State(here): State<Here>, Path(id): Path<Id<Post>>) -> Answer<Page<PostPage>> {
    let post = posts::by_id(&here, shell.viewer, id).await?;
    Ok(Page(PostPage { shell, post }))
}

/// Shows its words to its author, to be changed.
pub async fn edit(shell: Shell, State(here): State<Here>, Path(id): Path<Id<Post>>) -> Answer<Response> {
    let viewer = shell.user()?;
    let post = posts::by_id(&here, Some(viewer), id).await?;
    if post.authors.iter().all(|author| author.id != viewer) {
        return Err(Fault::not_found().into());
    }
    let filled = Filled { text: post.text };
    Ok(Page(EditPage { shell, id, filled, wrong: Wrong::default() }).into_response())
}

/// Keeps the new words.
pub async fn save(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Post>>,
    Form(filled): Form<Filled>,
) -> Answer<Response> {
    let saved = match checked(EditPost { text: filled.text.clone() }) {
        Ok(cmd) => edit_post::edit_post(&here, &actor, id, cmd).await,
        Err(fault) => Err(fault),
    };
    match saved {
        Ok(()) => Ok(shell.go_saying(&format!("/posts/{id}"), &shell.say("post-saved"))),
        Err(fault) => ui::again(fault, |wrong| EditPage { shell, id, filled, wrong }),
    }
}

/// Deletes it.
pub async fn delete(
    shell: Shell,
    State(here): State<Here>,
    Caller(actor): Caller,
    Path(id): Path<Id<Post>>,
    Form(_): Form<Pressed>,
) -> Answer<Response> {
    delete_post::delete_post(&here, &actor, id).await?;
    Ok(shell.go_saying("/feed", &shell.say("post-deleted")))
}

impl PostPage {
    /// Whoever is signed in may report what isn't theirs.
    fn may_report(&self) -> bool {
        self.shell.viewer.is_some() && !self.is_own()
    }

    fn is_own(&self) -> bool {
        self.post.authors.iter().any(|author| Some(author.id) == self.shell.viewer)
    }

    fn author(&self) -> &str {
        self.post.authors.first().map_or("", |author| &author.display_name)
    }

    fn address(&self) -> String {
        self.shell.absolute(&format!("/posts/{}", self.post.id))
    }

    /// How it begins, or what it shows where it has no words.
    fn description(&self) -> String {
        let name = match &self.post.card {
            Some(CardView::Product { product: Some(product), .. }) => &product.name,
            _ => "",
        };
        let text = if self.post.text.is_empty() { name } else { &self.post.text };
        beginning(text, 200).map_or_else(|| text.to_owned(), |cut| format!("{cut}…"))
    }

    /// Its first picture, or its product's.
    fn image(&self) -> Option<String> {
        let own = self.post.media.first().map(|one| &one.picture);
        let picture = own.or(match &self.post.card {
            Some(CardView::Product { product: Some(product), .. }) => product.picture.as_ref(),
            _ => None,
        })?;
        ui::preview(&self.shell, picture)
    }
}
