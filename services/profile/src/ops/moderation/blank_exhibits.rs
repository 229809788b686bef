//! Forgets what settled cases showed, and in whose words, once nobody needs it any more.

use host::Here;
use kernel::Fault;

use crate::{
    model::moderation::{APPEAL_WITHIN, EXHIBITED_FOR},
    store::moderation::cases,
};

pub async fn blank_exhibits(here: &Here) -> Result<(), Fault> {
    let now = here.clock.now();
    let (opened, decided) = (now.minus(EXHIBITED_FOR), now.minus(APPEAL_WITHIN));
    while host::write!(here.db, async |tx| { cases::blank(tx, opened, decided).await })? > 0 {}
    Ok(())
}
