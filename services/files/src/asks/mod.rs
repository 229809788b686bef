//! What neighbours ask.

use contracts::files::{Owned, PicturesOf};
use host::Here;
use kernel::Fault;

use crate::views;

pub async fn pictures_of(here: Here, ask: PicturesOf) -> Result<Vec<Owned>, Fault> {
    views::pictures::pictures_of(&here, ask.owner, &ask.media).await
}
