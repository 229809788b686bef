//! Forgets what settled cases showed, and in whose words, once nobody needs it any more.

use host::Here;
use kernel::Fault;

use crate::{model::moderation::EXHIBITED_FOR, store::moderation::cases};

pub async fn blank_exhibits(here: &Here) -> Result<(), Fault> {
    let before = here.clock.now().minus(EXHIBITED_FOR);
    while host::write!(here.db, async |tx| { cases::blank(tx, before).await })? > 0 {}
    Ok(())
}
