//! Removes what is past its time: bytes of requests that broke off, and rows of what is gone.

use std::time::Duration;

use host::Here;
use kernel::Fault;

use crate::{model::key, store::media};

/// No request takes longer to end, by far.
const BROKEN_OFF: Duration = Duration::from_hours(24);
/// How long a row says what became of an upload that isn't there.
const KEPT: Duration = Duration::from_hours(30 * 24);
/// So many at once.
const BATCH: u32 = 500;

pub async fn sweep(here: &Here) -> Result<(), Fault> {
    let old = here.objects.older_below(key::INCOMING, here.clock.now().minus(BROKEN_OFF), BATCH as usize).await?;
    let came: Vec<_> = old.iter().filter_map(|key| key::came_for(key)).collect();
    let waiting = host::write!(here.db, async |tx| { media::processing_of(tx, &came).await })?;
    for media in came.into_iter().filter(|media| !waiting.contains(media)) {
        here.objects.remove_below(&key::waiting(media)).await?;
    }
    while host::write!(here.db, async |tx| { media::forget_ended(tx, tx.now().minus(KEPT), BATCH.into()).await })? >= BATCH.into()
    {
    }
    Ok(())
}
