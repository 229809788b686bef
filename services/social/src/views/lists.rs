//! Lists of posts, newest first, a page at a time.

use host::Here;
use kernel::{Fault, Id, Page, PageQuery, User};

use super::{
    authors::Authors,
    posts::{self, PostView, Row},
    spots,
};
use crate::model::filling::{Filling, Place};

/// The posts of those the viewer follows and their own: complete, and in the order they were published (S6).
pub async fn following(here: &Here, viewer: Id<User>, query: &PageQuery) -> Result<Page<PostView>, Fault> {
    page(here, Authors::of_feed(viewer), List::Following(viewer), query).await
}

/// What somebody posted; 404 where the viewer may not know of them.
pub async fn of_author(
    here: &Here,
    viewer: Option<Id<User>>,
    author: Id<User>,
    query: &PageQuery,
) -> Result<Page<PostView>, Fault> {
    let mut authors = Authors::of(viewer);
    authors.meet(here, [author]).await?;
    if !authors.knows(author) {
        return Err(Fault::not_found());
    }
    page(here, authors, List::Of(author), query).await
}

/// Which posts are listed.
#[derive(Debug, Clone, Copy)]
enum List {
    Following(Id<User>),
    Of(Id<User>),
}

impl List {
    /// Names the list and its owner in cursors, so that no cursor is good for another list.
    fn name(self) -> String {
        match self {
            Self::Following(viewer) => format!("social.feed.following.{viewer}"),
            Self::Of(author) => format!("social.posts.{author}"),
        }
    }

    /// The next posts of the list, those of `authors.hidden()` skipped.
    async fn read(self, here: &Here, filling: &Filling<Row>, authors: &Authors) -> Result<Vec<Row>, Fault> {
        let batch = i64::try_from(filling.batch()).map_err(Fault::internal)?;
        let (author, follower) = match self {
            Self::Following(viewer) => (viewer, Some(viewer)),
            Self::Of(author) => (author, None),
        };
        spots::next(here, author, follower, filling.after(), authors.hidden(), batch).await
    }
}

async fn page(here: &Here, mut authors: Authors, list: List, query: &PageQuery) -> Result<Page<PostView>, Fault> {
    let (key, name) = (here.config.keys.cursors(), list.name());
    let mut filling = Filling::new(query.limit()?, query.after::<Place>(&key, &name)?);
    while filling.wants_more() {
        let read = list.read(here, &filling, &authors).await?;
        authors.meet(here, read.iter().map(|post| post.author)).await?;
        filling.take(read, |post| authors.list(post));
    }
    let (kept, next) = filling.finish();
    let items = posts::render(here, kept, &mut authors).await?;
    Ok(Page { items, next_cursor: next.map(|place| key.seal(&name, &place)).transpose()? })
}
