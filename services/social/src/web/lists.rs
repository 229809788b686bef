//! Lists of posts: one's feed, and what somebody posted.

use std::borrow::{Borrow, Cow};

use axum::extract::State;
use contracts::profile::Card;
use host::{
    Here,
    http::{Answer, Path, Query},
};
use kernel::{Id, PageQuery, User};
use ui::{Page, askama::Template};

use super::Shell;
use crate::views::{cards::CardView, lists, posts::PostView};

#[derive(Template)]
#[template(path = "feed.html")]
pub struct FeedPage {
    shell: Shell,
    posts: kernel::Page<PostView>,
    /// Nothing stands above it, so its first picture is seen at once.
    is_first: bool,
}

#[derive(Template)]
#[template(path = "posts_of.html")]
pub struct PostsOfPage {
    shell: Shell,
    author: Id<User>,
    posts: kernel::Page<PostView>,
    is_first: bool,
}

/// What those one follows published.
pub async fn feed(shell: Shell, State(here): State<Here>, Query(page): Query<PageQuery>) -> Answer<Page<FeedPage>> {
    let posts = lists::following(&here, shell.user()?, &page).await?;
    Ok(Page(FeedPage { shell, posts, is_first: page.cursor.is_none() }))
}

/// What somebody posted, newest first.
pub async fn of_author(
    shell: Shell,
    State(here): State<Here>,
    Path(author): Path<Id<User>>,
    Query(page): Query<PageQuery>,
) -> Answer<Page<PostsOfPage>> {
    let posts = lists::of_author(&here, shell.viewer, author, &page).await?;
    Ok(Page(PostsOfPage { shell, author, posts, is_first: page.cursor.is_none() }))
}

/// Which post has the first picture: that one is fetched at once, all others when they are seen.
fn first_picture(posts: &[PostView]) -> Option<usize> {
    let has_picture = |post: &PostView| match &post.card {
        _ if !post.media.is_empty() => true,
        Some(CardView::Product { product: Some(product), .. }) => product.picture.is_some(),
        _ => false,
    };
    posts.iter().position(has_picture)
}

impl FeedPage {
    fn is_seen_first(&self, at: impl Borrow<usize>) -> bool {
        self.is_first && first_picture(&self.posts.items) == Some(*at.borrow())
    }
}

impl PostsOfPage {
    fn is_seen_first(&self, at: impl Borrow<usize>) -> bool {
        self.is_first && first_picture(&self.posts.items) == Some(*at.borrow())
    }

    /// Who they are stands in their posts; without any there is nothing to say.
    fn card(&self) -> Option<&Card> {
        self.posts.items.first()?.authors.first()
    }

    fn title(&self) -> Cow<'static, str> {
        match self.card() {
            Some(author) => self.shell.tell("posts-title-of", &[("name", &author.display_name)]),
            None => self.shell.say("posts-title"),
        }
    }

    fn is_own(&self) -> bool {
        Some(self.author) == self.shell.viewer
    }

    fn base(&self) -> String {
        format!("/users/{}/posts?", self.author)
    }
}
