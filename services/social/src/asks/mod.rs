//! What neighbours ask.

use contracts::{profile::Exhibit, social::PostExhibit};
use host::Here;
use kernel::Fault;

use crate::views;

pub async fn post_exhibit(here: Here, ask: PostExhibit) -> Result<Option<Exhibit>, Fault> {
    views::exhibit::of_post(&here, &ask).await
}
