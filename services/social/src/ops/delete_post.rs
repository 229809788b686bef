//! Deletes one's own post.

use contracts::ids::Post;
use host::Here;
use kernel::{Actor, Fault, Id};

use crate::{ops::must_be_open, store::posts};

pub async fn delete_post(here: &Here, actor: &Actor, post: Id<Post>) -> Result<(), Fault> {
    let author = actor.user()?;
    host::write!(here.db, async |tx| {
        must_be_open(tx, author).await?;
        posts::lock_own(tx, author, post).await?.ok_or_else(Fault::not_found)?;
        posts::delete(tx, post).await
    })
}
