//! Edits one's own post.

use contracts::ids::Post;
use garde::Validate;
use host::Here;
use kernel::{Actor, Fault, Id};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{model::draft::PostType, ops::must_be_open, store::posts};

/// The new words.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub struct EditPost {
    #[garde(skip)]
    #[schema(example = "New dresses, and a new colour!", max_length = 5000)]
    pub text: String,
}

/// Writing the same words again is no edit.
pub async fn edit_post(here: &Here, actor: &Actor, post: Id<Post>, cmd: EditPost) -> Result<(), Fault> {
    let author = actor.user()?;
    host::write!(here.db, async |tx| {
        must_be_open(tx, author).await?;
        let written = posts::lock_own(tx, author, post).await?.ok_or_else(Fault::not_found)?;
        let text = PostType::with(written.product).text(&cmd.text, written.pictures.len())?;
        if text == written.text { Ok(()) } else { posts::save_text(tx, post, &text).await }
    })
}
